package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.time.LocalDate;
import java.util.Set;

/**
 * No service although the day would have some: a school event, an epidemic peak, bad air (R26).
 *
 * @param bands empty: the whole school
 * @param services empty: every service
 * @param note a few words for families, never about a person; may be empty
 */
public record Closure(LocalDate from, LocalDate until, Set<String> bands, Set<ServiceClass> services, Reason reason, String note) {

    /** What R26 lists. */
    public enum Reason {
        EVENT,
        EXAM,
        EPIDEMIC,
        AIR,
        WEATHER,
        EMERGENCY,
        OTHER
    }

    public Closure {
        if (until.isBefore(from)) throw new IllegalArgumentException("a closure must not end before it starts");
        bands = Set.copyOf(bands);
        services = Set.copyOf(services);
    }

    public boolean closes(LocalDate day, String band, ServiceClass service) {
        return !day.isBefore(from) && !day.isAfter(until) && (bands.isEmpty() || bands.contains(band)) && (services.isEmpty() || services.contains(service));
    }
}
