package afterbell.base.calendar.engine;

import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.Holidays;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import static org.assertj.core.api.Assertions.assertThat;


/** The holiday files as shipped. */
final class CalendarFiles {
    private CalendarFiles() {}

    static Holidays holidays() {
        return new Holidays(years());
    }

    static List<HolidayYear> years() {
        List<HolidayYear> years = new ArrayList<>();
        List<YamlProblem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/calendar"))) {
            for (Path file : files.sorted().toList()) HolidayReader.read(file.getFileName().toString(), Files.readString(file), problems).ifPresent(years::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(problems).isEmpty();
        return years;
    }
}
