package afterbell.reach.documents;

import afterbell.base.roster.ChildRecords;
import java.util.Collection;
import java.util.List;
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

    @Override
    public List<Line> copy(UUID school, UUID pupil) {
        return sql.sql("""
                select e.title, s.answer, s.signed_at from documents.signature s join documents.edition e on e.school_id = s.school_id and e.letter_id = s.letter_id and e.edition = s.edition
                where s.school_id = :s and s.pupil_id = :p order by s.signed_at, s.signature_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Line("documents.copy.section", "documents.copy.answer." + r.getString(2), List.of(r.getString(1)), r.getTimestamp(3).toInstant()))
                .list();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("delete from documents.signature_key where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update documents.link set person_key = '', signer_sealed = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
