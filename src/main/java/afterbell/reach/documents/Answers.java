package afterbell.reach.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far the answers to a letter have come, for this room's slices. */
@Component
@Transactional(readOnly = true)
public class Answers {
    private final JdbcClient sql;

    Answers(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * A class and its answers.
     *
     * @param yes for the office; a class teacher's page never reads it
     * @param onPaper of the answered
     */
    public record OfClass(UUID id, int grade, String name, int children, int answered, int yes, int onPaper) {
        public int no() {
            return answered - yes;
        }

        public int missing() {
            return children - answered;
        }
    }

    public List<OfClass> perClass(UUID school, UUID letter) {
        return sql.sql("""
                with a as materialized (select * from documents.answer where school_id = :s and letter_id = :l)
                select p.class_id as id, p.grade, p.class_name as name, count(*) as children, count(a.signature_id) as answered,
                       count(*) filter (where a.answer = 'YES') as yes, count(*) filter (where a.means = 'PAPER') as on_paper
                from documents.letter l
                join roster.pub_pupil p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join a on a.pupil_id = p.pupil_id
                where l.school_id = :s and l.letter_id = :l
                group by p.class_id, p.grade, p.class_number, p.class_name order by p.grade, p.class_number
                """)
                .param("s", school)
                .param("l", letter)
                .query(OfClass.class)
                .list();
    }

    /** Sums over the school, per published or withdrawn letter of a term. */
    public record OfLetter(UUID letter, int children, int answered) {}

    public List<OfLetter> ofTerm(UUID school, UUID term) {
        return sql.sql("""
                with a as materialized (select * from documents.answer where school_id = :s),
                     p as materialized (select pupil_id, grade, school_id from roster.pub_pupil where school_id = :s)
                select l.letter_id as letter, count(p.pupil_id) as children, count(a.signature_id) as answered
                from documents.letter l
                join p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join a on a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where l.school_id = :s and l.term_id = :t and l.state <> 'DRAFT'
                group by l.letter_id
                """)
                .param("s", school)
                .param("t", term)
                .query(OfLetter.class)
                .list();
    }

    /**
     * A child of a class and whether its family has answered; never what (C1).
     *
     * @param at when, or null
     * @param onPaper entered by the school from a paper receipt
     * @param proposed a carer has signed and a guardian's answer is still asked for
     */
    public record OfChild(UUID pupil, String name, @Nullable Instant at, boolean onPaper, boolean proposed) {
        public boolean answered() {
            return at != null;
        }
    }

    public List<OfChild> ofClass(UUID school, UUID letter, UUID schoolClass) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, a.signed_at as at, coalesce(a.means = 'PAPER', false) as on_paper,
                       a.signature_id is null and exists (select 1 from documents.signature s where s.school_id = p.school_id and s.letter_id = :l and s.pupil_id = p.pupil_id and s.standing = 'PROPOSED') as proposed
                from roster.pub_pupil p
                left join documents.answer a on a.school_id = p.school_id and a.letter_id = :l and a.pupil_id = p.pupil_id
                where p.school_id = :s and p.class_id = :c order by a.signed_at is not null, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("l", letter)
                .param("c", schoolClass)
                .query((r, n) -> new OfChild(
                        r.getObject("pupil", UUID.class), r.getString("name"), r.getTimestamp("at") == null ? null : r.getTimestamp("at").toInstant(), r.getBoolean("on_paper"), r.getBoolean("proposed")))
                .list();
    }
}
