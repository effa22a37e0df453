package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.house.Routes.Route;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenToken;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/how/api.md promises of every operation, found by itself: a new one needs no line here. */
@HouseTest
@Req("P9")
class ApiContractIT {
    private static final String DOCUMENT = "/api/v1/openapi.json";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    GivenToken tokens;

    @Autowired
    Accounts accounts;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JsonMapper json;

    @Test
    void every_operation_is_described_with_its_roles_and_its_problems() {
        JsonNode document = json.readTree(visitors.stranger().get(DOCUMENT).body());
        assertThat(document.path("openapi").asString()).startsWith("3.");
        List<String> lies = new ArrayList<>();
        for (Route route : operations()) {
            JsonNode operation = document.path("paths").path(route.path()).path(route.method().toLowerCase(java.util.Locale.ROOT));
            if (operation.isMissingNode()) {
                lies.add("not described: " + route.line());
                continue;
            }
            Set<String> said = new TreeSet<>();
            operation.path("x-roles").forEach(r -> said.add(r.asString()));
            if (!said.equals(new TreeSet<>(Arrays.asList(route.allowed().split(" "))))) lies.add("roles " + said + ": " + route.line());
            if (route.allowed().equals("ALL")) continue;
            for (String status : List.of("401", "403", "404", "422"))
                if (!operation.at("/responses/" + status + "/content/application~1problem+json/schema/$ref").asString().equals("#/components/schemas/Problem")) lies.add("no " + status + ": " + route.line());
        }
        assertThat(lies).isEmpty();
        assertThat(document.at("/components/schemas/Problem/properties/reasons").isMissingNode()).isFalse();
        assertThat(document.at("/components/securitySchemes/token/scheme").asString()).isEqualTo("bearer");
    }

    @Test
    void a_call_without_a_living_token_is_401_and_a_cookie_counts_for_nothing() {
        UUID school = given.school();
        Visitor guardian = visitors.signedIn(given.guardian(school, UUID.randomUUID()));
        List<String> lies = new ArrayList<>();
        for (Route route : guarded()) {
            for (String token : List.of("", "long-gone")) problem(lies, route, call(tokens.program(token), route, UUID.randomUUID()), 401);
            if (route.method().equals("GET") && guardian.get(address(route, UUID.randomUUID())).statusCode() != 401) lies.add("a cookie opened " + route.line());
        }
        assertThat(tokens.program("").get("/api/v1/me").headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(lies).isEmpty();
    }

    @Test
    void a_token_of_staff_opens_no_family_operation() {
        UUID school = given.school();
        String token = tokens.of(account(school, Role.OFFICE));
        List<String> lies = new ArrayList<>();
        for (Route route : guarded()) if (!route.allowed().equals("SIGNED_IN")) problem(lies, route, call(tokens.program(token), route, UUID.randomUUID()), 403);
        assertThat(lies).isEmpty();
    }

    @Test
    void another_familys_child_is_404_for_every_operation() {
        UUID school = given.school();
        GivenClass.Made klass = classes.of(school, 3, 1, 2);
        String token = tokens.of(classes.guardian(school, klass.pupils().getFirst()));
        List<String> lies = new ArrayList<>();
        for (Route route : guarded()) if (route.path().contains("{child}")) problem(lies, route, call(tokens.program(token), route, klass.pupils().getLast()), 404);
        assertThat(lies).isEmpty();
    }

    @Test
    void me_names_the_family_and_its_children_and_nobody_else() {
        UUID school = given.school();
        GivenClass.Made klass = classes.of(school, 3, 2, 2);
        GivenClass.Grown mother = classes.grown(school, klass.pupils().getFirst(), Role.GUARDIAN, "guardian", "\u6bcd");
        JsonNode me = json.readTree(tokens.program(tokens.of(mother.account())).get("/api/v1/me").body());
        assertThat(me.path("account").asString()).isEqualTo(mother.account().toString());
        assertThat(me.path("children").size()).isEqualTo(1);
        assertThat(me.at("/children/0/id").asString()).isEqualTo(klass.pupils().getFirst().toString());
        assertThat(me.at("/children/0/roles/0").asString()).isEqualTo("GUARDIAN");
    }

    @Test
    void an_address_that_does_not_exist_is_a_problem_and_no_page() {
        HttpResponse<String> answer = tokens.program("").get("/api/v1/nothing-here");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json.readTree(answer.body()).path("status").asInt()).isEqualTo(404);
    }

    private UUID account(UUID school, Role role) {
        String user = "api" + UUID.randomUUID();
        return given.in(school, () -> {
            UUID account = accounts.add(user, user, null);
            accounts.grant(account, new Wearer.Grant(role, school, null, null, null, null), null);
            return account;
        });
    }

    private void problem(List<String> lies, Route route, HttpResponse<String> answer, int status) {
        boolean shaped = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (answer.statusCode() != status || !shaped || json.readTree(answer.body()).path("title").asString().isEmpty()) lies.add(answer.statusCode() + " " + answer.body() + ": " + route.line());
    }

    private static HttpResponse<String> call(GivenToken.Program program, Route route, UUID child) {
        return route.method().equals("GET") ? program.get(address(route, child)) : program.send(route.method(), address(route, child), "{}", UUID.randomUUID().toString());
    }

    private static String address(Route route, UUID child) {
        return route.path().replace("{child}", child.toString()).replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    private List<Route> guarded() {
        return operations().stream().filter(r -> !r.allowed().equals("ALL")).toList();
    }

    private List<Route> operations() {
        return Routes.of(mapping).stream().filter(r -> r.path().startsWith("/api/") && r.handler().getBeanType().getName().startsWith("afterbell.")).toList();
    }
}
