package afterbell.reach.documents;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers and signatures about a child. Erasing takes the keys: that somebody signed which text when stays, who and with which words does not. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DocumentRecords implements ChildRecords {
    private final JdbcClient sql;

    DocumentRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record Answered(String title, String answer, Instant at) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of(new Part<>(
                new Question<>(
                        Answered.class,
                        """
                        select e.title, s.answer, s.signed_at as at from documents.signature s
                        join documents.edition e on e.school_id = s.school_id and e.letter_id = s.letter_id and e.edition = s.edition
                        where s.school_id = :s and s.pupil_id = :p order by s.signed_at, s.signature_id
                        """,
                        Map.of("s", school, "p", pupil)),
                r -> new Line("documents.copy.section", "documents.copy.answer." + r.answer(), List.of(r.title()), r.at())));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("delete from documents.signature_key where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update documents.link set person_key = '', signer_sealed = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
