package afterbell.day.safety.incidents;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One number for the whole chain of custody of a day as it stands: how many facts, the last of them, and the SHA-256 of all. The house can compute it again. */
@Repository
class CustodyMark {
    private final JdbcClient sql;

    CustodyMark(JdbcClient sql) {
        this.sql = sql;
    }

    Map<String, String> of(UUID school, LocalDate day) {
        return sql.sql("""
                select count(*) as facts, coalesce(max(seq), 0) as last,
                       encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', seq, pupil_id, entry_id, extract(epoch from at), by, kind, custodian, session_id, other_id,
                           extract(epoch from starts), extract(epoch from ends), word, flag), E'\\n' order by seq), ''), 'UTF8')), 'hex') as digest
                from custody.pub_fact where school_id = :s and day = :d
                """)
                .param("s", school)
                .param("d", Date.valueOf(day))
                .query((r, n) -> Map.of("custody.count", r.getString("facts"), "custody.last", r.getString("last"), "custody.digest", r.getString("digest")))
                .single();
    }
}
