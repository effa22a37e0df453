package afterbell.base.identity;

import afterbell.base.shared.access.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** How long sign-ins last and how often one may guess, as the schools of a person want it. The room {@code rules} answers (law 10). */
public interface IdentityLimits {

    /**
     * @param staffSession longest session of somebody with a work role
     * @param staffIdle such a session ends after so long without a sign of life
     * @param familySession longest session of somebody with family roles alone
     * @param attempts failed sign-ins in a row before a lock-out, at least one
     * @param lockOut how long a lock-out lasts
     * @param code life of a one-time code or link
     * @param slip life of a printed slip
     * @param strongRoles work roles that wait for a second factor
     */
    record Limits(Duration staffSession, Duration staffIdle, Duration familySession, int attempts, Duration lockOut, Duration code, Duration slip, Set<Role> strongRoles) {
        public Limits {
            strongRoles = Set.copyOf(strongRoles);
        }

        /** What holds where nobody has said anything; the same numbers as the product's own rule pack. */
        public static final Limits PLAIN = new Limits(
                Duration.ofHours(12), Duration.ofMinutes(120), Duration.ofDays(90), 8, Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ofDays(60), Set.of(Role.FINANCE, Role.BUREAU));
    }

    /** The strictest of what these schools want; for no school what the product's own pack says. */
    Limits of(Collection<UUID> schools);
}
