package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Strong;
import afterbell.house.Routes.Route;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import afterbell.base.shared.access.OpenToAll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route and every role, from one file that a person can read: {@code src/test/resources/house/access-matrix.csv}. A route that is not listed is
 * red, and so is a listed one that nobody serves; the failure prints the lines to add.
 */
@HouseTest
@Req("P9")
class AccessMatrixTest {
    private static final Path MATRIX = Path.of("src/test/resources/house/access-matrix.csv");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Test
    void every_route_is_listed_with_the_roles_that_its_handler_names() throws IOException {
        Set<String> served = new TreeSet<>(Routes.of(mapping).stream().map(Route::line).toList());
        Set<String> listed = new TreeSet<>(Files.readAllLines(MATRIX).stream().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList());
        Set<String> missing = missing(served, listed);
        Set<String> stale = missing(listed, served);
        assertThat(missing.isEmpty() && stale.isEmpty())
                .withFailMessage(() -> "access-matrix.csv\n  add:\n" + String.join("\n", missing) + "\n  take out:\n" + String.join("\n", stale))
                .isTrue();
    }

    /** What the second lacks of the first. */
    private static Set<String> missing(Set<String> first, Set<String> second) {
        Set<String> missing = new TreeSet<>(first);
        missing.removeAll(second);
        return missing;
    }

    /** What carries birthdays out of the house. */
    @Test
    void exports_of_identity_data_ask_for_a_second_factor() {
        assertThat(Routes.of(mapping).stream().filter(r -> r.handler().hasMethodAnnotation(Strong.class)).map(Route::path)).contains("/pupils.xlsx", "/exports/oneroster.zip");
    }

    @Test
    void every_role_but_the_listed_ones_is_refused_and_no_route_fails() {
        assertThat(wrongAnswers(ours(), people(given.school()))).isEmpty();
    }

    /** A handler forgets its annotation, another is opened to all: both are found. */
    @Test
    void a_planted_handler_that_names_no_role_or_too_many_is_seen() throws NoSuchMethodException {
        RequestMappingInfo forgotten = RequestMappingInfo.paths("/planted/forgotten").methods(RequestMethod.GET).options(mapping.getBuilderConfiguration()).build();
        RequestMappingInfo open = RequestMappingInfo.paths("/planted/open").methods(RequestMethod.GET).options(mapping.getBuilderConfiguration()).build();
        mapping.registerMapping(forgotten, new Planted(), Planted.class.getDeclaredMethod("forgotten"));
        mapping.registerMapping(open, new Planted(), Planted.class.getDeclaredMethod("open"));
        try {
            List<Route> routes = Routes.of(mapping);
            Set<String> listed = new TreeSet<>(Files.readAllLines(MATRIX));
            assertThat(missing(new TreeSet<>(routes.stream().map(Route::line).toList()), listed)).contains("GET,/planted/forgotten,ALL", "GET,/planted/open,ALL");
            // What the list would say of them, had its writer meant the office alone.
            List<Route> meant = routes.stream().filter(r -> r.path().startsWith("/planted/")).map(r -> new Route(r.method(), r.path(), "OFFICE", r.handler())).toList();
            List<String> lies = wrongAnswers(meant, people(given.school()));
            assertThat(lies).anyMatch(l -> l.startsWith("GUARDIAN got 200") && l.contains("/planted/open"));
            assertThat(lies).anyMatch(l -> l.startsWith("OFFICE got 500") && l.contains("/planted/forgotten"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mapping.unregisterMapping(forgotten);
            mapping.unregisterMapping(open);
        }
    }

    /** Handlers as nobody should write them. */
    static final class Planted {
        ResponseEntity<String> forgotten() {
            return ResponseEntity.ok("planted");
        }

        @OpenToAll
        ResponseEntity<String> open() {
            return ResponseEntity.ok("planted");
        }
    }

    private List<String> wrongAnswers(List<Route> routes, Map<Role, Visitor> people) {
        List<String> lies = new ArrayList<>();
        for (Route route : routes) {
            boolean api = route.path().startsWith("/api/");
            for (Map.Entry<Role, Visitor> each : people.entrySet()) {
                boolean may = route.roles().contains(each.getKey());
                // What a role may do is done by the tests of the room; here only reading is tried, and every refusal.
                if (may && !route.method().equals("GET")) continue;
                int status = call(each.getValue(), route).statusCode();
                if (api ? status != 401 && !route.allowed().equals("ALL") : may ? status == 403 || status >= 500 : status != 403) lies.add(each.getKey() + " got " + status + ": " + route.line());
            }
        }
        return lies;
    }

    @Test
    void a_stranger_is_led_to_sign_in() {
        Visitor stranger = visitors.stranger();
        stranger.get("/sign-in");
        List<String> lies = new ArrayList<>();
        for (Route route : ours()) {
            HttpResponse<String> answer = call(stranger, route);
            int status = answer.statusCode();
            if (route.allowed().equals("ALL")) {
                if (status >= 500 && !route.path().equals("/health") || status == 403) lies.add("a stranger got " + status + ": " + route.line());
            } else if (route.path().startsWith("/api/")) {
                if (status != 401) lies.add("a stranger got " + status + ": " + route.line());
            } else if (status != 303 || !answer.headers().firstValue("Location").orElse("").startsWith("/sign-in?back=")) {
                lies.add("a stranger got " + status + ": " + route.line());
            }
        }
        assertThat(lies).isEmpty();
    }

    // Sign-out last: it ends the visitor's session.
    private List<Route> ours() {
        return Routes.of(mapping).stream()
                .filter(r -> r.handler().getBeanType().getName().startsWith("afterbell.") && !r.method().equals("ANY") && !r.path().equals("/sign-out"))
                .toList();
    }

    private Map<Role, Visitor> people(UUID school) {
        Map<Role, Visitor> people = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String user = switch (role) {
                case GUARDIAN, CARER, COLLECTOR -> given.person(school, role, null, null, UUID.randomUUID());
                case CLASS_TEACHER -> given.classTeacher(school, UUID.randomUUID());
                case GRADE_HEAD -> given.gradeHead(school, 3);
                case BUREAU -> given.bureauOfficer();
                default -> given.staff(school, role);
            };
            people.put(role, visitors.signedIn(user));
        }
        return people;
    }

    private static HttpResponse<String> call(Visitor visitor, Route route) {
        String path = route.path().replaceAll("\\{\\*[^}]+}", "x").replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        return switch (route.method()) {
            case "GET" -> visitor.get(path);
            case "POST" -> visitor.post(path, Map.of());
            default -> visitor.send(route.method(), path, "{}");
        };
    }
}
