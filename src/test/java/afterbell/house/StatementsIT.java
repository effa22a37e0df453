package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Afterbell;
import afterbell.Req;
import afterbell.app.demo.DemoCards;
import afterbell.base.identity.DemoAccounts.Card;
import afterbell.testing.Statements;
import afterbell.testing.Statements.Request;
import afterbell.testing.TestDatabase;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A signed-in page costs at most six statements besides begin, scope and commit, and writes nothing. A family, a class teacher and the office walk the demo world along the links that
 * they are shown, without a browser; the first page of each kind is counted. Kinds that cost more stand with what they may cost in
 * {@code house/statements.csv}, which may only shrink. What every page asked stands in {@code target/statements.txt}.
 */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
@Import({Statements.Counting.class, Visitor.Maker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("house")
@Req("NFR-1")
class StatementsIT {
    private static final int MOST = 6;

    /** What the house keeps for seconds spares a page so many statements, now and then. */
    private static final int KEPT = 2;

    /** Reads that write, known and wrong: opening the page keeps a new secret for the person's app. May only shrink. */
    private static final Set<String> WRITERS = Set.of("/second-factor");

    /** Whose walks are counted: those who open most pages, and the desk that has most kinds of them. */
    private static final List<String> DESKS = List.of("GUARDIAN", "CLASS_TEACHER", "OFFICE");

    private static final Path KNOWN = Path.of("src/test/resources/house/statements.csv");
    private static final Path REPORT = Path.of("target/statements.txt");
    private static final Pattern LINK = Pattern.compile("<a\\b(?![^>]*\\sdownload)[^>]*\\shref=\"(/[^\"/#][^\"#]*|/)");
    private static final Pattern FILE = Pattern.compile(".*\\.(xlsx|pdf|png|ics|zip|csv|json|yaml)|.*/(picture|download|file|workbook|document|receipts/[^/]+)");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Statements statements;

    @Autowired
    Environment environment;

    private List<PathPattern> patterns = List.of();

    /** The first page of a kind that a role opened. */
    record Cost(String role, Request request) {
        int count() {
            return request.asked().size();
        }
    }

    /** Of the full run alone: caches that live for seconds let a count vary by two or three with the machine's load. */
    @Test
    @Tag("full")
    void a_page_costs_few_statements_and_a_read_writes_nothing() throws IOException, SQLException {
        List<Cost> costs = new ArrayList<>();
        patterns = Routes.of(mapping).stream().filter(r -> r.method().equals("GET")).map(r -> PathPatternParser.defaultInstance.parse(r.path())).toList();
        analyze();
        try {
            for (String role : DESKS) walk(DemoCards.of(role), costs);
        } finally {
            report(costs);
        }
        Map<String, Integer> known = known();
        assertThat(costs).as("pages seen").hasSizeGreaterThan(40);
        assertThat(faults(costs, known)).isEmpty();
    }

    /** A page that asks once more than it may, one that writes, and a line that nobody needs any more: all are named. */
    @Test
    void planted_costs_are_seen() {
        List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
        List<Cost> planted = List.of(
                new Cost("OFFICE", new Request("/x", "/dear", seven, List.of())),
                new Cost("OFFICE", new Request("/y", "/known", seven, List.of())),
                new Cost("OFFICE", new Request("/z", "/writes", List.of("a"), List.of("insert"))));
        assertThat(faults(planted, Map.of("/known", 7))).hasSize(2).anyMatch(f -> f.startsWith("/dear")).anyMatch(f -> f.startsWith("/writes"));
        assertThat(faults(planted.subList(1, 2), Map.of("/known", 12, "/gone", 8))).hasSize(2).anyMatch(f -> f.startsWith("/known")).anyMatch(f -> f.startsWith("/gone"));
        assertThat(faults(planted.subList(1, 2), Map.of("/known", 6))).hasSize(1);
    }

    private static List<String> faults(List<Cost> costs, Map<String, Integer> known) {
        Map<String, Cost> dearest = new TreeMap<>();
        for (Cost c : costs) dearest.merge(c.request().pattern(), c, (a, b) -> a.count() >= b.count() ? a : b);
        List<String> faults = new ArrayList<>();
        dearest.forEach((page, cost) -> {
            int may = known.getOrDefault(page, MOST);
            if (cost.count() > may) faults.add(page + " costs " + cost.count() + " statements (" + cost.role() + "), may cost " + may);
            if (known.containsKey(page) && cost.count() + KEPT < may) faults.add(page + " costs " + cost.count() + " by now: bring its line down from " + may + " or take it out");
        });
        for (Cost c : costs) if (!c.request().writes().isEmpty() && !WRITERS.contains(c.request().pattern())) faults.add(c.request().pattern() + " writes (" + c.role() + "): " + c.request().writes());
        for (String page : known.keySet()) if (!dearest.containsKey(page)) faults.add(page + " is listed and no walk comes there");
        return faults;
    }

    /** A database that has stood for a minute knows what its tables hold; this one is only seconds old, and would plan blindly. */
    private void analyze() throws SQLException {
        try (Connection c = DriverManager.getConnection(property("url"), property("migration-user"), property("migration-password"));
                Statement s = c.createStatement()) {
            s.execute("analyze");
        }
    }

    private String property(String name) {
        return environment.getRequiredProperty("afterbell.database." + name);
    }

    private void walk(Card card, List<Cost> costs) {
        Visitor visitor = visitors.signedIn(card.user(), card.password());
        Set<String> kinds = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        while (!todo.isEmpty()) {
            String path = todo.poll();
            if (!kinds.add(kind(path))) continue;
            statements.forget();
            HttpResponse<String> answer = visitor.get(path);
            Request request = statements.next();
            if (answer.statusCode() == 303 || answer.statusCode() == 302) {
                answer.headers().firstValue("Location").filter(l -> l.startsWith("/")).ifPresent(todo::addFirst);
                continue;
            }
            if (answer.statusCode() != 200) continue;
            costs.add(new Cost(card.role(), request));
            Matcher links = LINK.matcher(answer.body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                if (!FILE.matcher(link.replaceAll("\\?.*", "")).matches() && !kinds.contains(kind(link))) todo.add(link);
            }
        }
    }

    private String kind(String path) {
        PathContainer bare = PathContainer.parsePath(path.replaceAll("\\?.*", ""));
        return patterns.stream()
                .filter(p -> p.matches(bare))
                .min(Comparator.<PathPattern>naturalOrder())
                .map(PathPattern::getPatternString)
                .orElse(bare.value());
    }

    private static Map<String, Integer> known() throws IOException {
        Map<String, Integer> known = new TreeMap<>();
        for (String line : Files.readAllLines(KNOWN)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            int comma = line.lastIndexOf(',');
            known.put(line.substring(0, comma), Integer.valueOf(line.substring(comma + 1).strip()));
        }
        return known;
    }

    private static void report(List<Cost> costs) throws IOException {
        List<String> lines = new ArrayList<>();
        List<Cost> sorted = costs.stream().sorted(Comparator.comparing((Cost c) -> -c.count()).thenComparing(c -> c.request().pattern()).thenComparing(Cost::role)).toList();
        for (Cost c : sorted) lines.add(c.count() + " statements, " + c.request().writes().size() + " writes  " + c.request().pattern() + "  " + c.role());
        Set<String> told = new TreeSet<>();
        for (Cost c : sorted) {
            if (!told.add(c.request().pattern())) continue;
            lines.add("");
            lines.add(c.request().pattern() + "  " + c.role());
            c.request().asked().forEach(a -> lines.add("    " + a));
            c.request().writes().forEach(w -> lines.add("  wrote: " + w));
        }
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, lines);
    }
}
