package afterbell.day.dismissal;

import afterbell.base.roster.ChildRecords;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who asked for a child without being on its list: for the duty leader alone, so in no family's copy; erasing the child takes their names away. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AskedAtGate implements ChildRecords {
    private final JdbcClient sql;

    AskedAtGate(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update dismissal.stranger set person_key = '', name_sealed = '' where school_id = :s and pupil_id = :p and person_key <> ''").param("s", school).param("p", pupil).update();
    }
}
