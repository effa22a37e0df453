package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.house.Sources.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/how/events.md says which room publishes what and who listens; here it is compared with the code. */
class EventsTest {
    private static final Pattern EVENT = Pattern.compile("record (\\w+)\\([^)]*\\)\\s+implements (\\w+Event)\\b");
    private static final Pattern HEARD = Pattern.compile("@(?:Transactional)?EventListener(?:\\([^)]*\\))?\\s+(?:public )?void \\w+\\(([A-Z]\\w*\\.[A-Z]\\w*) \\w+\\)");
    private static final Pattern HEARD_ALL = Pattern.compile("@(?:Transactional)?EventListener(?:\\([^)]*\\))?\\s+(?:public )?void \\w+\\(([A-Z]\\w*Event) \\w+\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `(\\w+)` \\| ([^|]+) \\|");

    @Test
    void the_page_of_events_names_every_event_its_room_and_all_who_listen() {
        Map<String, String> code = new TreeMap<>();
        Map<String, TreeSet<String>> heard = new TreeMap<>();
        Map<String, TreeSet<String>> all = new TreeMap<>();
        Map<String, String> rooms = new TreeMap<>();
        for (Source s : Sources.under(Sources.JAVA, ".java")) {
            String text = Sources.withoutComments(s.text());
            Path inside = Sources.JAVA.relativize(s.path());
            String room = inside.getNameCount() > 3 ? inside.getName(2).toString() : "";
            Matcher event = EVENT.matcher(text);
            while (event.find()) code.put(event.group(2) + "." + event.group(1), room);
            rooms.put(s.path().getFileName().toString().replace(".java", ""), room);
            Matcher listener = HEARD.matcher(text);
            while (listener.find()) heard.computeIfAbsent(listener.group(1), k -> new TreeSet<>()).add("`" + s.path().getFileName().toString().replace(".java", "") + "`");
            Matcher whole = HEARD_ALL.matcher(text);
            while (whole.find()) all.computeIfAbsent(whole.group(1), k -> new TreeSet<>()).add("`" + s.path().getFileName().toString().replace(".java", "") + "`");
        }
        // Who listens to all events of a room listens to each.
        code.keySet().forEach(name -> heard.computeIfAbsent(name, k -> new TreeSet<>()).addAll(all.getOrDefault(name.substring(0, name.indexOf('.')), new TreeSet<>())));
        heard.values().removeIf(TreeSet::isEmpty);
        // An event that stays inside its room stands in the class that publishes it.
        heard.keySet().forEach(name -> code.computeIfAbsent(name, n -> rooms.get(n.substring(0, n.indexOf('.')))));
        Map<String, String> said = new TreeMap<>();
        Matcher row = ROW.matcher(Sources.read(Path.of("docs/how/events.md")).text());
        while (row.find()) said.put(row.group(1), row.group(2) + ": " + row.group(3).strip());
        Map<String, String> expected = new TreeMap<>();
        code.forEach((name, room) -> expected.put(name, room + ": " + (heard.containsKey(name) ? String.join(", ", heard.get(name)) : "nobody")));
        assertThat(said).as("docs/how/events.md").isEqualTo(expected);
    }
}
