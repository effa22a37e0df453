package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An icon that is not in the set draws nothing and says nothing: every name used stands in {@code web/icons.ts}. */
class IconsTest {
    private static final Pattern DRAWN = Pattern.compile("^ {2}'?([a-z-]+)'?: '[a-z0-9-]+',$", Pattern.MULTILINE);
    static final Pattern IN_TEMPLATE = Pattern.compile("(?:\\bicon = |components\\.icon\\(screen = screen, name = )\"([a-z-]+)\"");
    private static final Pattern IN_MENU = Pattern.compile("new (?:NavSource\\.)?Item\\(\\s*\"[^\"]*\",\\s*\"[^\"]*\",\\s*\"([a-z-]+)\"");

    @Test
    void every_icon_named_is_in_the_set() throws IOException {
        Set<String> set = new TreeSet<>();
        Matcher drawn = DRAWN.matcher(Files.readString(Path.of("web/icons.ts")));
        while (drawn.find()) set.add(drawn.group(1));
        assertThat(set).contains("home", "danger", "sign-out");
        Map<String, String> missing = new TreeMap<>();
        collect(Path.of("src/main/jte"), ".jte", IN_TEMPLATE, set, missing);
        collect(Path.of("src/main/java"), ".java", IN_MENU, set, missing);
        assertThat(missing).isEmpty();
    }

    private static void collect(Path folder, String end, Pattern pattern, Set<String> set, Map<String, String> missing) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(end)).toList())
                for (String name : unknown(Files.readString(file), pattern, set)) missing.put(name, file.getFileName().toString());
        }
    }

    static Set<String> unknown(String text, Pattern pattern, Set<String> set) {
        Set<String> missing = new TreeSet<>();
        Matcher used = pattern.matcher(text);
        while (used.find()) if (!set.contains(used.group(1))) missing.add(used.group(1));
        return missing;
    }
}
