package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rooms write migrations side by side: two with one version stop the house from starting. */
class MigrationNamesTest {
    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final Pattern NAME = Pattern.compile("(V\\d{14}|R)__([a-z]+)_[a-z0-9_]+\\.sql");

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void no_two_migrations_share_a_version() throws IOException {
        assertThat(twice(files().stream().map(p -> p.getFileName().toString()).toList())).isEmpty();
    }

    static Map<String, List<String>> twice(List<String> files) {
        Map<String, List<String>> byVersion = files.stream()
                .filter(n -> n.startsWith("V"))
                .collect(Collectors.groupingBy(n -> n.substring(0, n.indexOf('_')), TreeMap::new, Collectors.toList()));
        byVersion.values().removeIf(names -> names.size() == 1);
        return byVersion;
    }

    @Test
    void a_migration_is_named_by_its_room() throws IOException {
        for (Path file : files()) {
            var name = NAME.matcher(file.getFileName().toString());
            assertThat(name.matches()).as("%s: V<yyyyMMddHHmm[ss]>__<room>_<intent>.sql", file).isTrue();
            assertThat(name.group(2)).as("%s stands in its room's folder", file).isEqualTo(file.getParent().getFileName().toString());
        }
    }
}
