package afterbell.term.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Until when an offer holds its seat (P17): so many hours, over an evening in which a family can talk, never ending while the house sleeps. */
final class OfferHold {
    private static final Duration TALK = Duration.ofHours(2);

    private OfferHold() {}

    /**
     * @param evening whether at least two hours of one evening must lie in it
     * @param offWork when evenings begin
     * @param quietFrom when they end and nobody is called any more
     * @param quietUntil when people may be called again
     */
    static Instant until(Instant now, ZoneId zone, int hours, boolean evening, LocalTime offWork, LocalTime quietFrom, LocalTime quietUntil) {
        ZonedDateTime from = now.atZone(zone);
        ZonedDateTime until = from.plusHours(hours);
        if (evening && !spansEvening(from, until, offWork, quietFrom)) until = nextEvening(from, offWork, quietFrom);
        return awake(until, quietFrom, quietUntil).toInstant();
    }

    private static boolean spansEvening(ZonedDateTime from, ZonedDateTime until, LocalTime offWork, LocalTime quietFrom) {
        for (ZonedDateTime day = from; !day.toLocalDate().isAfter(until.toLocalDate()); day = day.plusDays(1)) {
            ZonedDateTime begins = later(day.with(offWork), from);
            ZonedDateTime ends = earlier(day.with(quietFrom), until);
            if (Duration.between(begins, ends).compareTo(TALK) >= 0) return true;
        }
        return false;
    }

    /** The end of the first evening that leaves two hours. */
    private static ZonedDateTime nextEvening(ZonedDateTime from, LocalTime offWork, LocalTime quietFrom) {
        ZonedDateTime today = from.with(quietFrom);
        return Duration.between(later(from.with(offWork), from), today).compareTo(TALK) >= 0 ? today : today.plusDays(1);
    }

    private static ZonedDateTime awake(ZonedDateTime until, LocalTime quietFrom, LocalTime quietUntil) {
        LocalTime time = until.toLocalTime();
        boolean overnight = quietFrom.isAfter(quietUntil);
        boolean asleep = overnight ? time.isAfter(quietFrom) || time.isBefore(quietUntil) : time.isAfter(quietFrom) && time.isBefore(quietUntil);
        if (!asleep) return until;
        ZonedDateTime morning = until.with(quietUntil);
        // Two hours of the morning are left to answer.
        return (morning.isAfter(until) ? morning : morning.plusDays(1)).plus(TALK);
    }

    private static ZonedDateTime later(ZonedDateTime a, ZonedDateTime b) {
        return a.isAfter(b) ? a : b;
    }

    private static ZonedDateTime earlier(ZonedDateTime a, ZonedDateTime b) {
        return a.isBefore(b) ? a : b;
    }
}
