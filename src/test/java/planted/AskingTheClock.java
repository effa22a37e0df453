package planted;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;

/** Asks every clock but the one that is handed in. */
public final class AskingTheClock {
    public String today() {
        return LocalDate.now() + " " + Instant.now() + " " + System.currentTimeMillis() + " " + Clock.systemUTC() + " " + new Date();
    }

    public LocalDate allowed(Clock clock) {
        return LocalDate.now(clock);
    }
}
