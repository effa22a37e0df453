package afterbell.base.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of the house, in UTC. Only demo mode, simulations and tests shift it; the shift is one of whole milliseconds and starts at zero. */
public final class ShiftableClock extends Clock {
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
    private final Clock machine = Clock.tickMillis(ZoneOffset.UTC);

    public void shiftTo(Instant now) {
        shift.set(Duration.between(machine.instant(), now));
    }

    public void shiftBy(Duration more) {
        shift.updateAndGet(d -> d.plus(more));
    }

    public Duration shift() {
        return Objects.requireNonNull(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.offset(Clock.system(zone), shift.get());
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(shift.get());
    }
}
