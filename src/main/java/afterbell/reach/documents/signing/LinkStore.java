package afterbell.reach.documents.signing;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LinkStore {
    private final JdbcClient sql;
    private final PersonalData personal;

    LinkStore(JdbcClient sql, PersonalData personal) {
        this.sql = sql;
        this.personal = personal;
    }

    /** What a good link opens. */
    record Opened(UUID school, UUID link, UUID letter, UUID pupil, UUID adult) {}

    Optional<Opened> open(byte[] hash, Instant now) {
        return sql.sql("select school_id as school, link_id as link, letter_id as letter, pupil_id as pupil, adult_id as adult from documents.door_link(:h, :now)")
                .param("h", hash)
                .param("now", Timestamp.from(now))
                .query(Opened.class)
                .optional();
    }

    /** For whom the link was made: name, then relation. */
    String[] signer(UUID school, UUID link) {
        return sql.sql("select person_key, signer_sealed from documents.link where school_id = :s and link_id = :k")
                .param("s", school)
                .param("k", link)
                .query((r, n) -> personal.open(r.getBytes(1), r.getBytes(2)).split("\n", 2))
                .single();
    }
}
