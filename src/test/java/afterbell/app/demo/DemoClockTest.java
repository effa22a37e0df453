package afterbell.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.app.demo.DemoMoments.Moment;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.web.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoClockTest {
    private static final Duration A_MOMENT = Duration.ofMinutes(2);

    @TempDir
    Path data;

    @Test
    void the_time_that_somebody_put_runs_on_after_a_restart() {
        Instant morning = at("2027-03-02T07:50");
        new DemoClock(new ShiftableClock(), data.toString()).moveTo(morning);
        ShiftableClock again = new ShiftableClock();
        DemoClock restarted = new DemoClock(again, data.toString());
        assertThat(Duration.between(morning, again.instant())).isBetween(Duration.ZERO, A_MOMENT);
        assertThat(restarted.right()).isFalse();
        restarted.goRight();
        assertThat(restarted.right()).isTrue();
        ShiftableClock third = new ShiftableClock();
        new DemoClock(third, data.toString());
        assertThat(third.shift()).isZero();
    }

    @Test
    void what_nobody_can_read_leaves_the_clock_right() throws IOException {
        Files.writeString(data.resolve("demo.clock"), "tomorrow");
        ShiftableClock clock = new ShiftableClock();
        new DemoClock(clock, data.toString());
        assertThat(clock.shift()).isZero();
        new DemoClock(clock, "").moveTo(clock.instant().plusSeconds(60));
        assertThat(clock.shift()).as("a world without a folder of its own has a clock all the same").isPositive();
    }

    @Test
    void moments_lie_ahead_and_leave_out_days_without_school() {
        assertThat(ahead("2026-11-20T16:09")).as("Friday afternoon").containsExactly(at("2026-11-20T18:00"), at("2026-11-23T07:50"), at("2026-11-23T15:58"), at("2026-11-23T16:09"));
        assertThat(ahead("2026-11-22T09:00")).as("Sunday").containsExactly(at("2026-11-23T07:50"), at("2026-11-23T09:00"), at("2026-11-23T15:58"), at("2026-11-23T18:00"));
        assertThat(ahead("2026-11-24T07:49")).as("early on Tuesday").containsExactly(at("2026-11-24T07:50"), at("2026-11-24T15:58"), at("2026-11-24T18:00"), at("2026-11-25T07:49"));
    }

    private static List<Instant> ahead(String now) {
        return DemoMoments.ahead(at(now), day -> Optional.empty()).stream().map(Moment::at).toList();
    }

    private static Instant at(String time) {
        return LocalDateTime.parse(time).atZone(Screen.ZONE).toInstant();
    }
}
