package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.house.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Law 7: who hears an event may inform, count, draft or bill; no listener calls what moves a child, a seat, a post or a permission. */
class ListenersTest {
    private static final Pattern LISTENS = Pattern.compile("@(?:Transactional)?EventListener(?!\\(\\s*ApplicationReadyEvent)");
    private static final Pattern FIELD = Pattern.compile("private final ([A-Z]\\w*) (\\w+);");
    /** What decides, by bean; an empty set stands for all of it. */
    private static final Map<String, Set<String>> DECIDES = Map.of(
            "ChildDays", Set.of("tell"),
            "Afternoon", Set.of("act", "happened"),
            "Release", Set.of(),
            "Clearing", Set.of(),
            "Seats", Set.of("take", "leave", "move", "swap"),
            "Substitutes", Set.of(),
            "Swaps", Set.of(),
            "Accounts", Set.of("grant", "add"),
            "Consents", Set.of("decide"),
            "WayHome", Set.of("send", "recall"));

    static List<String> decisions(String name, String source) {
        List<String> found = new ArrayList<>();
        String text = Sources.withoutComments(source);
        if (!LISTENS.matcher(text).find()) return found;
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            Set<String> methods = DECIDES.get(field.group(1));
            if (methods == null) continue;
            Matcher call = Pattern.compile("\\b" + field.group(2) + "\\s*\\.\\s*(\\w+)\\(").matcher(text);
            while (call.find()) if (methods.isEmpty() || methods.contains(call.group(1))) found.add(name + " listens and calls " + field.group(1) + "." + call.group(1));
        }
        return found;
    }

    @Test
    void no_listener_decides() {
        List<String> found = new ArrayList<>();
        int listeners = 0;
        for (Source s : Sources.under(Sources.JAVA, ".java")) {
            if (LISTENS.matcher(Sources.withoutComments(s.text())).find()) listeners++;
            found.addAll(decisions(s.path().getFileName().toString(), s.text()));
        }
        assertThat(listeners).isGreaterThan(10);
        assertThat(found).isEmpty();
    }

    @Test
    void a_planted_listener_that_decides_is_named() {
        String listener = """
                class %s {
                    private final %s it;
                    %s
                    void on(CustodyEvent.Rung rung) { it.%s(rung.school()); }
                }
                """;
        assertThat(decisions("A", listener.formatted("A", "ChildDays", "@EventListener", "tell"))).containsExactly("A listens and calls ChildDays.tell");
        assertThat(decisions("B", listener.formatted("B", "Seats", "@TransactionalEventListener(fallbackExecution = true)", "take"))).containsExactly("B listens and calls Seats.take");
        assertThat(decisions("C", listener.formatted("C", "Substitutes", "@EventListener", "accept"))).hasSize(1);
        assertThat(decisions("D", listener.formatted("D", "ChildDays", "@EventListener", "ofDay"))).as("asking is no decision").isEmpty();
        assertThat(decisions("E", listener.formatted("E", "ChildDays", "", "tell"))).as("who listens to nothing may").isEmpty();
    }
}
