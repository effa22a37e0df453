package afterbell.base.roster.erasing;

import afterbell.base.shared.db.Question;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LeftStore {
    private final JdbcClient sql;

    LeftStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Children who have left, by a part of the name; none without a search, since nobody needs to leaf through them. */
    List<ErasuresPage.Left> find(UUID school, String words) {
        if (words.isBlank()) return List.of();
        return sql.sql("""
                select p.pupil_id as pupil, p.name, c.name as class_name, p.left_on,
                       exists (select 1 from roster.erasure e where e.school_id = p.school_id and e.pupil_id = p.pupil_id and e.decided_at is null) as asked
                from roster.pupil p join roster.class c using (school_id, class_id)
                where p.school_id = :s and p.left_on is not null and p.erased_at is null and position(:q in p.name) > 0
                order by p.left_on desc, p.pupil_id limit 20
                """)
                .param("s", school)
                .param("q", words.strip())
                .query(ErasuresPage.Left.class)
                .list();
    }

    boolean left(UUID school, UUID pupil) {
        return sql.sql("select exists (select 1 from roster.pupil where school_id = :s and pupil_id = :p and left_on is not null and erased_at is null)").param("s", school).param("p", pupil).query(Boolean.class).single();
    }

    long done(UUID school) {
        return sql.sql("select count(*) from roster.erasure where school_id = :s and done").param("s", school).query(Long.class).single();
    }

    /** How many erasures wait for the second person; no row where none does. */
    record Waiting(long erasures) {}

    static Question<Waiting> waitingOf(UUID school) {
        return new Question<>(Waiting.class, "select count(*) as erasures from roster.erasure where school_id = :s and decided_at is null having count(*) > 0", Map.of("s", school));
    }
}
