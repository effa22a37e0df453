package afterbell.term.enrolment.answering;

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

    /** @param takesPart null where sealed, unanswered or objected to; @param days {@code weekday:ordinal}, space between, of what the school typed */
    record Row(UUID pupil, String name, boolean answered, boolean forFamily, boolean objected, @Nullable Boolean takesPart, int version, String days) {}

    /** The children of a class; what PostgreSQL does not show stays unknown. */
    List<Row> rows(UUID school, UUID schoolClass, UUID round) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, a.pupil_id is not null and not a.objected as answered, coalesce(a.for_family, false) as for_family,
                       coalesce(a.objected, false) as objected, s.takes_part, coalesce(s.version, 0) as version,
                       coalesce((select string_agg(d.weekday || ':' || d.until_ordinal, ' ' order by d.weekday) from enrolment.sheet_day d
                                 where d.school_id = s.school_id and d.round_id = s.round_id and d.pupil_id = s.pupil_id), '') as days
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
}
