package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.access.Role;
import afterbell.house.Routes.Route;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Forms and handlers agree: every form that changes something carries the proof of origin, posts to a route that exists, and sends what its handler reads. */
@HouseTest
class FormContractIT {
    private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("components\\.form\\([^`]*?action = ([^`]+?), ");
    private static final int PAGES = 120;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    List<Route> routes;

    @BeforeEach
    void read() {
        routes = Routes.of(mapping);
    }

    @Test
    void every_form_in_a_template_carries_its_token_and_posts_to_a_route() {
        assertThat(templateLies(Sources.under(Sources.JTE, ".jte"))).isEmpty();
    }

    private List<String> templateLies(List<Sources.Source> templates) {
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : templates) {
            // The styleguide's forms lead nowhere; it and the demo's clock stand in demo mode alone.
            if (s.path().toString().contains("styleguide") || s.path().startsWith(Sources.JTE.resolve("demo"))) continue;
            Matcher forms = FORM.matcher(s.text());
            while (forms.find()) {
                String method = attribute(forms.group(1), "method").orElse("get");
                if (method.equalsIgnoreCase("post") && !forms.group(2).contains("components.token") && !forms.group(2).contains("name=\"_csrf\"")) lies.add(s.path() + ": a form without token: " + forms.group(1).strip());
                attribute(forms.group(1), "action").filter(a -> a.startsWith("/")).filter(a -> !served(method.toUpperCase(java.util.Locale.ROOT), template(a))).ifPresent(a -> lies.add(s.path() + ": nobody serves " + method + " " + a));
            }
            Matcher calls = CALL.matcher(s.text());
            while (calls.find()) action(calls.group(1)).filter(a -> !served("POST", template(a))).ifPresent(a -> lies.add(s.path() + ": nobody serves POST " + a));
        }
        return lies;
    }

    @Test
    void planted_forms_without_token_address_or_field_are_seen() {
        assertThat(templateLies(List.of(
                        new Sources.Source(Path.of("a.jte"), "<form action=\"/sign-out\" method=\"post\"><button>x</button></form>"),
                        new Sources.Source(Path.of("b.jte"), "<form action=\"/no-such-door\" method=\"post\"><input name=\"_csrf\"></form>"),
                        new Sources.Source(Path.of("c.jte"), "@template.components.form(screen = screen, action = \"/no-such-door\", content = @``)"))))
                .satisfiesExactly(l -> assertThat(l).contains("a.jte", "without token"), l -> assertThat(l).contains("b.jte", "/no-such-door"), l -> assertThat(l).contains("c.jte", "/no-such-door"));
        List<String> lies = new ArrayList<>();
        forms("/planted", "<form method=\"post\" action=\"/imports/" + UUID.randomUUID() + "/cells\"><input name=\"_csrf\"><input name=\"tab\"></form>", new LinkedHashMap<>(), lies);
        assertThat(lies).anyMatch(l -> l.endsWith("sends no row")).anyMatch(l -> l.endsWith("sends no column"));
        forms("/planted", "<form method=\"post\" action=\"/sign-out\"></form>", new LinkedHashMap<>(), lies);
        assertThat(lies).anyMatch(l -> l.contains("without token"));
    }

    /** The address of a form call: its literals, with a place where something is put in; empty where it begins with something that a page computes. */
    private static Optional<String> action(String expression) {
        if (!expression.startsWith("\"/")) return Optional.empty();
        StringBuilder path = new StringBuilder();
        for (String part : expression.split(" \\+ ")) path.append(part.startsWith("\"") ? part.substring(1, part.length() - 1) : "*");
        return Optional.of(path.toString());
    }

    @Test
    void every_form_on_a_page_sends_what_its_handler_reads() {
        UUID school = given.school();
        UUID klass = family.schoolClass(school);
        UUID pupil = family.pupil(school, klass, "\u6797\u5c0f\u96e8");
        Map<Route, Set<String>> sent = new LinkedHashMap<>();
        List<String> lies = new ArrayList<>();
        for (String user : List.of(
                given.staff(school, Role.OFFICE),
                given.classTeacher(school, klass),
                given.guardian(school, pupil),
                given.staff(school, Role.PRINCIPAL),
                given.staff(school, Role.FINANCE),
                given.staff(school, Role.SUPERVISOR),
                given.bureauOfficer())) crawl(visitors.signedIn(user), "/", sent, lies);
        crawl(visitors.stranger(), "/sign-in", sent, lies);
        assertThat(lies).isEmpty();
        Set<String> exceptions = Set.copyOf(Sources.list("form-exceptions.csv"));
        List<String> never = new ArrayList<>();
        sent.forEach((route, names) -> parameters(route).stream().map(MethodParameter::getParameter).forEach(p -> {
            String name = named(p.getAnnotation(RequestParam.class), p.getName());
            if (!names.contains(name) && !exceptions.contains(route.path() + " " + name)) never.add(route.line() + " reads " + name + ", which no form sends");
        }));
        assertThat(never).isEmpty();
    }

    private void crawl(Visitor visitor, String from, Map<Route, Set<String>> sent, List<String> lies) {
        Deque<String> todo = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>(todo);
        for (int pages = 0; !todo.isEmpty() && pages < PAGES; pages++) {
            String path = todo.poll();
            HttpResponse<String> page = visitor.get(path);
            if (page.statusCode() >= 500) lies.add(path + " answered " + page.statusCode());
            page.headers().firstValue("Location").filter(l -> l.startsWith("/") && seen.add(l)).ifPresent(todo::add);
            if (!page.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) continue;
            forms(path, page.body(), sent, lies);
            Matcher links = LINK.matcher(page.body());
            while (links.find()) {
                String next = links.group(1).replace("&amp;", "&");
                if (!next.startsWith("/assets/") && served("GET", next.replaceFirst("\\?.*", "")) && seen.add(next)) todo.add(next);
            }
        }
    }

    private void forms(String path, String html, Map<Route, Set<String>> sent, List<String> lies) {
        Matcher forms = FORM.matcher(html);
        while (forms.find()) {
            if (!attribute(forms.group(1), "method").orElse("get").equalsIgnoreCase("post")) continue;
            String action = attribute(forms.group(1), "action").orElse(path).replaceFirst("\\?.*", "");
            Set<String> names = new LinkedHashSet<>();
            Matcher m = NAME.matcher(forms.group(2));
            while (m.find()) names.add(m.group(1));
            if (!names.contains("_csrf")) lies.add(path + ": a form without token to " + action);
            Optional<Route> route = route("POST", action);
            if (route.isEmpty()) {
                lies.add(path + ": nobody serves POST " + action);
                continue;
            }
            for (MethodParameter p : parameters(route.get())) {
                RequestParam wanted = p.getParameterAnnotation(RequestParam.class);
                String name = named(wanted, p.getParameter().getName());
                boolean needed = wanted != null && wanted.required() && wanted.defaultValue().equals(ValueConstants.DEFAULT_NONE) && !Map.class.isAssignableFrom(p.getParameterType());
                if (needed && !names.contains(name)) lies.add(path + ": the form to " + action + " sends no " + name);
            }
            sent.computeIfAbsent(route.get(), r -> new TreeSet<>()).addAll(names);
        }
    }

    private static List<MethodParameter> parameters(Route route) {
        return Arrays.stream(route.handler().getMethodParameters())
                .filter(p -> p.hasParameterAnnotation(RequestParam.class) && !Map.class.isAssignableFrom(p.getParameterType()))
                .toList();
    }

    private static String named(RequestParam annotation, String otherwise) {
        return annotation == null || annotation.name().isEmpty() && annotation.value().isEmpty() ? otherwise : annotation.name().isEmpty() ? annotation.value() : annotation.name();
    }

    private boolean served(String method, String path) {
        return route(method, path).isPresent();
    }

    // A literal path before one with places, as the dispatcher chooses.
    private Optional<Route> route(String method, String path) {
        return routes.stream()
                .filter(r -> r.method().equals(method) || r.method().equals("ANY"))
                .filter(r -> matches(r.path(), path))
                .min(java.util.Comparator.comparingLong(r -> r.path().chars().filter(c -> c == '{').count()));
    }

    private static boolean matches(String route, String path) {
        String[] a = route.split("/", -1);
        String[] b = path.split("/", -1);
        if (a.length != b.length) return false;
        for (int i = 0; i < a.length; i++) {
            boolean place = a[i].contains("{") || b[i].equals("*");
            if (!place && !a[i].equals(b[i]) || a[i].contains("{") && b[i].isEmpty()) return false;
        }
        return true;
    }

    // ${...} in a template stands for one segment.
    private static String template(String action) {
        return action.replaceAll("\\$\\{[^}]*}", "*").replaceAll("[^/]*\\*[^/]*", "*").replaceFirst("\\?.*", "");
    }

    private static Optional<String> attribute(String attributes, String name) {
        Matcher m = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(attributes);
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }
}
