package afterbell.base.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The clock of the house, in UTC. Only demo mode, simulations and tests shift it; the shift is one of whole milliseconds and starts at zero. */
public final class ShiftableClock extends Clock {
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<@Nullable Instant> held = new AtomicReference<>();
    private final Clock machine = Clock.tickMillis(ZoneOffset.UTC);

    /** From here on the clock stands still until it is put elsewhere: in a simulation time passes only by its own steps. */
    public void holdAt(Instant now) {
        held.set(now);
    }

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
        @Nullable Instant still = held.get();
        return still == null ? machine.instant().plus(shift.get()) : still;
    }
}
