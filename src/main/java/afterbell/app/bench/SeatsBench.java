package afterbell.app.bench;

import afterbell.Afterbell;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatCounters;
import afterbell.term.placement.Seats;
import afterbell.term.programme.Cell;
import afterbell.term.programme.Offering;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Seats through the pages against PostgreSQL's own limit, in one interleaved run on a scratch database: A takes them by one function call per request, B by one
 * call per batch, C through HTTP with session, token of origin, key and audit. Then what an answer costs that comes too late. Exits 1 where anything was oversold or a wanted seat stayed empty.
 */
@Command(name = "seats", description = "Seat requests over HTTP against the database's one-call limit.", mixinStandardHelpOptions = true)
public final class SeatsBench implements Callable<Integer> {
    private static final String BAND = "all";
    private static final int PER_SECTION = 500;
    /** As the queue does it: so many wishes in one transaction, so many transactions at a time in one school. */
    private static final int BATCH = 200;
    private static final int LANES = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--children", defaultValue = "2000", description = "children who want a seat in each leg (2000)")
    private int children = 2_000;

    @Option(names = "--clients", defaultValue = "48", description = "requests in flight over HTTP (48)")
    private int clients = 48;

    @Option(names = "--connections", defaultValue = "8", description = "database connections of the one-call legs (8)")
    private int connections = 8;

    @Option(names = "--warm-up", defaultValue = "5", description = "pairs of legs before the measured ones, 0-6: Java compiles while it works (5)")
    private int warmUp = 5;

    @Option(names = "--seed", defaultValue = "1", description = "seed of who wants what (1)")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("afterbell-bench-");
        try (ConfigurableApplicationContext house = open(data)) {
            return new Run(house, out).measure();
        } finally {
            remove(data);
        }
    }

    private static ConfigurableApplicationContext open(Path data) {
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        app.setDefaultProperties(Map.of(
                "server.port", 0,
                "server.address", "127.0.0.1",
                "logging.threshold.console", "off",
                "afterbell.second-factor", false,
                "afterbell.database.data", data.resolve("data").toString(),
                "afterbell.key-file", data.resolve("keys").resolve("bench.key").toString()));
        return app.run();
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(p);
        }
    }

    /** A family with its session and one child. */
    private record Family(UUID account, UUID child, String cookie, String token) {}

    /** A wish of one leg. */
    private record Wish(Family family, UUID section) {}

    /** How the seats of a leg are asked for. */
    private enum Way {
        ONE_CALL("one call a request"),
        BATCH("one call a batch"),
        HTTP("HTTP, batched");

        private final String label;

        Way(String label) {
            this.label = label;
        }
    }

    private final class Run {
        private final ConfigurableApplicationContext house;
        private final PrintWriter out;
        private final TransactionTemplate transactions;
        private final Ids ids;
        private final Clock clock;
        private final Seats seats;
        private final Random random = new Random(seed);
        private final UUID school;
        private final UUID term;
        private final int port;

        Run(ConfigurableApplicationContext house, PrintWriter out) {
            this.house = house;
            this.out = out;
            transactions = house.getBean(TransactionTemplate.class);
            ids = house.getBean(Ids.class);
            clock = house.getBean(Clock.class);
            seats = house.getBean(Seats.class);
            school = ids.next();
            term = ids.next();
            port = house instanceof ServletWebServerApplicationContext web && web.getWebServer() != null ? web.getWebServer().getPort() : 0;
        }

        int measure() throws Exception {
            school();
            List<Family> families = families();
            out.printf(Locale.ROOT, "%-8s %-22s %9s %9s %9s %9s%n", "mix", "way", "answers/s", "p50 ms", "p99 ms", "seated");
            int slot = 0;
            for (int i = 0; i < warmUp; i++) for (Way way : List.of(Way.ONE_CALL, Way.HTTP)) leg(families, slot(slot++), "warm-up", i % 2 == 0, way);
            for (boolean hot : new boolean[] {false, true}) {
                String mix = hot ? "hot" : "spread";
                Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
                for (int i = 0; i < 2; i++) for (Way way : Way.values()) rates.computeIfAbsent(way, w -> new ArrayList<>()).add(leg(families, slot(slot++), mix, hot, way));
                ratios(mix, rates);
            }
            afterFull(families);
            int bad = check();
            out.flush();
            return bad == 0 ? 0 : 1;
        }

        private void ratios(String mix, Map<Way, List<Double>> rates) {
            for (Way way : List.of(Way.BATCH, Way.HTTP)) {
                List<Double> own = rates.getOrDefault(way, List.of());
                List<Double> limit = rates.getOrDefault(Way.ONE_CALL, List.of());
                List<Double> each = IntStream.range(0, own.size()).mapToObj(i -> own.get(i) / limit.get(i)).toList();
                out.printf(Locale.ROOT, "ratio %s: %s is %.0f %% of the one-call limit (%s)%n", mix, way.label, 100 * each.stream().mapToDouble(d -> d).average().orElse(0), each.stream().map(d -> String.format(Locale.ROOT, "%.2f", d)).toList());
            }
        }

        /** What a family costs that comes too late, beside a page that asks the database nothing. */
        private void afterFull(List<Family> families) throws Exception {
            UUID gone = full();
            List<Double> ratio = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                double bare = closed((wire, n) -> wire.get("/sign-in", families.get(n)));
                double late = closed((wire, n) -> wire.take(new Wish(families.get(n), gone), ids.next()));
                if (i > 0) ratio.add(late / bare);
                out.printf(Locale.ROOT, "%-8s %-22s %9.0f of %.0f bare pages a second%n", i == 0 ? "warm-up" : "full", "answers after FULL", late, bare);
            }
            out.printf(Locale.ROOT, "ratio full: answers are %.0f %% of a bare page (%s)%n", 100 * ratio.stream().mapToDouble(d -> d).average().orElse(0), ratio.stream().map(d -> String.format(Locale.ROOT, "%.2f", d)).toList());
        }

        /** A section without a free seat. */
        private UUID full() {
            UUID section = sections(slot(29), true).getFirst();
            return in(() -> {
                house.getBean(JdbcTemplate.class).update("update placement.section_seats set capacity = 0 where school_id = ? and section_id = ?", school, section);
                return section;
            });
        }

        private interface Call {
            boolean done(Wire wire, int n) throws IOException;
        }

        private double closed(Call call) throws Exception {
            AtomicInteger next = new AtomicInteger();
            long start = System.nanoTime();
            try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < clients; i++) all.add(workers.submit(() -> {
                    try (Wire wire = new Wire(port)) {
                        for (int n = next.getAndIncrement(); n < children; n = next.getAndIncrement()) call.done(wire, n);
                    }
                    return null;
                }));
                for (Future<?> f : all) f.get();
            }
            return children / ((System.nanoTime() - start) / 1e9);
        }

        private UUID slot(int n) {
            return Slot.idOf(term, BAND, DayOfWeek.of(1 + n % 5), "S" + (1 + n / 5));
        }

        private <T> T in(Supplier<T> work) {
            T done = Scopes.within(Scope.school(school, null), () -> transactions.execute(t -> work.get()));
            if (done == null) throw new IllegalStateException("nothing came back");
            return done;
        }

        private void school() {
            UUID bureau = ids.next();
            Schools schools = house.getBean(Schools.class);
            Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
                schools.addBureau(bureau, null, "bench", "320999");
                schools.add(new School(school, "bench", "bench", "320999", "nine-year", "urban", "public", false, "000"), List.of(bureau));
            }));
            LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
            List<Slot> slots = new ArrayList<>();
            for (int d = 1; d <= 5; d++) {
                for (int s = 1; s <= 6; s++) slots.add(Slot.of("S" + s, BAND, DayOfWeek.of(d), TimeSpan.of((14 + s) + ":00", (14 + s) + ":50"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
            }
            in(() -> {
                schools.putGrade(school, new Schools.Grade(3, "3", "middle"));
                TermStore terms = house.getBean(TermStore.class);
                terms.put(school, new Term(term, today.getYear(), 1, new TermDates(today.minusWeeks(2), today.plusWeeks(16)), null, 2, 4, 2));
                terms.putBells(school, term, new BellGrid(List.of(new GradeBand(BAND, new Bilingual("all", "all"), Set.of(3))), slots, List.of()));
                return true;
            });
        }

        private List<Family> families() throws GeneralSecurityException {
            Roster roster = house.getBean(Roster.class);
            Accounts accounts = house.getBean(Accounts.class);
            Consents consents = house.getBean(Consents.class);
            UUID klass = ids.next();
            List<UUID> kids = Stream.generate(ids::next).limit(children).toList();
            in(() -> {
                roster.addClasses(school, List.of(new SchoolClass(klass, 2026, 3, 1, "3-1", null)));
                roster.addPupils(school, kids.stream().map(k -> new Roster.NewPupil(k, klass, "child", null, null, "c", null)).toList());
                return true;
            });
            List<UUID> people = new ArrayList<>();
            for (int from = 0; from < kids.size(); from += 200) {
                List<UUID> some = kids.subList(from, Math.min(kids.size(), from + 200));
                in(() -> {
                    for (UUID kid : some) {
                        UUID account = accounts.add(null, "family", null);
                        accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, kid, null), null);
                        consents.decide(school, kid, account, Consents.Decision.GIVEN, "bench");
                        people.add(account);
                    }
                    return true;
                });
            }
            Sessions sessions = house.getBean(Sessions.class);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(house.getBean(MasterKey.class).derive("csrf"), "HmacSHA256"));
            List<Family> all = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                String cookie = sessions.open(people.get(i), How.PASSWORD, false, "bench");
                all.add(new Family(people.get(i), kids.get(i), cookie, masked(HexFormat.of().formatHex(mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8))))));
            }
            return all;
        }

        /** The token as a page carries it: a mask of its length, here zeros, and the token under it. */
        private static String masked(String token) {
            byte[] plain = token.getBytes(StandardCharsets.UTF_8);
            byte[] both = new byte[plain.length * 2];
            System.arraycopy(plain, 0, both, plain.length, plain.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        }

        /** The sections of one slot: as many as everybody needs, or two that four of five want. */
        private List<UUID> sections(UUID slot, boolean hot) {
            int many = hot ? 2 : Math.max(2, (children + PER_SECTION - 1) / PER_SECTION + 2);
            List<UUID> all = new ArrayList<>();
            Programme programme = house.getBean(Programme.class);
            for (int i = 0; i < many + (hot ? (children + PER_SECTION - 1) / PER_SECTION : 0); i++) {
                UUID offering = ids.next();
                UUID section = ids.next();
                String code = "B" + section.toString().substring(24);
                Instant now = clock.instant();
                in(() -> {
                    programme.putOfferings(school, List.of(new Offering(offering, term, code, code, Offering.Domain.OTHER, "", Cell.Layer.EXTENSION, null, null, "", false, 0, Offering.PriceUnit.SESSION, false)));
                    programme.putSections(school, List.of(new Section(section, offering, term, code, code, Section.Kind.CLUB, 1, 9, 1, PER_SECTION, "", null, null, Section.State.PUBLISHED, false, "", List.of(slot), List.of())));
                    house.getBean(SeatCounters.class).open(school, term, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(5)));
                    return true;
                });
                all.add(section);
            }
            return all;
        }

        private double leg(List<Family> families, UUID slot, String mix, boolean hot, Way way) throws Exception {
            List<UUID> sections = sections(slot, hot);
            List<Wish> wishes = new ArrayList<>();
            for (Family f : families) wishes.add(new Wish(f, hot && random.nextInt(10) < 8 ? sections.get(random.nextInt(2)) : sections.get((hot ? 2 : 0) + random.nextInt(sections.size() - (hot ? 2 : 0)))));
            boolean http = way == Way.HTTP;
            int step = way == Way.BATCH ? BATCH : 1;
            AtomicInteger next = new AtomicInteger();
            AtomicInteger seated = new AtomicInteger();
            long[] nanos = new long[wishes.size()];
            int at = http ? clients : way == Way.BATCH ? LANES : connections;
            long start = System.nanoTime();
            try (ExecutorService workers = http ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(at)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < at; i++) all.add(workers.submit(() -> {
                    try (Wire wire = http ? new Wire(port) : null) {
                        for (int n = next.getAndAdd(step); n < wishes.size(); n = next.getAndAdd(step)) {
                            List<Wish> some = wishes.subList(n, Math.min(wishes.size(), n + step));
                            long sent = System.nanoTime();
                            if (wire == null) seated.addAndGet(call(some));
                            else if (wire.take(some.getFirst(), ids.next())) seated.incrementAndGet();
                            Arrays.fill(nanos, n, n + some.size(), System.nanoTime() - sent);
                        }
                    }
                    return null;
                }));
                for (Future<?> f : all) f.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(nanos);
            double rate = wishes.size() / seconds;
            out.printf(Locale.ROOT, "%-8s %-22s %9.0f %9.1f %9.1f %9d%n", mix, way.label, rate, nanos[nanos.length / 2] / 1e6, nanos[(int) (nanos.length * 0.99)] / 1e6, seated.get());
            out.flush();
            return rate;
        }

        /** One transaction. @return how many have a seat now */
        private int call(List<Wish> some) {
            Family first = some.getFirst().family();
            Scope families = Scope.family(first.account(), List.of(school), some.stream().map(w -> w.family().child()).toList());
            List<Seats.Wanted> wanted = some.stream().map(w -> new Seats.Wanted(ids.next(), w.family().child(), w.section(), 3, BAND, 0)).toList();
            Instant now = clock.instant();
            Map<UUID, Seats.Answer> answers = Scopes.within(families, () -> transactions.execute(t -> seats.take(school, wanted, Seats.Source.FIRST_COME, null, first.account(), now, LocalDate.ofInstant(now, Screen.ZONE))));
            return answers == null ? 0 : Math.toIntExact(answers.values().stream().filter(Seats.Answer::has).count());
        }

        /** Nothing oversold, no counter that lies, no child twice at one time. */
        private int check() {
            int broken = in(() -> house.getBean(SeatCounters.class).broken(school));
            out.printf(Locale.ROOT, "oversold or miscounted sections, children twice at one time: %d%n", broken);
            return broken;
        }
    }

    /** A bare HTTP/1.1 connection that is kept open: the client must cost little, it shares the machine with the server. */
    private static final class Wire implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Wire(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16_384);
            out = socket.getOutputStream();
        }

        boolean get(String path, Family f) throws IOException {
            return answer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh-CN\r\nCookie: " + Sessions.COOKIE + "=" + f.cookie() + "\r\n\r\n", "200");
        }

        boolean take(Wish w, UUID key) throws IOException {
            String body = "section=" + w.section() + "&_key=" + key + "&_csrf=" + w.family().token();
            String head = "POST /children/" + w.family().child() + "/seats HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh-CN\r\nCookie: " + Sessions.COOKIE + "=" + w.family().cookie()
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n";
            return answer(head + body, "303");
        }

        private boolean answer(String request, String good) throws IOException {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String status = line();
            int length = 0;
            boolean chunked = false;
            for (String h = line(); !h.isEmpty(); h = line()) {
                String lower = h.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) length = Integer.parseInt(h.substring(15).strip());
                if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) chunked = true;
            }
            if (chunked) for (int n = Integer.parseInt(line(), 16); ; n = Integer.parseInt(line(), 16)) {
                in.skipNBytes(n);
                line();
                if (n == 0) break;
            }
            else in.skipNBytes(length);
            String code = status.split(" ")[1];
            if (!code.equals(good) && !code.equals("422")) throw new IOException("answered " + code);
            return code.equals(good);
        }

        private String line() throws IOException {
            StringBuilder b = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) throw new IOException("closed");
                if (c != '\r') b.append((char) c);
            }
            return b.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
