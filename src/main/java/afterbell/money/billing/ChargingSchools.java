package afterbell.money.billing;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.tariffs.Tariffs;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which schools charge, from memory: asked by every page that might show a word about money (C7). An answer is some seconds old at most; whoever puts a
 * tariff to use makes it new.
 */
@Component
public class ChargingSchools {
    private static final Logger log = LoggerFactory.getLogger(ChargingSchools.class);
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Charges charges;
    private final Tariffs tariffs;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    private record Known(boolean charges, boolean priced, long at) {}

    ChargingSchools(Charges charges, Tariffs tariffs, TransactionTemplate transactions, Clock clock) {
        this.charges = charges;
        this.tariffs = tariffs;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether the school of somebody who works there charges, or one of a family's schools. */
    public boolean charge(Wearer wearer) {
        return switch (wearer.hat()) {
            case STAFF -> charge(wearer.school());
            case FAMILY -> wearer.grants().stream().filter(g -> g.role() == Role.GUARDIAN && g.school() != null).map(Wearer.Grant::school).distinct().anyMatch(this::charge);
            case BUREAU, ACCOUNT, PUBLIC, DOOR -> false;
        };
    }

    public boolean charge(UUID school) {
        return known(school).charges();
    }

    /** Whether prices show at the school of somebody who works there: it charges, or has a price document in force. */
    boolean prices(Wearer wearer) {
        return wearer.hat() == Hat.STAFF && prices(wearer.school());
    }

    boolean prices(UUID school) {
        return known(school).charges() || known(school).priced();
    }

    private Known known(UUID school) {
        @Nullable Known last = known.get(school);
        if (last == null) return read(school);
        // Answered from memory even when it is old; a thread of its own reads anew, so no page waits for it.
        if (System.nanoTime() - last.at() > FRESH_NANOS && known.replace(school, last, new Known(last.charges(), last.priced(), System.nanoTime()))) Thread.ofVirtual().start(() -> again(school));
        return last;
    }

    private void again(UUID school) {
        try {
            read(school);
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("kind", e.getClass().getName()).log("whether a school charges could not be read again, the former answer holds");
        }
    }

    private Known read(UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Known now = Objects.requireNonNull(Scopes.within(
                Scope.school(school, null), () -> transactions.execute(t -> new Known(charges.charges(school, today), tariffs.charges(school, today), System.nanoTime()))));
        known.put(school, now);
        return now;
    }

    void forget(UUID school) {
        known.remove(school);
    }
}
