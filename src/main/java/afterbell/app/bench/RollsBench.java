package afterbell.app.bench;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Classes of thirty rolled in one command each against PostgreSQL's own limit, in one interleaved run: A writes the thirty entries by one statement, B tells
 * the chain, which reads, decides, writes entries and standings. Afterwards each acknowledged mark is counted. What the figures mean is in bench/faults.
 */
@Command(name = "rolls", description = "Classes of thirty saved in one command, against the database's own rate.", mixinStandardHelpOptions = true)
public final class RollsBench implements Callable<Integer> {
    private static final int CLASS = 30;
    private static final double GOAL = 1_500;
    private static final double SHARE = 0.25;
    /** Who wrote the entries of the legs that tell nobody. */
    private static final UUID ALONE = new UUID(8, 8);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "5", description = "length of each leg (5)")
    private double seconds = 5;

    @Option(names = "--connections", defaultValue = "8", description = "how many write at once (8)")
    private int connections = 8;

    @Option(names = "--days", defaultValue = "40", description = "days whose classes are rolled, one after the other (40)")
    private int days = 40;

    /** So often a class is rolled before those of other days are: a chain is then as long as at the end of a busy afternoon. */
    private static final int TIMES = 20;

    /** Classes of so many days are rolled in turn, as many as those of a few schools in one afternoon. */
    private static final int TOGETHER = 6;

    /** A class of one day that is rolled again and again, as by a teacher who changes her mind. */
    private record Room(LocalDate day, List<ChildStanding> children) {}

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            return new Run(world, out).measure();
        }
    }

    private final class Run {
        private final BenchWorld world;
        private final PrintWriter out;
        private final UUID school;
        private final ChildDays childDays;
        private final JdbcClient sql;
        private final TransactionTemplate transactions;
        /** In the order in which they are rolled. */
        private final List<Room> rooms = new ArrayList<>();

        private final List<Room> unread = new ArrayList<>();
        private int opened;
        private final AtomicInteger turn = new AtomicInteger();
        private final AtomicInteger acknowledged = new AtomicInteger();

        Run(BenchWorld world, PrintWriter out) {
            this.world = world;
            this.out = out;
            school = world.school;
            childDays = world.bean(ChildDays.class);
            sql = world.bean(JdbcClient.class);
            transactions = world.bean(TransactionTemplate.class);
        }

        int measure() throws InterruptedException {
            rooms();
            long before = told();
            out.printf(Locale.ROOT, "classes of %d on %d days: %d, %d connections%n", CLASS, opened, rooms.size() / TIMES, connections);
            OpenLoad.closed(connections, seconds, this::tell);
            OpenLoad.closed(connections, seconds / 2, this::write);
            double[] one = new double[2];
            double[] all = new double[2];
            for (int i = 0; i < 2; i++) {
                one[i] = OpenLoad.closed(connections, seconds, this::write);
                all[i] = OpenLoad.closed(connections, seconds, this::tell);
                out.printf(Locale.ROOT, "one statement of %d entries %7.0f/s   a class told to the chain %7.0f/s   %.0f %%%n", CLASS, one[i], all[i], 100 * all[i] / one[i]);
            }
            double rate = (all[0] + all[1]) / 2;
            double share = rate / ((one[0] + one[1]) / 2);
            long lost = (long) acknowledged.get() * CLASS - (told() - before);
            out.printf(Locale.ROOT, "a class of %d: %.0f/s (goal %.0f), %.0f %% of the database's own (goal %.0f %%), marks lost or doubled: %d%n", CLASS, rate, GOAL, 100 * share, 100 * SHARE, lost);
            out.flush();
            return rate >= GOAL && share >= SHARE && lost == 0 ? 0 : 1;
        }

        /** Days to come: nobody is late on them yet, so that a roll rings nothing, as most rolls of an afternoon. Every fourth is left to the other leg. */
        private void rooms() {
            LocalDate day = LocalDate.ofInstant(world.clock.instant(), afterbell.base.shared.web.Screen.ZONE).plusDays(1);
            List<Room> some = new ArrayList<>();
            for (int tried = 0; opened < days && tried < 120; tried++, day = day.plusDays(1)) {
                LocalDate d = day;
                world.asSchool(() -> childDays.open(school, d));
                Map<UUID, List<ChildStanding>> classes = world.asSchool(() -> childDays.ofDay(school, d)).values().stream().filter(ChildStanding::stays).collect(Collectors.groupingBy(ChildStanding::schoolClass));
                List<Room> full = classes.values().stream().filter(c -> c.size() >= CLASS).map(c -> new Room(d, List.copyOf(c.subList(0, CLASS)))).toList();
                if (full.isEmpty()) continue;
                opened++;
                if (opened % 4 == 0) unread.addAll(full);
                else some.addAll(full);
                if (opened % TOGETHER == 0 || opened == days) {
                    for (int i = 0; i < TIMES; i++) rooms.addAll(some);
                    some.clear();
                }
            }
            if (rooms.isEmpty() || unread.isEmpty()) throw new IllegalStateException("no class of " + CLASS + " stays");
        }

        private boolean tell(int n) {
            int t = turn.getAndIncrement();
            Room room = rooms.get(t % rooms.size());
            UUID teacher = new UUID(9, t);
            List<ToldOf> roll = new ArrayList<>();
            for (ChildStanding c : room.children()) {
                // The house writes its own time in place of one that is to come.
                Fact counted = new Fact.Counted(c.custodians().getFirst(), c.sessions().getFirst(), c.ends().getFirst());
                roll.add(new ToldOf(c.pupil(), new Telling(UUID.randomUUID(), c.bell(), new Teller(teacher, Set.of(Duty.SERVICE_TEACHER)), counted, true)));
            }
            List<Decision> said = Scopes.within(Scope.school(school, null), () -> childDays.tell(school, room.day(), roll));
            boolean all = said.stream().allMatch(d -> d instanceof Decision.Recorded);
            if (all) acknowledged.incrementAndGet();
            return all;
        }

        /** As many entries and nothing else, for classes that nobody reads, so that the chains of the others stay as short as an afternoon's. */
        private boolean write(int n) {
            Room room = unread.get(n % unread.size());
            String pupils = room.children().stream().map(c -> c.pupil().toString()).collect(Collectors.joining(",", "{", "}"));
            String entries = room.children().stream().map(c -> UUID.randomUUID().toString()).collect(Collectors.joining(",", "{", "}"));
            ChildStanding first = room.children().getFirst();
            Integer written = Scopes.within(Scope.school(school, null), () -> transactions.execute(t -> sql.sql("""
                        insert into custody.event (school_id, day, pupil_id, entry_id, at, recorded, by, kind, custodian, session_id, starts, doubts)
                        select :s, :d, x.p, x.e, cast(:at as timestamptz), cast(:at as timestamptz), :by, 'counted', :c, :x, cast(:at as timestamptz), '{}' from unnest(:pupils::uuid[], :entries::uuid[]) as x (p, e)
                        """)
                        .param("s", school)
                        .param("d", room.day())
                        .param("at", java.sql.Timestamp.from(first.bell()))
                        .param("by", ALONE)
                        .param("c", first.classTeacher())
                        .param("x", first.sessions().getFirst())
                        .param("pupils", pupils)
                        .param("entries", entries)
                        .update()));
            return written != null && written == CLASS;
        }

        private long told() {
            return world.asSchool(() -> sql.sql("select count(*) from custody.event where school_id = :s and by <> :by").param("s", school).param("by", ALONE).query(Long.class).single());
        }
    }
}
