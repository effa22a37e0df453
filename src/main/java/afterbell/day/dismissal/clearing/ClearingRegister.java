package afterbell.day.dismissal.clearing;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every day with children, and when and by whom the school was found clear (R87). A day that nobody cleared stands in it as such. */
@Component
class ClearingRegister implements DayRegister {
    /** Of the proof, as many bytes as tell two days apart on paper. */
    private static final int SHOWN = 8;

    private final JdbcClient sql;

    ClearingRegister(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String code() {
        return "clearing";
    }

    @Override
    public int order() {
        return 6;
    }

    @Override
    public String titleKey() {
        return "dismissal.register.clearing";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "dismissal.register.day", "dismissal.register.stayed", "dismissal.register.open", "dismissal.register.cleared_at", "dismissal.register.cleared_by", "dismissal.register.proof");
    }

    @Override
    public boolean ofClass() {
        return false;
    }

    private record Cleared(LocalDate day, int stayed, int open, @Nullable Timestamp at, String by, byte @Nullable [] proof) {}

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return sql.sql("""
                with days as (
                    select s.day, count(*) filter (where cardinality(s.sessions) > 0)::int as stayed, count(*) filter (where not s.closed)::int as open
                    from custody.pub_standing s where s.school_id = :s and s.day between :from and :until group by s.day)
                select d.day, d.stayed, d.open, c.cleared_at as at, coalesce(f.name, '') as by, c.proof
                from days d
                left join dismissal.clearing c on c.school_id = :s and c.day = d.day
                left join lateral (select e.name from roster.pub_staff_ever e where e.school_id = :s and e.account_id = c.cleared_by limit 1) f on true
                where d.stayed > 0 or d.open > 0 or c.day is not null
                order by d.day, c.round
                """)
                .param("s", span.school())
                .param("from", span.from())
                .param("until", span.until())
                .query(Cleared.class)
                .list()
                .stream()
                .map(c -> List.of(
                        words.date(c.day()),
                        Integer.toString(c.stayed()),
                        Integer.toString(c.open()),
                        c.at() == null ? words.t("dismissal.register.not_cleared") : words.time(c.at().toInstant().atZone(Screen.ZONE).toLocalTime()),
                        c.by(),
                        c.proof() == null ? "" : HexFormat.of().formatHex(c.proof(), 0, SHOWN)))
                .toList();
    }
}
