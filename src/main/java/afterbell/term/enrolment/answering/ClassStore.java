package afterbell.term.enrolment.answering;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ClassStore {
    private final JdbcClient sql;

    ClassStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param takesPart null where sealed, unanswered or objected to; @param days {@code weekday:ordinal}, space between, of what the school typed; @param wishes section ids in order */
    record Row(UUID pupil, String name, boolean answered, boolean forFamily, boolean objected, @Nullable Boolean takesPart, int version, String days, String wishes, boolean noon) {}

    /** The children of a class; what PostgreSQL does not show stays unknown. */
    List<Row> rows(UUID school, UUID schoolClass, UUID round) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, a.pupil_id is not null and not a.objected as answered, coalesce(a.for_family, false) as for_family,
                       coalesce(a.objected, false) as objected, s.takes_part, coalesce(s.version, 0) as version,
                       coalesce((select string_agg(d.weekday || ':' || d.until_ordinal, ' ' order by d.weekday) from enrolment.sheet_day d
                                 where d.school_id = s.school_id and d.round_id = s.round_id and d.pupil_id = s.pupil_id), '') as days,
                       coalesce((select string_agg(w.section_id::text, ' ' order by w.rank, w.slot_id) from enrolment.wish w
                                 where w.school_id = s.school_id and w.round_id = s.round_id and w.pupil_id = s.pupil_id), '') as wishes,
                       exists (select 1 from enrolment.sheet_slot x where x.school_id = s.school_id and x.round_id = s.round_id and x.pupil_id = s.pupil_id) as noon
                from roster.pub_pupil p
                left join enrolment.answer a on a.school_id = p.school_id and a.round_id = :round and a.pupil_id = p.pupil_id
                left join enrolment.sheet s on s.school_id = p.school_id and s.round_id = :round and s.pupil_id = p.pupil_id
                where p.school_id = :school and p.class_id = :class
                order by p.initials, p.pupil_id
                """)
                .param("school", school)
                .param("class", schoolClass)
                .param("round", round)
                .query(Row.class)
                .list();
    }

    /** @param days {@code weekday:ordinal}, space between; @param wishes codes and names of sections, a bar between; both of what the school typed itself */
    record Answered(UUID pupil, String name, int grade, int number, @Nullable LocalDate birthday, boolean answered, boolean forFamily, @Nullable Boolean takesPart, int version, String days, String wishes) {}

    /** Every child of the school with what staff may know of its answer. */
    List<Answered> school(UUID school, UUID round) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, p.grade, p.class_number as number, p.birthday, a.pupil_id is not null and not a.objected as answered,
                       coalesce(a.for_family and not a.objected, false) as for_family, s.takes_part, coalesce(s.version, 0) as version,
                       coalesce((select string_agg(d.weekday || ':' || d.until_ordinal, ' ' order by d.weekday) from enrolment.sheet_day d
                                 where d.school_id = s.school_id and d.round_id = s.round_id and d.pupil_id = s.pupil_id and d.until_ordinal > 0), '') as days,
                       coalesce((select string_agg(distinct w.rank || '#' || x.code || ' ' || x.name, '|') from enrolment.wish w
                                 join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                                 where w.school_id = s.school_id and w.round_id = s.round_id and w.pupil_id = s.pupil_id), '') as wishes
                from roster.pub_pupil p
                left join enrolment.answer a on a.school_id = p.school_id and a.round_id = :round and a.pupil_id = p.pupil_id
                left join enrolment.sheet s on s.school_id = p.school_id and s.round_id = :round and s.pupil_id = p.pupil_id and s.entered_for_family
                where p.school_id = :school
                order by p.pupil_id
                """)
                .param("school", school)
                .param("round", round)
                .query(Answered.class)
                .list();
    }
}
