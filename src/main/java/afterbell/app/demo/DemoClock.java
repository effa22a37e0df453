package afterbell.app.demo;

import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.web.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The time of a demo world. It begins on a school day, some minutes after the bell, whenever somebody first opens it: the afternoon is what people come to see.
 * From there its clock runs on as clocks do, until somebody puts it elsewhere; how far it is off stands in the data folder, so that a world started again goes
 * on from where it was.
 */
@Component
@Order(1)
@ConditionalOnProperty("afterbell.demo")
final class DemoClock implements DemoChapter {
    private static final LocalTime FROM = LocalTime.of(16, 5);
    private static final LocalTime UNTIL = LocalTime.of(17, 15);
    private static final LocalTime BEGIN = LocalTime.of(16, 9);

    private final ShiftableClock clock;
    private final @Nullable Path file;

    /** @param data the data folder; empty where the world lives in a database of somebody else, and no shift is kept */
    DemoClock(ShiftableClock clock, @Value("${afterbell.database.data:}") String data) {
        this.clock = clock;
        file = data.isEmpty() ? null : Path.of(data, "demo.clock");
        if (file != null && Files.exists(file)) shift(kept(file));
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        shift(Duration.ZERO);
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), Screen.ZONE);
        LocalDate day = now.toLocalDate();
        while (day.getDayOfWeek().getValue() > 5) day = day.minusDays(1);
        boolean afternoon = day.equals(now.toLocalDate()) && now.toLocalTime().isAfter(FROM) && now.toLocalTime().isBefore(UNTIL);
        if (!afternoon) moveTo(day.atTime(BEGIN).atZone(Screen.ZONE).toInstant());
    }

    /** From this moment on it runs. */
    void moveTo(Instant moment) {
        clock.shiftTo(moment);
        keep();
    }

    /** Tells the machine's time again. */
    void goRight() {
        shift(Duration.ZERO);
        keep();
    }

    boolean right() {
        return clock.shift().isZero();
    }

    private void shift(Duration to) {
        clock.shiftBy(to.minus(clock.shift()));
    }

    private void keep() {
        if (file == null) return;
        try {
            Path fresh = file.resolveSibling("demo.clock.new");
            Files.writeString(fresh, Long.toString(clock.shift().toMillis()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration kept(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.matches("-?\\d{1,13}") ? Duration.ofMillis(Long.parseLong(text)) : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
