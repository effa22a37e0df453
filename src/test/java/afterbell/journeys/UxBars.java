package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.testing.Hands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bars of the screens that must be a joy: each is measured in a journey, and the report stands in {@code target/ux-bars.txt}. */
final class UxBars {
    private static final Path REPORT = Path.of("target/ux-bars.txt");

    private UxBars() {}

    /** @param most seconds that the bar allows */
    static void met(String what, double most, Hands.Effort effort) {
        say(what + ": " + effort + " of " + Math.round(most) + " s");
        assertThat(effort.seconds()).as(what + ": " + effort).isLessThanOrEqualTo(most);
    }

    /** @param most taps that the bar allows */
    static void taps(String what, int most, Hands.Effort effort) {
        say(what + ": " + effort + "; at most " + most + " taps");
        assertThat(effort.taps()).as(what + ": " + effort).isLessThanOrEqualTo(most);
    }

    private static void say(String line) {
        System.out.println("UX " + line);
        try {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
