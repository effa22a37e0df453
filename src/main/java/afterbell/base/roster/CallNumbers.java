package afterbell.base.roster;

import afterbell.base.audit.Audit;
import afterbell.base.shared.crypto.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Telephones of the people whom somebody must ring about a child now. Reading them is an act with a purpose, and audited; whoever a paper of a court keeps away is left out. */
@Component
public class CallNumbers {
    private final JdbcClient sql;
    private final PersonalData personal;
    private final Audit audit;

    CallNumbers(JdbcClient sql, PersonalData personal, Audit audit) {
        this.sql = sql;
        this.personal = personal;
        this.audit = audit;
    }

    /** @param label what the person is to the child, or empty for a member of staff */
    public record Number(String name, String label, String phone) {}

    /**
     * Guardians and carers of a child, then one member of staff; only those with a telephone on file.
     *
     * @param staff who has the child, or null
     * @param purpose a word that the audit keeps
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Number> of(UUID school, UUID pupil, @Nullable UUID staff, String purpose) {
        audit.record(school, "roster.numbers_read", "pupil", pupil, Map.of("purpose", purpose));
        return sql.sql("""
                select a.name, r.label, a.person_key, a.phone_sealed, array_position(array['guardian', 'emergency', 'carer'], r.kind) as place
                from roster.relation r join roster.adult a using (school_id, adult_id)
                where r.school_id = :s and r.pupil_id = :p and r.kind in ('guardian', 'emergency', 'carer') and a.phone_sealed is not null and r.until is null
                  and not exists (select 1 from roster.protection x where x.school_id = r.school_id and x.pupil_id = r.pupil_id and x.adult_id = r.adult_id and x.ended_at is null)
                union all
                select f.name, '', f.person_key, f.phone_sealed, 0 from roster.staff f where f.school_id = :s and f.staff_id = :f and f.phone_sealed is not null
                order by place, name
                """)
                .param("s", school)
                .param("p", pupil)
                .param("f", staff, java.sql.Types.OTHER)
                .query((r, n) -> new Number(r.getString("name"), r.getString("label"), personal.open(r.getBytes("person_key"), r.getBytes("phone_sealed"))))
                .list();
    }
}
