package afterbell.base.roster;

import afterbell.base.identity.ClassNames;
import afterbell.base.identity.PupilNames;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers for the names of children that the room before this one has to show. */
@Component
@Transactional(readOnly = true)
class NameBook implements PupilNames {
    private static final String NAMED = "select school_id as school, pupil_id as pupil, class_id as klass, name, class_name, birthday from roster.pub_pupil ";

    private final JdbcClient sql;

    NameBook(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Named> ofClass(UUID school, UUID klass) {
        return sql.sql(NAMED + "where school_id = :s and class_id = :c order by length(seat), seat, initials, pupil_id").param("s", school).param("c", klass).query(Named.class).list();
    }

    @Override
    public List<Named> of(Collection<UUID> pupils) {
        if (pupils.isEmpty()) return List.of();
        return sql.sql(NAMED + "where pupil_id in (:ids) order by grade desc, initials, pupil_id").param("ids", pupils).query(Named.class).list();
    }

    /** The classes of a school by name, for the same room. */
    @Component
    @Transactional(readOnly = true)
    static class Classes implements ClassNames {
        private final JdbcClient sql;

        Classes(JdbcClient sql) {
            this.sql = sql;
        }

        @Override
        public List<Named> of(UUID school) {
            return sql.sql("""
                    select c.class_id as klass, c.grade, c.name, count(p.pupil_id) as pupils, count(g.pupil_id) as entered
                    from roster.pub_class c
                    left join roster.pub_pupil p using (school_id, class_id)
                    left join (select distinct school_id, pupil_id from identity.pub_grant where school_id = :s and pupil_id is not null) g using (school_id, pupil_id)
                    where c.school_id = :s and c.school_year = (select max(school_year) from roster.pub_class where school_id = :s)
                    group by c.class_id, c.grade, c.number, c.name order by c.grade, c.number
                    """)
                    .param("s", school)
                    .query(Named.class)
                    .list();
        }
    }
}
