package afterbell.term.placement;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;

@Req("P17")
class OfferHoldTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime OFF_WORK = LocalTime.of(17, 30);
    private static final LocalTime QUIET_FROM = LocalTime.of(21, 30);
    private static final LocalTime QUIET_UNTIL = LocalTime.of(7, 0);
    private static final long SEED = 20261122;

    private static LocalDateTime until(String now, int hours) {
        Instant at = LocalDateTime.parse(now).atZone(ZONE).toInstant();
        return OfferHold.until(at, ZONE, hours, true, OFF_WORK, QUIET_FROM, QUIET_UNTIL).atZone(ZONE).toLocalDateTime();
    }

    @Test
    void a_day_holds_from_hour_to_hour() {
        assertThat(until("2026-09-15T16:10:00", 24)).isEqualTo("2026-09-16T16:10:00");
    }

    @Test
    void a_short_hold_waits_for_the_end_of_an_evening() {
        assertThat(until("2026-09-15T09:00:00", 4)).isEqualTo("2026-09-15T21:30:00");
        assertThat(until("2026-09-15T20:30:00", 4)).as("one hour of an evening is none").isEqualTo("2026-09-16T21:30:00");
    }

    @Test
    void none_ends_at_night() {
        assertThat(until("2026-09-15T23:00:00", 24)).isEqualTo("2026-09-17T09:00:00");
        assertThat(until("2026-09-15T03:00:00", 24)).isEqualTo("2026-09-16T09:00:00");
    }

    @Test
    void whatever_the_hour_it_holds_as_long_as_the_rule_says_and_two_hours_of_an_evening() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            ZonedDateTime now = LocalDateTime.of(2026, 9, 1, 0, 0).plusMinutes(random.nextInt(60 * 24 * 100)).atZone(ZONE);
            int hours = 1 + random.nextInt(60);
            ZonedDateTime until = OfferHold.until(now.toInstant(), ZONE, hours, true, OFF_WORK, QUIET_FROM, QUIET_UNTIL).atZone(ZONE);
            assertThat(Duration.between(now, until)).as("seed %d at %s for %d h", SEED, now, hours).isGreaterThanOrEqualTo(Duration.ofHours(hours));
            assertThat(until.toLocalTime()).isBetween(QUIET_UNTIL, QUIET_FROM);
            assertThat(eveningMinutes(now, until)).isGreaterThanOrEqualTo(120);
        }
    }

    // Counted minute by minute, unlike the code under test.
    private static long eveningMinutes(ZonedDateTime from, ZonedDateTime until) {
        long best = 0;
        long here = 0;
        for (ZonedDateTime m = from; m.isBefore(until); m = m.plusMinutes(1)) {
            LocalTime t = m.toLocalTime();
            here = !t.isBefore(OFF_WORK) && t.isBefore(QUIET_FROM) ? here + 1 : 0;
            best = Math.max(best, here);
        }
        return best;
    }
}
