package afterbell.reach.messaging;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notices name no child; what remains of a family here are the addresses by which it wanted to hear of them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WayRecords implements ChildRecords {
    private final JdbcClient sql;

    WayRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record Way(String channel) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of(new Part<>(
                new Question<>(Way.class, "select channel from messaging.way where school_id = :s and chosen order by channel", Map.of("s", school)),
                r -> new Line("roster.copy.people", "messaging.copy." + r.channel(), List.of(), null)));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        if (!accounts.isEmpty()) sql.sql("delete from messaging.way where school_id = :s and account_id in (:a)").param("s", school).param("a", accounts).update();
        sql.sql("delete from messaging.wish_to_tell where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
