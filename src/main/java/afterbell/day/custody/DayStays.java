package afterbell.day.custody;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What holds for one day in place of the week's answer: a special day, a family's change, the office (R26, P14). */
@Component
public class DayStays {
    /** Who said it. */
    public enum Source {
        SPECIAL_DAY,
        FAMILY,
        OFFICE
    }

    private final JdbcClient sql;
    private final ChildDays days;
    private final Clock clock;

    DayStays(JdbcClient sql, ChildDays days, Clock clock) {
        this.sql = sql;
        this.days = days;
        this.clock = clock;
    }

    /**
     * Says for these children until which period they stay on the day; a day that is open already looks up its plan again.
     *
     * @param until ordinal of the last period by child; 0: goes home with the bell
     */
    @Transactional
    public void put(UUID school, LocalDate day, Map<UUID, Integer> until, Source source, UUID by) {
        List<Map.Entry<UUID, Integer>> rows = List.copyOf(until.entrySet());
        if (rows.isEmpty()) return;
        sql.sql("""
                insert into custody.stay (school_id, day, pupil_id, until_ordinal, source, said_by, said_at)
                select :s, :d, x.pupil, x.until, :source, :by, :at from unnest(:pupils::uuid[], :untils::int[]) as x (pupil, until)
                on conflict (school_id, day, pupil_id) do update set until_ordinal = excluded.until_ordinal, source = excluded.source, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("s", school)
                .param("d", day)
                .param("source", source.name().toLowerCase(Locale.ROOT))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .param("pupils", rows.stream().map(r -> r.getKey().toString()).collect(Collectors.joining(",", "{", "}")))
                .param("untils", rows.stream().map(r -> r.getValue().toString()).collect(Collectors.joining(",", "{", "}")))
                .update();
        days.replan(school, day);
    }
}
