package afterbell.base.calendar.holidays;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.engine.HolidayReader;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.yaml.YamlProblem;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A bureau keeps the holidays of a year for its region, or gives them back to the shipped file. */
@Component
class SaveHolidays {
    private final JdbcClient sql;
    private final Schools schools;
    private final Audit audit;
    private final Clock clock;

    SaveHolidays(JdbcClient sql, Schools schools, Audit audit, Clock clock) {
        this.sql = sql;
        this.schools = schools;
        this.audit = audit;
        this.clock = clock;
    }

    static Outcome<HolidayYear> read(int year, String text) {
        List<YamlProblem> problems = new ArrayList<>();
        Optional<HolidayYear> read = HolidayReader.read("holidays-" + year + ".yaml", text, problems);
        if (read.isEmpty()) return Outcome.refused(problems.stream().map(p -> new HolidayRefused.BadFile(p.messageKey(), p.facts())).toList());
        if (read.get().year() != year) return Outcome.refused(new HolidayRefused.OtherYear(read.get().year(), year));
        return Outcome.done(read.get());
    }

    @Transactional
    Outcome<HolidayYear> save(UUID bureau, UUID account, int year, String text) {
        Outcome<HolidayYear> read = read(year, text);
        if (read instanceof Outcome.Refused) return read;
        sql.sql("""
                insert into calendar.holiday_year (region, year, bureau_id, body, set_at, set_by) values (:r, :y, :b, :body, :t, :by)
                on conflict (region, year) do update set body = excluded.body, set_at = excluded.set_at, set_by = excluded.set_by, bureau_id = excluded.bureau_id
                """)
                .param("r", region(bureau))
                .param("y", year)
                .param("b", bureau)
                .param("body", text)
                .param("t", Timestamp.from(clock.instant()))
                .param("by", account)
                .update();
        audit.recordBureau("calendar.holidays_saved", "holidays", null, Map.of("year", year, "region", region(bureau)));
        return read;
    }

    @Transactional
    void drop(UUID bureau, int year) {
        int gone = sql.sql("delete from calendar.holiday_year where region = :r and year = :y").param("r", region(bureau)).param("y", year).update();
        if (gone > 0) audit.recordBureau("calendar.holidays_dropped", "holidays", null, Map.of("year", year, "region", region(bureau)));
    }

    /** Schools below the bureau, whose calendars follow. */
    @Transactional(readOnly = true)
    public int schools() {
        return schools.all().size();
    }

    @Transactional(readOnly = true)
    public String region(UUID bureau) {
        String region = schools.bureau(bureau).region();
        while (region.length() > 2 && region.endsWith("00")) region = region.substring(0, region.length() - 2);
        return region;
    }
}
