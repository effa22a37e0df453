package afterbell.day.dismissal.clearing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.Sight;
import afterbell.day.safety.Patrols;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Clearing with one bug at a time. */
public class PlantedClearing extends Clearing {
    public enum Bug {
        /** Law 2: cleared while a child is open. */
        CHILDREN_ARE_NOT_LOOKED_FOR,
        /** Law 2: cleared before every area is walked. */
        AREAS_ARE_NOT_LOOKED_FOR
    }

    private final JdbcClient sql;
    private final Clock clock;
    private final Supplier<Bug> planted;

    PlantedClearing(BeanFactory beans, Supplier<Bug> planted) {
        super(
                beans.getBean(Sight.class), beans.getBean(Patrols.class), beans.getBean(Audit.class), beans.getBean(PersonalData.class), beans.getBean(JdbcClient.class), beans.getBean(Questions.class),
                // Boards are not looked at where bugs are planted.
                event -> {}, beans.getBean(Clock.class));
        this.sql = beans.getBean(JdbcClient.class);
        this.clock = beans.getBean(Clock.class);
        this.planted = planted;
    }

    /** Puts itself in the place of the house's own. @param planted null while there is no bug */
    public static UnaryOperator<Object> instead(BeanFactory beans, Supplier<Bug> planted) {
        return bean -> bean instanceof Clearing && !(bean instanceof PlantedClearing) ? new PlantedClearing(beans, planted) : bean;
    }

    @Override
    @Transactional
    Outcome<Boolean> clear(Wearer me) {
        Bug bug = planted.get();
        if (bug == null) return super.clear(me);
        Instant now = clock.instant();
        int written = sql.sql("""
                insert into dismissal.clearing (school_id, day, cleared_at, cleared_by, children, area_ids, walked_at, proof)
                select :s, :d, :now, :by, count(*), '{}', '{}', sha256('') from custody.pub_standing where school_id = :s and day = :d having :blind or bool_and(closed) on conflict do nothing
                """)
                .param("s", me.school())
                .param("d", LocalDate.ofInstant(now, Screen.ZONE))
                .param("now", Timestamp.from(now))
                .param("by", me.account())
                .param("blind", bug == Bug.CHILDREN_ARE_NOT_LOOKED_FOR)
                .update();
        // It says so, too: what the house itself would say of such a clearing is that it holds nothing.
        return written > 0 ? Outcome.done(true) : super.clear(me);
    }
}
