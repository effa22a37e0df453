package afterbell.day.duty;

import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Special days and what families answered. */
@Component
public class SpecialStore {
    private static final String DAYS = "select special_id, school_id, day, kind, leaves, until, grades, deadline, unanswered, state from duty.special ";
    private static final RowMapper<SpecialDay> DAY = (r, n) -> new SpecialDay(
            r.getObject("special_id", UUID.class),
            r.getObject("school_id", UUID.class),
            r.getObject("day", LocalDate.class),
            r.getString("kind"),
            r.getObject("leaves", LocalTime.class),
            Stream.of((Time[]) r.getArray("until").getArray()).map(Time::toLocalTime).toList(),
            Arrays.stream((Integer[]) r.getArray("grades").getArray()).collect(Collectors.toUnmodifiableSet()),
            r.getTimestamp("deadline").toInstant(),
            r.getString("unanswered"),
            r.getString("state").equals("withdrawn"));

    private final JdbcClient sql;

    SpecialStore(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<SpecialDay> on(UUID school, LocalDate day) {
        return sql.sql(DAYS + "where school_id = :s and day = :d and state = 'asked'").param("s", school).param("d", day).query(DAY).optional();
    }

    /** By its id, inside the caller's scope. */
    public Optional<SpecialDay> get(UUID id) {
        return sql.sql(DAYS + "where special_id = :id").param("id", id).query(DAY).optional();
    }

    /** Of the scope's schools, from a day on. */
    public List<SpecialDay> from(LocalDate day) {
        return sql.sql(DAYS + "where day >= :d order by day, asked_at").param("d", day).query(DAY).list();
    }

    public boolean add(SpecialDay s, UUID by, Instant at) {
        return sql.sql("""
                insert into duty.special (school_id, special_id, day, kind, leaves, until, grades, deadline, unanswered, asked_by, asked_at)
                values (:s, :id, :day, :kind, :leaves, :until::time[], :grades::int[], :deadline, :unanswered, :by, :at) on conflict do nothing
                """)
                        .param("s", s.school())
                        .param("id", s.id())
                        .param("day", s.day())
                        .param("kind", s.kind())
                        .param("leaves", s.leaves())
                        .param("until", s.until().stream().map(LocalTime::toString).collect(Collectors.joining(",", "{", "}")))
                        .param("grades", s.grades().stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}")))
                        .param("deadline", Timestamp.from(s.deadline()))
                        .param("unanswered", s.unanswered())
                        .param("by", by)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    public boolean withdraw(UUID school, UUID id) {
        return sql.sql("update duty.special set state = 'withdrawn' where school_id = :s and special_id = :id and state = 'asked'").param("s", school).param("id", id).update() > 0;
    }

    /** The last word counts. @param until null: goes home when lessons end */
    public void answer(UUID school, UUID special, UUID pupil, @Nullable LocalTime until, boolean forFamily, UUID by, Instant at) {
        sql.sql("""
                insert into duty.special_answer (school_id, special_id, pupil_id, until, for_family, by, at) values (:s, :id, :p, :until, :for, :by, :at)
                on conflict (school_id, special_id, pupil_id) do update set until = excluded.until, for_family = excluded.for_family, by = excluded.by, at = excluded.at
                """)
                .param("s", school)
                .param("id", special)
                .param("p", pupil)
                .param("until", until, Types.TIME)
                .param("for", forFamily)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** @param until null where not answered, or where the child goes home; see {@code answered} */
    public record Child(UUID pupil, String name, String className, int grade, UUID schoolClass, boolean answered, @Nullable LocalTime until) {}

    private static final String CHILDREN =
            """
            select p.pupil_id as pupil, p.name, p.class_name, p.grade, p.class_id as school_class, a.pupil_id is not null as answered, a.until
            from roster.pub_pupil p left join duty.special_answer a on a.school_id = p.school_id and a.pupil_id = p.pupil_id and a.special_id = :id
            where p.school_id = :s and
            """;

    public List<Child> children(UUID school, UUID special, Collection<UUID> pupils) {
        if (pupils.isEmpty()) return List.of();
        return sql.sql(CHILDREN + " p.pupil_id in (:p) order by p.grade desc, p.pupil_id").param("s", school).param("id", special).param("p", pupils).query(Child.class).list();
    }

    public List<Child> ofClass(UUID school, UUID special, UUID schoolClass) {
        return sql.sql(CHILDREN + " p.class_id = :c order by answered, p.initials, p.pupil_id").param("s", school).param("id", special).param("c", schoolClass).query(Child.class).list();
    }

    /** A class and how far it has come. @param staying of those who have answered */
    public record ClassCount(UUID schoolClass, String name, int children, int answered, int staying) {}

    public List<ClassCount> counts(UUID school, SpecialDay special) {
        return sql.sql("""
                select p.class_id as school_class, p.class_name as name, count(*)::int as children, count(a.pupil_id)::int as answered, count(a.until)::int as staying
                from roster.pub_pupil p left join duty.special_answer a on a.school_id = p.school_id and a.pupil_id = p.pupil_id and a.special_id = :id
                where p.school_id = :s and (:all or p.grade in (:grades)) group by p.class_id, p.class_name, p.grade, p.class_number order by p.grade, p.class_number
                """)
                .param("s", school)
                .param("id", special.id())
                .param("all", special.grades().isEmpty())
                .param("grades", special.grades().isEmpty() ? Set.of(0) : special.grades())
                .query(ClassCount.class)
                .list();
    }

    /** Until when how many stay, by the answers and what counts for the others; a null hour is those who go home. */
    public record Total(@Nullable LocalTime until, int children, int answered) {}

    public List<Total> totals(UUID school, UUID special) {
        return sql.sql("select until, count(*)::int as children, (count(*) filter (where answered))::int as answered from duty.pub_expected where school_id = :s and special_id = :id group by until order by until nulls first")
                .param("s", school)
                .param("id", special)
                .query(Total.class)
                .list();
    }

    public Set<UUID> unanswered(UUID school, UUID special) {
        return Set.copyOf(sql.sql("select pupil_id from duty.pub_expected where school_id = :s and special_id = :id and not answered").param("s", school).param("id", special).query(UUID.class).list());
    }
}
