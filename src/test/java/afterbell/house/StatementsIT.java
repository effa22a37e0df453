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
import java.util.Set;
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
 * A signed-in page costs at most six statements besides begin, scope and commit, and writes nothing. Every role walks the demo world along the links that it is shown, without a
 * browser; the first page of each kind is counted. What every page asked stands in {@code target/statements.txt}.
 */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
@Import({Statements.Counting.class, Visitor.Maker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("house")
@Req("NFR-1")
class StatementsIT {
    private static final int MOST = 6;

    /** A page is opened so often, and its cheapest visit counts: what the house keeps for seconds is then warm whatever the machine's load. */
    private static final int VISITS = 3;

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

    @Test
    void a_page_costs_few_statements_and_a_read_writes_nothing() throws IOException, SQLException {
        List<Cost> costs = new ArrayList<>();
        patterns = Routes.of(mapping).stream().filter(r -> r.method().equals("GET")).map(r -> PathPatternParser.defaultInstance.parse(r.path())).toList();
        analyze();
        try {
            for (Card card : DemoCards.CARDS) walk(card, costs);
        } finally {
            report(costs);
        }
        assertThat(costs).as("pages seen").hasSizeGreaterThan(40);
        assertThat(faults(costs)).isEmpty();
    }

    /** A page that asks once more than it may, and one that writes, are named. */
    @Test
    void planted_costs_are_seen() {
        List<String> six = List.of("a", "b", "c", "d", "e", "f");
        List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
        List<Cost> planted = List.of(
                new Cost("OFFICE", new Request("/w", "/cheap", six, List.of())),
                new Cost("OFFICE", new Request("/x", "/dear", seven, List.of())),
                new Cost("OFFICE", new Request("/z", "/writes", List.of("a"), List.of("insert"))));
        assertThat(faults(planted)).hasSize(2).anyMatch(f -> f.startsWith("/dear")).anyMatch(f -> f.startsWith("/writes"));
    }

    private static List<String> faults(List<Cost> costs) {
        List<String> faults = new ArrayList<>();
        for (Cost c : costs) {
            if (c.count() > MOST) faults.add(c.request().pattern() + " costs " + c.count() + " statements (" + c.role() + "), may cost " + MOST);
            if (!c.request().writes().isEmpty()) faults.add(c.request().pattern() + " writes (" + c.role() + "): " + c.request().writes());
        }
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
            for (int visit = 1; visit < VISITS && request.writes().isEmpty(); visit++) {
                visitor.get(path);
                Request again = statements.next();
                if (again.asked().size() < request.asked().size() || !again.writes().isEmpty()) request = again;
            }
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
