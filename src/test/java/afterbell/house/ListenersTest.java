package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.house.Sources.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Law 7: who hears an event may inform, count, draft or bill; no listener calls what moves a child, a seat, a post or a permission. */
class ListenersTest {
    private static final Pattern LISTENS = Pattern.compile("@(?:Transactional)?EventListener(?!\\(\\s*(?:value = )?ApplicationReadyEvent)");
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

    private static final Pattern METHOD = Pattern.compile("\\b(\\w+)\\([^;{}=]*\\)\\s*\\{");

    static List<String> decisions(String name, String source) {
        List<String> found = new ArrayList<>();
        String text = Sources.withoutComments(source);
        Map<String, String> methods = new HashMap<>();
        Matcher method = METHOD.matcher(text);
        while (method.find()) methods.merge(method.group(1), body(text, method.end() - 1), String::concat);
        Set<String> heard = new LinkedHashSet<>();
        Matcher listener = LISTENS.matcher(text);
        while (listener.find()) {
            Matcher first = METHOD.matcher(text);
            if (first.find(listener.end())) reach(first.group(1), methods, heard);
        }
        String reached = heard.stream().map(m -> methods.getOrDefault(m, "")).collect(Collectors.joining("\n"));
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            Set<String> deciding = DECIDES.get(field.group(1));
            if (deciding == null) continue;
            Matcher call = Pattern.compile("\\b" + field.group(2) + "\\s*\\.\\s*(\\w+)\\(").matcher(reached);
            while (call.find()) if (deciding.isEmpty() || deciding.contains(call.group(1))) found.add(name + " listens and calls " + field.group(1) + "." + call.group(1));
        }
        return found;
    }

    /** What runs when the event comes: the method itself, and those of its class that it calls. */
    private static void reach(String method, Map<String, String> methods, Set<String> heard) {
        if (!methods.containsKey(method) || !heard.add(method)) return;
        Matcher call = Pattern.compile("(?<![.\\w])(\\w+)\\(|this::(\\w+)").matcher(Objects.requireNonNull(methods.get(method)));
        while (call.find()) reach(call.group(1) == null ? call.group(2) : call.group(1), methods, heard);
    }

    private static String body(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') depth++;
            if (text.charAt(i) == '}' && --depth == 0) return text.substring(open, i + 1);
        }
        return text.substring(open);
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
        String within = "class F { private final ChildDays it; @EventListener void on(CustodyEvent.Rung r) { told(r); } private void told(CustodyEvent.Rung r) { it.tell(r.school()); } }";
        assertThat(decisions("F", within)).as("by way of another method").hasSize(1);
        assertThat(decisions("G", "class G { private final Seats it; @EventListener void on(DutyEvent e) { look(); } void look() {} void takes() { it.take(); } }")).as("a command of its own").isEmpty();
        assertThat(decisions("D", listener.formatted("D", "ChildDays", "@EventListener", "ofDay"))).as("asking is no decision").isEmpty();
        assertThat(decisions("E", listener.formatted("E", "ChildDays", "", "tell"))).as("who listens to nothing may").isEmpty();
    }
}
