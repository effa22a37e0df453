package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Afterbell;
import afterbell.Req;
import afterbell.app.demo.DemoCards;
import afterbell.base.identity.DemoAccounts.Card;
import afterbell.base.shared.access.OpenToAll;
import afterbell.testing.TestDatabase;
import afterbell.testing.Visitor;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Bad input never ends in a stack trace, a blank page or lost typing: each role of the demo world writes nonsense into every form that it is shown ({@link OddInput}). */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
@Import(Visitor.Maker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("house")
@Tag("full")
@Req("P9")
class OddInputIT {
    private static final long SEED = 20261122;
    private static final int TRIES = 24;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    Visitor.Maker visitors;

    @Test
    void no_form_fails_or_forgets_whatever_is_typed() {
        List<PathPattern> patterns = Routes.of(mapping).stream().map(r -> PathPatternParser.defaultInstance.parse(r.path())).toList();
        Set<String> done = new HashSet<>();
        Set<String> faults = new TreeSet<>();
        int posts = 0;
        for (Card card : DemoCards.CARDS) {
            OddInput odd = new OddInput(visitors.signedIn(card.user(), card.password()), card.role(), path -> kind(patterns, path), done, SEED, TRIES);
            odd.walk("/");
            System.out.println("seed " + SEED + ": " + card.role() + " sent " + odd.posts() + " forms, answers " + odd.answers());
            faults.addAll(odd.faults());
            posts += odd.posts();
        }
        assertThat(posts).as("forms sent").isGreaterThan(3_000);
        assertThat(faults).isEmpty();
    }

    private static String kind(List<PathPattern> patterns, String path) {
        PathContainer bare = PathContainer.parsePath(path.replaceAll("\\?.*", ""));
        return patterns.stream().filter(p -> p.matches(bare)).min(Comparator.naturalOrder()).map(PathPattern::getPatternString).orElse(bare.value());
    }

    /** A form whose handler believes what is typed, and one that forgets it. */
    @Test
    void a_form_that_fails_and_one_that_forgets_are_seen() throws NoSuchMethodException {
        Planted planted = new Planted();
        Map<RequestMappingInfo, String> routes = Map.of(info("/planted/page", RequestMethod.GET), "page", info("/planted/fails", RequestMethod.POST), "fails", info("/planted/forgets", RequestMethod.POST), "forgets");
        for (Map.Entry<RequestMappingInfo, String> each : routes.entrySet())
            mapping.registerMapping(each.getKey(), planted, each.getValue().equals("page") ? Planted.class.getDeclaredMethod("page") : Planted.class.getDeclaredMethod(each.getValue(), String.class));
        try {
            OddInput odd = new OddInput(visitors.signedIn("office", DemoCards.of("OFFICE").password()), "OFFICE", path -> path, new HashSet<>(), SEED, 200);
            odd.walk("/planted/page");
            assertThat(odd.faults()).anyMatch(f -> f.startsWith("/planted/fails answered 500")).anyMatch(f -> f.startsWith("/planted/forgets") && f.contains("typed and lost"));
        } finally {
            routes.keySet().forEach(mapping::unregisterMapping);
        }
    }

    private RequestMappingInfo info(String path, RequestMethod method) {
        return RequestMappingInfo.paths(path).methods(method).options(mapping.getBuilderConfiguration()).build();
    }

    /** Handlers as nobody should write them. */
    static final class Planted {
        @OpenToAll
        ResponseEntity<String> page() {
            return html(200, "<form action=\"/planted/fails\" method=\"post\"><input name=\"seats\" type=\"text\" value=\"1\"></form><form action=\"/planted/forgets\" method=\"post\"><textarea name=\"why\"></textarea></form>");
        }

        @OpenToAll
        ResponseEntity<String> fails(@RequestParam("seats") String seats) {
            return html(200, Integer.toString(Integer.parseInt(seats)));
        }

        @OpenToAll
        ResponseEntity<String> forgets(@RequestParam("why") String why) {
            return html(422, "<form action=\"/planted/forgets\" method=\"post\"><textarea name=\"why\"></textarea></form>");
        }

        private static ResponseEntity<String> html(int status, String body) {
            return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML).body(body);
        }
    }
}
