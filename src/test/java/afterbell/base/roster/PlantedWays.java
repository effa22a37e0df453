package afterbell.base.roster;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Questions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ways home with one bug at a time. */
@Transactional(propagation = Propagation.MANDATORY)
public class PlantedWays extends WayHome {
    public enum Bug {
        /** Law 2: a line takes everybody. */
        EVERYBODY_CONSENTS,
        /** Law 2: a paper bars nobody. */
        PAPERS_ARE_FORGOTTEN
    }

    private final Supplier<Bug> planted;

    PlantedWays(BeanFactory beans, Supplier<Bug> planted) {
        super(beans.getBean(JdbcClient.class), beans.getBean(Questions.class), beans.getBean(PersonalData.class), beans.getBean(Ids.class), beans.getBean(Clock.class));
        this.planted = planted;
    }

    /** Puts itself in the place of the house's own. @param planted null while there is no bug */
    public static UnaryOperator<Object> instead(BeanFactory beans, Supplier<Bug> planted) {
        return bean -> bean instanceof WayHome && !(bean instanceof PlantedWays) ? new PlantedWays(beans, planted) : bean;
    }

    @Override
    public Map<UUID, Ways> on(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<UUID, Ways> ways = new HashMap<>(super.on(school, day, pupils));
        ways.replaceAll((pupil, w) -> spoiled(w));
        return ways;
    }

    private Ways spoiled(Ways w) {
        if (planted.get() == Bug.EVERYBODY_CONSENTS && w.line() == null) return new Ways(w.takers(), w.barred(), new UUID(7, 7), w.walk());
        if (planted.get() == Bug.PAPERS_ARE_FORGOTTEN && !w.barred().isEmpty()) {
            List<Taker> takers = new ArrayList<>(w.takers());
            for (UUID adult : w.barred()) takers.add(new Taker(adult, "-", "guardian", ""));
            return new Ways(takers, Set.of(), w.line(), w.walk());
        }
        return w;
    }
}
