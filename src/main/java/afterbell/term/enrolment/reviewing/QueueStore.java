package afterbell.term.enrolment.reviewing;

import afterbell.term.enrolment.Reviewer;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sheets that stand before a step. */
@Component
class QueueStore {
    /** What a queue shows: a reviewer's own children, those who wait for a decision or for their family, a class, a name. */
    private static final String HERE =
            """
            from enrolment.review_place v
            join enrolment.sheet s on s.school_id = v.school_id and s.round_id = v.round_id and s.pupil_id = v.pupil_id
            join roster.pub_pupil p on p.school_id = v.school_id and p.pupil_id = v.pupil_id
            where v.school_id = :school and v.round_id = :round and v.step = :step
              and (:whole or p.class_id = any(:classes::uuid[]) or p.grade = any(:grades::int[]))
            """;

    private static final String FILTER =
            """
              and (v.returned_at is not null and s.saved_at <= v.returned_at) = :returned
              and (:class = '' or p.class_id::text = :class)
              and (:typed = false or s.entered_for_family)
              and (:q = '' or p.name like '%' || :q || '%' or p.initials like :q || '%')
            """;

    private final JdbcClient sql;

    QueueStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Filter(boolean returned, String schoolClass, boolean typed, String q) {}

    record Counts(int waiting, int returned, int typed) {}

    /**
     * @param mended saved by the family after it had been given back
     * @param days {@code weekday:ordinal}, space between
     * @param wishes {@code weekday:names}, a bar between
     */
    record Row(UUID pupil, String name, String className, int grade, boolean takesPart, boolean forFamily, boolean mended, @Nullable String reason, String days, String wishes) {}

    record ClassName(UUID id, String name) {}

    Counts counts(UUID school, UUID round, int step, Reviewer me) {
        return bound("select count(*) filter (where v.returned_at is null or s.saved_at > v.returned_at)::int as waiting, "
                        + "count(*) filter (where v.returned_at is not null and s.saved_at <= v.returned_at)::int as returned, "
                        + "count(*) filter (where s.entered_for_family and (v.returned_at is null or s.saved_at > v.returned_at))::int as typed " + HERE, school, round, step, me)
                .query(Counts.class)
                .single();
    }

    List<ClassName> classes(UUID school, UUID round, int step, Reviewer me) {
        return bound("select p.class_id as id, p.class_name as name " + HERE + " group by p.class_id, p.class_name, p.grade, p.class_number order by p.grade, p.class_number", school, round, step, me)
                .query(ClassName.class)
                .list();
    }

    int count(UUID school, UUID round, int step, Reviewer me, Filter filter) {
        return filtered(bound("select count(*)::int " + HERE + FILTER, school, round, step, me), filter).query(Integer.class).single();
    }

    List<Row> rows(UUID school, UUID round, int step, Reviewer me, Filter filter, long offset, int size) {
        String page = "with page as materialized (select p.pupil_id, p.name, p.class_name, p.class_number, p.grade, p.initials, s.takes_part, s.entered_for_family, v.returned_at is not null and s.saved_at > v.returned_at as mended, v.reason "
                + HERE + FILTER + " order by p.grade, p.class_number, p.initials, p.pupil_id limit :size offset :offset)\n";
        return filtered(bound(page
                        + """
                        select b.pupil_id as pupil, b.name, b.class_name, b.grade, b.takes_part, b.entered_for_family as for_family, b.mended, b.reason,
                               coalesce((select string_agg(d.weekday || ':' || d.until_ordinal, ' ' order by d.weekday) from enrolment.sheet_day d
                                         where d.school_id = :school and d.round_id = :round and d.pupil_id = b.pupil_id and d.until_ordinal > 0), '') as days,
                               coalesce((select string_agg(w.weekday || ':' || w.names, '|' order by w.weekday, w.ordinal)
                                         from (select l.weekday, l.ordinal, string_agg(x.name, ' > ' order by q.rank) as names
                                               from enrolment.pub_wish q
                                               join programme.pub_section x on x.school_id = q.school_id and x.section_id = q.section_id
                                               join calendar.pub_slot l on l.school_id = q.school_id and l.slot_id = q.slot_id
                                               where q.school_id = :school and q.round_id = :round and q.pupil_id = b.pupil_id
                                               group by l.weekday, l.ordinal) w), '') as wishes
                        from page b order by b.grade, b.class_number, b.initials, b.pupil_id
                        """, school, round, step, me), filter)
                .param("size", size)
                .param("offset", offset)
                .query(Row.class)
                .list();
    }

    /** Those of the named children that the reviewer may decide about now; all that wait where none is named. */
    List<UUID> mine(UUID school, UUID round, int step, Reviewer me, @Nullable Collection<UUID> named) {
        return bound("select v.pupil_id " + HERE + " and (v.returned_at is null or s.saved_at > v.returned_at) and (:all or v.pupil_id = any(:named::uuid[])) order by v.pupil_id", school, round, step, me)
                .param("all", named == null)
                .param("named", named == null ? "{}" : array(named))
                .query(UUID.class)
                .list();
    }

    private JdbcClient.StatementSpec bound(String text, UUID school, UUID round, int step, Reviewer me) {
        return sql.sql(text)
                .param("school", school)
                .param("round", round)
                .param("step", step)
                .param("whole", me.whole())
                .param("classes", array(me.classes()))
                .param("grades", array(me.grades()));
    }

    private static JdbcClient.StatementSpec filtered(JdbcClient.StatementSpec statement, Filter filter) {
        return statement.param("returned", filter.returned()).param("class", filter.schoolClass()).param("typed", filter.typed()).param("q", filter.q());
    }

    private static String array(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
