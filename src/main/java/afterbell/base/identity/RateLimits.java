package afterbell.base.identity;

import afterbell.base.shared.web.TooMany;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How often something may be tried. Counted per node in memory, by real time: what must hold over all nodes (lock-out of an account, tries of a code)
 * stands in the database besides. A whole class may sit behind one address of the school's network, so addresses are given room and only failures count.
 */
@Component
public class RateLimits {
    private static final int KEPT = 20_000;

    /** What is limited: so many tries in so long. */
    public enum Limit {
        /** Failed sign-ins from one address. */
        SIGN_IN(60, Duration.ofMinutes(1)),
        /** Secrets of slips and classes that don't exist, from one address. */
        SECRET(40, Duration.ofMinutes(5)),
        /** Requests to a class teacher from one address. */
        JOIN(120, Duration.ofHours(1)),
        /** Codes sent to one phone. */
        CODE_TO_PHONE(3, Duration.ofMinutes(10)),
        /** Codes asked for from one address. */
        CODE(60, Duration.ofHours(1)),
        /** Second factors tried for one account, right or wrong: counted before they are looked at, so that many at once get no more tries. */
        SECOND_FACTOR(6, Duration.ofMinutes(5)),
        /** The own password asked for again, for one account, right or wrong. */
        PASSWORD(8, Duration.ofMinutes(5)),
        /** Passkey challenges from one address. */
        PASSKEY(120, Duration.ofMinutes(1));

        private final long tries;
        private final Duration in;

        Limit(long tries, Duration in) {
            this.tries = tries;
            this.in = in;
        }
    }

    private record Key(Limit limit, String of) {}

    private final Map<Key, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
            return size() > KEPT;
        }
    };

    /** Counts a try. @throws TooMany where none is left */
    public void take(Limit limit, String of) {
        ConsumptionProbe probe = bucket(limit, of).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) throw tooMany(probe.getNanosToWaitForRefill());
    }

    /** Counts nothing. @throws TooMany where no try is left */
    public void check(Limit limit, String of) {
        var probe = bucket(limit, of).estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) throw tooMany(probe.getNanosToWaitForRefill());
    }

    /** Counts a failure, and never refuses: the next {@link #check} does. */
    public void failed(Limit limit, String of) {
        bucket(limit, of).tryConsume(1);
    }

    private Bucket bucket(Limit limit, String of) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(new Key(limit, of), k -> Bucket.builder().addLimit(l -> l.capacity(limit.tries).refillGreedy(limit.tries, limit.in)).build());
        }
    }

    private static TooMany tooMany(long nanos) {
        return new TooMany(Math.max(1, Duration.ofNanos(nanos).toSeconds() + 1));
    }
}
