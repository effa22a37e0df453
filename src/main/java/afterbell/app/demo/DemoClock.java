package afterbell.app.demo;

import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A demo world begins on a school day, some minutes after the bell, whenever somebody first opens it: the afternoon is what people come to see. From there
 * its clock runs on as clocks do; started again on the same data it tells the machine's time.
 */
@Component
@Order(1)
@ConditionalOnProperty("afterbell.demo")
final class DemoClock implements DemoChapter {
    private static final LocalTime FROM = LocalTime.of(16, 5);
    private static final LocalTime UNTIL = LocalTime.of(17, 15);
    private static final LocalTime BEGIN = LocalTime.of(16, 9);

    private final ShiftableClock clock;

    DemoClock(ShiftableClock clock) {
        this.clock = clock;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), Screen.ZONE);
        LocalDate day = now.toLocalDate();
        while (day.getDayOfWeek().getValue() > 5) day = day.minusDays(1);
        boolean afternoon = day.equals(now.toLocalDate()) && now.toLocalTime().isAfter(FROM) && now.toLocalTime().isBefore(UNTIL);
        Instant begin = day.atTime(BEGIN).atZone(Screen.ZONE).toInstant();
        if (!afternoon) clock.shiftTo(begin);
    }
}
