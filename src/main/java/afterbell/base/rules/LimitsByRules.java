package afterbell.base.rules;

import afterbell.base.identity.IdentityLimits;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Lengths of sessions, lock-outs and slips as the rules of the day say them; of several schools the strictest. */
@Component
class LimitsByRules implements IdentityLimits {
    private final Rules rules;
    private final Clock clock;

    LimitsByRules(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Limits of(Collection<UUID> schools) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Asked national = new Asked() {
            @Override
            public <T> T value(Rule<T> rule) {
                return rules.resolve(Situation.of("", today), rule).value();
            }
        };
        if (schools.isEmpty()) return limits(national);
        return schools.stream().map(s -> ofSchool(s, today, national)).reduce(LimitsByRules::strictest).orElseGet(() -> limits(national));
    }

    private interface Asked {
        <T> T value(Rule<T> rule);
    }

    private Limits ofSchool(UUID school, LocalDate today, Asked national) {
        try {
            return Scopes.within(Scope.school(school, null), () -> limits(new Asked() {
                @Override
                public <T> T value(Rule<T> rule) {
                    return rules.value(school, today, rule);
                }
            }));
        } catch (NotFound e) {
            // A school that is gone must not keep its people out.
            return limits(national);
        }
    }

    private static Limits limits(Asked rules) {
        return new Limits(
                Duration.ofHours(rules.value(Rule.SESSION_STAFF_HOURS)),
                Duration.ofMinutes(rules.value(Rule.SESSION_STAFF_IDLE_MINUTES)),
                Duration.ofDays(rules.value(Rule.SESSION_FAMILY_DAYS)),
                rules.value(Rule.LOCK_OUT_ATTEMPTS),
                Duration.ofMinutes(rules.value(Rule.LOCK_OUT_MINUTES)),
                Duration.ofMinutes(rules.value(Rule.ONE_TIME_CODE_MINUTES)),
                Duration.ofDays(rules.value(Rule.SLIP_VALID_DAYS)),
                rules.value(Rule.SECOND_FACTOR_ROLES));
    }

    private static Limits strictest(Limits a, Limits b) {
        return new Limits(
                shorter(a.staffSession(), b.staffSession()),
                shorter(a.staffIdle(), b.staffIdle()),
                shorter(a.familySession(), b.familySession()),
                Math.min(a.attempts(), b.attempts()),
                longer(a.lockOut(), b.lockOut()),
                shorter(a.code(), b.code()),
                shorter(a.slip(), b.slip()),
                union(a.strongRoles(), b.strongRoles()));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Set<Role> union(Set<Role> a, Set<Role> b) {
        Set<Role> all = EnumSet.noneOf(Role.class);
        Stream.of(a, b).forEach(all::addAll);
        return all;
    }
}
