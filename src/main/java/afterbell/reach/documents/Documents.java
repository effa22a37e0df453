package afterbell.reach.documents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What other rooms ask about letters and agreements. Every read stays inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Documents {
    private final JdbcClient sql;

    Documents(JdbcClient sql) {
        this.sql = sql;
    }

    /** True where a guardian has said yes to every published document of the kind that is for the child's grade; also true where there is none. */
    public boolean signed(UUID school, UUID pupil, LetterKind kind, UUID term) {
        return sql.sql("""
                select not exists (
                    select 1 from documents.pub_letter l join roster.pub_pupil p on p.school_id = l.school_id and p.pupil_id = :p
                    where l.school_id = :s and l.term_id = :t and l.kind = :k and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                      and not exists (select 1 from documents.answer a where a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = :p and a.answer = 'YES'))
                """)
                .param("s", school)
                .param("p", pupil)
                .param("k", kind.name())
                .param("t", term)
                .query(Boolean.class)
                .single();
    }

    /** What a family said to the letter of a term: true takes part, false does not, empty has not answered. Not for a class teacher's eyes. */
    public Optional<Boolean> takesPart(UUID school, UUID pupil, UUID term) {
        return sql.sql("""
                select a.answer = 'YES' from documents.answer a join documents.pub_letter l on l.school_id = a.school_id and l.letter_id = a.letter_id
                where a.school_id = :s and a.pupil_id = :p and l.term_id = :t and l.kind = 'LETTER' order by a.signature_id desc limit 1
                """)
                .param("s", school)
                .param("p", pupil)
                .param("t", term)
                .query(Boolean.class)
                .optional();
    }

    /**
     * A document that a family has still to answer.
     *
     * @param href where it is read and signed
     */
    public record Unsigned(UUID pupil, UUID letter, LetterKind kind, String title, String href) {}

    /** The documents that wait for an answer about these children, the letter first; those of a family that does not take part wait for nothing. */
    public List<Unsigned> unsigned(List<UUID> pupils) {
        return pupils.isEmpty()
                ? List.of()
                : sql.sql("""
                select p.pupil_id, l.letter_id, l.kind, l.title
                from roster.pub_pupil p join documents.pub_letter l on l.school_id = p.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                where p.pupil_id in (:pupils)
                  and not exists (select 1 from documents.answer a where a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id)
                  and (l.kind in ('LETTER', 'OPINION') or not exists (
                      select 1 from documents.answer a join documents.pub_letter m on m.school_id = a.school_id and m.letter_id = a.letter_id
                      where a.school_id = p.school_id and a.pupil_id = p.pupil_id and m.term_id = l.term_id and m.kind = 'LETTER' and a.answer = 'NO'))
                order by p.grade desc, p.pupil_id, case l.kind when 'LETTER' then 0 when 'OPINION' then 1 when 'APPLICATION' then 2 when 'GUIDE' then 4 else 3 end, l.letter_id
                """)
                        .param("pupils", pupils)
                        .query((r, n) -> {
                            UUID pupil = r.getObject("pupil_id", UUID.class);
                            UUID letter = r.getObject("letter_id", UUID.class);
                            return new Unsigned(pupil, letter, LetterKind.valueOf(r.getString("kind")), r.getString("title"), "/children/" + pupil + "/letters/" + letter);
                        })
                        .list();
    }
}
