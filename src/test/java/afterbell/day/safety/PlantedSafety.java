package afterbell.day.safety;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The record of the room with one bug at a time. */
@Transactional(readOnly = true)
public class PlantedSafety extends Ledger {
    public enum Bug {
        /** A no at the gate is forgotten as soon as it is said. */
        A_NO_IS_FORGOTTEN,
        /** A drill is written down as if it were none, so that families could be told. */
        DRILLS_ARE_REAL,
        /** A walk is never written down as one of the area that was walked. */
        WALKS_GET_LOST
    }

    private final Supplier<Bug> planted;

    PlantedSafety(BeanFactory beans, Supplier<Bug> planted) {
        super(beans.getBean(JdbcClient.class), beans.getBean(JsonMapper.class), beans.getBean(PersonalData.class), beans.getBean(Ids.class), beans.getBean(Clock.class));
        this.planted = planted;
    }

    /** Puts itself in the place of the house's own. @param planted null while there is no bug */
    public static UnaryOperator<Object> instead(BeanFactory beans, Supplier<Bug> planted) {
        return bean -> bean instanceof Ledger && !(bean instanceof PlantedSafety) ? new PlantedSafety(beans, planted) : bean;
    }

    @Override
    public List<Entry> of(UUID school, Book book, UUID subject) {
        List<Entry> all = super.of(school, book, subject);
        return planted.get() == Bug.A_NO_IS_FORGOTTEN ? all.stream().filter(e -> !e.is("refused")).toList() : all;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Entry append(Act act, Instant at, @Nullable UUID by) {
        if (planted.get() == Bug.DRILLS_ARE_REAL && act.facts().containsKey("drill")) return super.append(with(act, "drill", "no"), at, by);
        if (planted.get() == Bug.WALKS_GET_LOST && act.kind().equals("walked")) return super.append(with(act, "ref", new UUID(5, 5).toString()), at, by);
        return super.append(act, at, by);
    }

    private static Act with(Act act, String fact, String value) {
        Map<String, String> facts = new HashMap<>(act.facts());
        facts.put(fact, value);
        return new Act(act.school(), act.book(), act.subject(), act.kind(), facts);
    }
}
