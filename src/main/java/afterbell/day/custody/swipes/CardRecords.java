package afterbell.day.custody.swipes;

import afterbell.base.roster.ChildRecords;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose card it was goes with the child; what the card swiped stays as traces that lead to nobody. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CardRecords implements ChildRecords {
    private final JdbcClient sql;

    CardRecords(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("delete from custody.card where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
