package afterbell.app.bench;

import afterbell.Afterbell;
import afterbell.app.demo.DemoSchool;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Model.CommandSpec;

/** The demo school in a folder of its own, served on a free port, with as many signed-in families as a measurement asks for. */
final class BenchWorld implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("id=\"sheet-version\" value=\"(\\d+)\"");

    private final Path folder;
    private final ServletWebServerApplicationContext context;
    private final TransactionTemplate transactions;
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
    final UUID school;
    final Enrolments enrolments;
    final Clock clock;

    BenchWorld() {
        try {
            folder = Files.createTempDirectory("afterbell-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("afterbell.database.data", folder.resolve("data").toString());
        properties.put("afterbell.key-file", folder.resolve("master.key").toString());
        properties.put("afterbell.demo", true);
        properties.put("afterbell.second-factor", false);
        properties.put("logging.level.root", "warn");
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(properties);
        context = (ServletWebServerApplicationContext) app.run();
        transactions = bean(TransactionTemplate.class);
        enrolments = bean(Enrolments.class);
        clock = bean(Clock.class);
        school = Scopes.within(Scope.DOOR, () -> in(() -> bean(Schools.class).byCode(DemoSchool.standard().code()).orElseThrow()));
    }

    /** What is measured of signed-in families; true where the goal is held. */
    interface Measure {
        boolean held(PrintWriter out, BenchWorld world, List<Family> families, Round round) throws Exception;
    }

    /** Makes the world, signs the families in, measures, and takes the world away: 0 where the goal is held, else 1. */
    static int measured(@Nullable CommandSpec command, int families, Measure measure) throws Exception {
        if (command == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = command.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            List<Family> all = world.families(families);
            out.println("families signed in: " + all.size());
            boolean held = measure.held(out, world, all, world.round());
            out.flush();
            return held ? 0 : 1;
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    <T> T asSchool(Supplier<T> work) {
        return Scopes.within(Scope.school(school, null), () -> in(work));
    }

    Round round() {
        return asSchool(() -> enrolments.current(school, clock.instant()).orElseThrow());
    }

    /** A child with one grown-up who is signed in. */
    static final class Family {
        final Pupil child;
        final UUID account;
        final Scope scope;
        String cookies;
        String csrf = "";
        int version;

        Family(Pupil child, UUID account, UUID school, String cookies) {
            this.child = child;
            this.account = account;
            this.scope = Scope.family(account, List.of(school), List.of(child.id()));
            this.cookies = cookies;
        }
    }

    /** More children than the demo school has are added to its classes. */
    List<Family> families(int count) {
        Roster roster = bean(Roster.class);
        Ids ids = bean(Ids.class);
        List<Pupil> known = asSchool(() -> roster.pupils(school));
        List<Roster.NewPupil> more = new ArrayList<>();
        for (int i = known.size(); i < count; i++) more.add(new Roster.NewPupil(ids.next(), known.get(i % known.size()).schoolClass(), "B" + i, null, null, "b" + i, null));
        if (!more.isEmpty())
            asSchool(() -> {
                roster.addPupils(school, more);
                return true;
            });
        List<Pupil> all = more.isEmpty() ? known : asSchool(() -> roster.pupils(school));
        List<Family> families = new ArrayList<>();
        for (Pupil child : all.subList(0, Math.min(count, all.size()))) families.add(family(child));
        return families;
    }

    private Family family(Pupil child) {
        UUID account = asSchool(() -> {
            UUID added = bean(Accounts.class).add(null, "B", null);
            bean(Accounts.class).grant(added, new Wearer.Grant(Role.GUARDIAN, school, null, null, child.id(), null), null);
            bean(Consents.class).decide(school, child.id(), added, Consents.Decision.GIVEN, "bench");
            return added;
        });
        return new Family(child, account, school, Sessions.COOKIE + "=" + bean(Sessions.class).open(account, How.SLIP, false, "bench"));
    }

    String href(Family family, Round round) {
        return "/children/" + family.child.id() + "/sheet/" + round.id();
    }

    String base() {
        return "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** Cookies of a fresh person with a role at the school. */
    String staff(Role role) {
        UUID account = asSchool(() -> {
            UUID added = bean(Accounts.class).add(null, "B", null);
            bean(Accounts.class).grant(added, new Wearer.Grant(role, school, null, null, null, null), null);
            return added;
        });
        return Sessions.COOKIE + "=" + bean(Sessions.class).open(account, How.SLIP, false, "bench");
    }

    private HttpRequest.Builder request(String path, Family family) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort() + path)).header("Cookie", family.cookies).header("Accept-Language", "zh-CN");
    }

    /** Opens the sheet as its family does; remembers what its form carries. */
    boolean open(Family family, Round round) throws IOException, InterruptedException {
        HttpResponse<String> page = http.send(request(href(family, round), family).GET().build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : page.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, cookie.indexOf(';') < 0 ? cookie.length() : cookie.indexOf(';'));
            if (!family.cookies.contains(pair)) family.cookies += "; " + pair;
        }
        Matcher token = TOKEN.matcher(page.body());
        if (token.find()) family.csrf = token.group(1);
        Matcher version = VERSION.matcher(page.body());
        if (version.find()) family.version = Integer.parseInt(version.group(1));
        return page.statusCode() == 200 && page.body().contains("sheet-version");
    }

    /** Saves yes, every day to the end and one club of each slot, and says it is done. */
    boolean save(Family family, Round round, Menu menu) throws IOException, InterruptedException {
        Sheet asked = saved(family, menu);
        StringBuilder body = new StringBuilder("_csrf=" + URLEncoder.encode(family.csrf, StandardCharsets.UTF_8) + "&_key=" + UUID.randomUUID() + "&version=" + family.version + "&part=yes&waiting=" + asked.waiting().name().toLowerCase(Locale.ROOT) + "&then=done");
        asked.until().forEach((day, until) -> body.append("&d").append(day).append('=').append(until));
        asked.wishes().forEach((slot, sections) -> sections.forEach(section -> body.append("&w=").append(slot).append('.').append(section)));
        HttpRequest post = request(href(family, round), family).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        return http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode() == 303;
    }

    /** What {@link #save} asks for. */
    Sheet saved(Family family, Menu menu) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        menu.weekdays().forEach(day -> until.put(day, menu.on(day).getLast().ordinal()));
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        for (Menu.Slot slot : menu.choices()) menu.in(slot.id()).stream().filter(s -> s.slots().size() == 1).skip(Math.floorMod(family.child.id().hashCode(), 3)).findFirst().ifPresent(s -> wishes.put(slot.id(), List.of(s.id())));
        return new Sheet(true, until, wishes, Sheet.Waiting.ASK);
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
