package afterbell.base.roster.years;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Departures;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.ClassNames;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * All classes up by one. A class of the new year is a new class with the same number, room and teachers, so that what happened in the old one keeps its
 * name; the old ones are put away. The confirmation names the year it starts from: done again, from another tab or at the same moment, it changes nothing.
 */
@Component
class TurnYear {
    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;
    private final Roster roster;
    private final Schools schools;
    private final Departures departures;
    private final Accounts accounts;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    TurnYear(JdbcClient sql, NamedParameterJdbcTemplate batch, Roster roster, Schools schools, Departures departures, Accounts accounts, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.batch = batch;
        this.roster = roster;
        this.schools = schools;
        this.departures = departures;
        this.accounts = accounts;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** A class of the running year. */
    private record Now(UUID klass, int grade, int number, String name, @Nullable UUID room, int pupils, String teacher) {}

    private int year(UUID school) {
        return sql.sql("select coalesce(max(school_year), 0) from roster.pub_class where school_id = :s").param("s", school).query(Integer.class).single();
    }

    private List<Now> classes(UUID school, int year) {
        return sql.sql("""
                select c.class_id as klass, c.grade, c.number, c.name, c.room_id as room,
                       (select count(*) from roster.pub_pupil p where p.school_id = c.school_id and p.class_id = c.class_id) as pupils,
                       coalesce((select min(s.name) from roster.class_teacher t join roster.pub_staff s using (school_id, staff_id) where t.school_id = c.school_id and t.class_id = c.class_id and not t.deputy), '') as teacher
                from roster.pub_class c where c.school_id = :s and c.school_year = :y order by c.grade, c.number
                """)
                .param("s", school)
                .param("y", year)
                .query(Now.class)
                .list();
    }

    private Optional<Integer> next(UUID school, int grade) {
        return schools.grades(school).stream().map(Schools.Grade::grade).filter(g -> g == grade + 1).findFirst();
    }

    @Transactional(readOnly = true)
    public NewYearPage page(UUID school, LocalDate today, List<? extends Refusal> refusals) {
        int year = year(school);
        int highest = schools.grades(school).stream().mapToInt(Schools.Grade::grade).max().orElse(0);
        List<NewYearPage.Row> rows = classes(school, year).stream()
                .map(c -> new NewYearPage.Row(c.name(), c.grade() < highest ? ClassNames.write(c.grade() + 1, c.number()) : "", c.pupils(), c.teacher()))
                .toList();
        LocalDate from = possibleFrom(year);
        return new NewYearPage(year, from, !today.isBefore(from), rows, refusals);
    }

    /** From the first of July on, when the old year's lessons are over. */
    static LocalDate possibleFrom(int year) {
        return LocalDate.of(Math.max(1, year + 1), Month.JULY, 1);
    }

    /** What was done. @param leaving children of the highest grade */
    record Turned(int classes, int moved, int leaving) {}

    @Transactional
    public Outcome<Turned> turn(UUID school, int from, LocalDate today, UUID by) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "new-year/" + school).query((r, n) -> 0).single();
        int year = year(school);
        if (year == from + 1) return Outcome.done(new Turned(0, 0, 0));
        if (year != from || from == 0) return Outcome.refused(new Refusal.Simple("roster.year.refused.other"));
        if (today.isBefore(possibleFrom(from))) return Outcome.refused(new Refusal.Simple("roster.year.refused.early", "", List.of(possibleFrom(from).toString())));
        List<Now> now = classes(school, year);
        Map<UUID, UUID> up = new LinkedHashMap<>();
        List<SchoolClass> fresh = new ArrayList<>();
        List<UUID> ending = new ArrayList<>();
        for (Now c : now) {
            if (next(school, c.grade()).isEmpty()) {
                ending.add(c.klass());
                continue;
            }
            UUID id = ids.next();
            up.put(c.klass(), id);
            fresh.add(new SchoolClass(id, year + 1, c.grade() + 1, c.number(), ClassNames.write(c.grade() + 1, c.number()), c.room()));
        }
        // A school of one grade has nobody to go up: then the year would be empty, and the next import begins it.
        if (fresh.isEmpty()) return Outcome.refused(new Refusal.Simple("roster.year.refused.nobody"));
        List<UUID> leavers = pupils(school, ending);
        roster.addClasses(school, fresh);
        int moved = move(school, up, today, by);
        int left = departures.carryOut(school, leavers, today);
        for (Map.Entry<UUID, UUID> each : up.entrySet())
            sql.sql("insert into roster.class_teacher (school_id, class_id, staff_id, deputy) select school_id, :to, staff_id, deputy from roster.class_teacher where school_id = :s and class_id = :from")
                    .param("to", each.getValue())
                    .param("s", school)
                    .param("from", each.getKey())
                    .update();
        accounts.moveClasses(school, up);
        accounts.revokeClass(school, ending);
        sql.sql("update roster.class set retired = true where school_id = :s and school_year = :y").param("s", school).param("y", year).update();
        audit.record(school, "roster.year_turned", "school", school, Map.of("from", from, "classes", fresh.size(), "moved", moved, "left", left));
        return Outcome.done(new Turned(fresh.size(), moved, left));
    }

    private List<UUID> pupils(UUID school, List<UUID> classes) {
        return classes.isEmpty() ? List.of() : sql.sql("select pupil_id from roster.pub_pupil where school_id = :s and class_id in (:c) order by pupil_id").param("s", school).param("c", classes).query(UUID.class).list();
    }

    private int move(UUID school, Map<UUID, UUID> up, LocalDate today, UUID by) {
        record Moved(UUID pupil, UUID from) {}
        List<Moved> all = sql.sql("select pupil_id as pupil, class_id as \"from\" from roster.pub_pupil where school_id = :s and class_id in (:c) order by pupil_id").param("s", school).param("c", up.keySet()).query(Moved.class).list();
        sql.sql("""
                update roster.pupil p set class_id = u.to_class from unnest(:from::uuid[], :to::uuid[]) as u(from_class, to_class)
                where p.school_id = :s and p.class_id = u.from_class and p.left_on is null
                """)
                .param("from", up.keySet().toArray(UUID[]::new))
                .param("to", up.values().toArray(UUID[]::new))
                .param("s", school)
                .update();
        batch.batchUpdate(
                "insert into roster.transfer (school_id, transfer_id, pupil_id, from_class, to_class, on_day, done_by, done_at) values (:s, :id, :p, :from, :to, :day, :by, :at)",
                all.stream()
                        .map(m -> new MapSqlParameterSource("s", school)
                                .addValue("id", ids.next())
                                .addValue("p", m.pupil())
                                .addValue("from", m.from())
                                .addValue("to", Objects.requireNonNull(up.get(m.from())))
                                .addValue("day", today)
                                .addValue("by", by)
                                .addValue("at", Timestamp.from(clock.instant())))
                        .toArray(MapSqlParameterSource[]::new));
        return all.size();
    }
}
