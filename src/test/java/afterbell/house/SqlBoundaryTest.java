package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A room's SQL names its own schema, other rooms' {@code pub_} views, and the functions listed in {@code house/sql-functions.csv}; nothing else of other rooms. */
class SqlBoundaryTest {
    private static final Pattern STRING = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern SQL = Pattern.compile("(?is).*\\b(select|insert\\s+into|update|delete\\s+from|call|(?:from|join)\\s+[a-z_]+\\.[a-z_]+)\\b.*");

    @Test
    void a_room_reads_other_rooms_through_their_views_and_writes_none() {
        Set<String> schemas = Sources.under(Sources.MIGRATIONS, ".sql").stream().map(s -> s.path().getParent().getFileName().toString()).collect(Collectors.toSet());
        assertThat(lies(Sources.under(Sources.JAVA, ".java"), schemas, Set.copyOf(Sources.list("sql-functions.csv")))).isEmpty();
    }

    static List<String> lies(List<Sources.Source> java, Set<String> schemas, Set<String> functions) {
        Pattern named = Pattern.compile("\\b(" + String.join("|", schemas) + ")\\.([a-z_][a-z0-9_]*)");
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : java) {
            String room = room(s.path());
            // A bench and a simulation make and count their own world, as a test does; they serve nobody.
            if (s.path().startsWith(Sources.JAVA.resolve("afterbell/app/bench")) || s.path().startsWith(Sources.JAVA.resolve("afterbell/app/simulate"))) continue;
            Matcher strings = STRING.matcher(Sources.withoutComments(s.text()));
            while (strings.find()) {
                String text = strings.group();
                if (!SQL.matcher(text).matches()) continue;
                Matcher m = named.matcher(text);
                while (m.find()) {
                    String schema = m.group(1);
                    String object = m.group(2);
                    if (schema.equals(room) || object.startsWith("pub_") || functions.contains(schema + "." + object)) continue;
                    lies.add(s.path() + " (" + room + ") names " + m.group());
                }
            }
        }
        return lies;
    }

    // afterbell/<wing>/<room>/...
    private static String room(Path file) {
        Path inside = Sources.JAVA.relativize(file);
        return inside.getNameCount() > 3 ? inside.getName(2).toString() : "";
    }
}
