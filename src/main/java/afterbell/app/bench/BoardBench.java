package afterbell.app.bench;

import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long after an act all open boards show it, and how long after its minute a clock of a whole school rings. What the figures mean is in bench/board. */
@Command(name = "board", description = "Pushes a board to many screens, and rings the clocks of a school: milliseconds.", mixinStandardHelpOptions = true)
public final class BoardBench implements Callable<Integer> {
    private static final double PUSH_GOAL_MILLIS = 1_000;
    private static final double RED_GOAL_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--screens", defaultValue = "200", description = "open boards (200)")
    private int screens = 200;

    @Option(names = "--rounds", defaultValue = "10", description = "acts that are measured (10), after three to warm up")
    private int rounds = 10;

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            List<Open> open = new ArrayList<>();
            for (int i = 0; i < screens; i++) open.add(new Open(world));
            boolean held = push(out, world, open);
            for (Open o : open) o.close();
            return held & red(out, world) ? 0 : 1;
        }
    }

    /** One screen: notes when it was last sent a board that names what is waited for. */
    private static final class Open implements AutoCloseable {
        private final InputStream in;
        private volatile CountDownLatch wanted = new CountDownLatch(1);
        private volatile long at;

        Open(BenchWorld world) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(world.base() + "/board/stream")).header("Cookie", world.staff(Role.DUTY_LEADER)).header("Accept", "text/event-stream").GET().build();
            HttpResponse<InputStream> answer = world.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) throw new IOException("a stream answered " + answer.statusCode());
            in = answer.body();
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine())
                    if (line.equals("event: board")) {
                        at = System.nanoTime();
                        wanted.countDown();
                    }
            } catch (IOException e) {
                // The measurement is over.
            }
        }

        void want() {
            wanted = new CountDownLatch(1);
        }

        boolean came() throws InterruptedException {
            return wanted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private boolean push(PrintWriter out, BenchWorld world, List<Open> open) throws InterruptedException {
        ChildDays days = world.bean(ChildDays.class);
        LocalDate day = LocalDate.ofInstant(world.clock.instant(), Screen.ZONE);
        List<ChildStanding> staying = world.asSchool(() -> days.ofDay(world.school, day)).values().stream().filter(s -> s.stays() && s.state() == ChildStanding.State.IN_CLASS).limit(rounds + 3L).toList();
        if (staying.size() < rounds + 3) return lie(out, "too few children wait to be handed over");
        for (Open o : open) if (!o.came()) return lie(out, "a screen was sent no board at all");
        long[] all = new long[rounds * open.size()];
        int lost = 0;
        for (int round = -3; round < rounds; round++) {
            // A board of a moment ago may still be on its way.
            TimeUnit.MILLISECONDS.sleep(700);
            open.forEach(Open::want);
            // A child more that is looked for: every such act changes the figures of the board.
            ChildStanding now = staying.get(round + 3);
            Fact fact = new Fact.Missed(now.classTeacher(), null);
            Teller teller = new Teller(new UUID(0, 1), Set.of(Teller.Duty.SERVICE_TEACHER));
            world.asSchool(() -> days.tell(world.school, day, List.of(new ToldOf(now.pupil(), new Telling(UUID.randomUUID(), world.clock.instant(), teller, fact, true)))));
            long committed = System.nanoTime();
            for (int i = 0; i < open.size(); i++) {
                if (!open.get(i).came()) lost++;
                else if (round >= 0) all[round * open.size() + i] = Math.max(0, open.get(i).at - committed);
            }
        }
        Arrays.sort(all);
        out.printf(Locale.ROOT, "%d screens, %d acts: p50 %.0f ms, p99 %.0f ms, last %.0f ms after the commit; goal %.0f ms%n", open.size(), rounds, at(all, 0.5), at(all, 0.99), at(all, 1), PUSH_GOAL_MILLIS);
        out.flush();
        if (lost > 0) return lie(out, lost + " pushes were lost");
        return at(all, 1) <= PUSH_GOAL_MILLIS;
    }

    /** The next day with service: everybody stands un-handed-over when the grace is over. */
    private boolean red(PrintWriter out, BenchWorld world) throws InterruptedException {
        ShiftableClock clock = world.bean(ShiftableClock.class);
        DayOpening opening = world.bean(DayOpening.class);
        ChildDays days = world.bean(ChildDays.class);
        LocalDate day = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        boolean open = false;
        for (int i = 0; i < 14 && !open; i++) {
            LocalDate next = day.plusDays(1);
            day = next;
            clock.shiftTo(next.atTime(12, 0).atZone(Screen.ZONE).toInstant());
            open = world.asSchool(() -> opening.open(world.school, next) || days.isOpen(world.school, next));
        }
        if (!open) return lie(out, "no day with service was found");
        LocalDate watched = day;
        int bent = underOneBell(world, watched);
        List<ChildStanding> all = world.asSchool(() -> days.ofDay(world.school, watched)).values().stream().filter(s -> s.state() == ChildStanding.State.IN_CLASS).toList();
        Instant bell = all.stream().map(ChildStanding::bell).min(Instant::compareTo).orElseThrow();
        List<ChildStanding> staying = all.stream().filter(s -> s.bell().equals(bell)).toList();
        // Minute by minute to the end of the grace, whatever the rules say it is.
        clock.shiftTo(bell.minusSeconds(1));
        long stop = System.nanoTime() + PATIENCE.toNanos();
        Duration grace = Duration.ofMinutes(1);
        int rung = 0;
        for (; rung < staying.size() && System.nanoTime() < stop; grace = grace.plusMinutes(1)) {
            clock.shiftTo(bell.plus(grace).minusMillis(300));
            TimeUnit.MILLISECONDS.sleep(1_500);
            rung = rung(world, watched);
            if (rung > 0) while (rung < staying.size() && System.nanoTime() < stop) {
                TimeUnit.MILLISECONDS.sleep(200);
                rung = rung(world, watched);
            }
        }
        double[] took = world.asSchool(() -> world.bean(JdbcClient.class)
                .sql("select extract(epoch from rung_at - since) * 1000 from custody.pub_alarm where school_id = :s and day = :d and kind = 'NOT_HANDED_OVER' order by 1")
                .param("s", world.school)
                .param("d", watched)
                .query(Double.class)
                .list()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
        out.printf(Locale.ROOT, "%d children under one bell not handed over, %d rang at once; of %d: p50 %.0f ms, last %.0f ms after their minute; goal %.0f ms%n", staying.size(), rung, took.length, took.length == 0 ? 0 : took[took.length / 2], took.length == 0 ? 0 : took[took.length - 1], RED_GOAL_MILLIS);
        out.flush();
        // Every three minutes the house looks up all plans again, and then half of the school has its own bell back.
        if (underThatBell(world, watched, bell) < bent) return lie(out, "the plans were looked up again meanwhile: run it once more");
        if (rung < staying.size()) return lie(out, "clocks that did not ring");
        return took[took.length - 1] <= RED_GOAL_MILLIS;
    }

    /** Puts every child of the day, whatever its plan, into the class and under the bell of the first that stays: the whole school at one moment. */
    private static int underOneBell(BenchWorld world, LocalDate day) {
        return world.asSchool(() -> world.bean(JdbcClient.class)
                .sql("""
                        with first as (select * from custody.standing where school_id = :s and day = :d and state = 'in_class' order by bell, pupil_id limit 1)
                        update custody.standing s set bell = f.bell, class_teacher = f.class_teacher, stop_sessions = f.stop_sessions, stop_starts = f.stop_starts, stop_ends = f.stop_ends,
                            stop_rooms = f.stop_rooms, stop_custodians = f.stop_custodians, state = f.state, custodian = f.custodian, session_id = f.session_id, until = f.until, since = f.since,
                            word = null, closed = false, red = false, alarms = '{}', next_at = f.bell, planned = s.planned + 1
                        from first f where s.school_id = :s and s.day = :d
                        """)
                .param("s", world.school)
                .param("d", day)
                .update());
    }

    private static int underThatBell(BenchWorld world, LocalDate day, Instant bell) {
        return world.asSchool(() -> world.bean(JdbcClient.class)
                .sql("select count(*)::int from custody.standing where school_id = :s and day = :d and bell = :b")
                .param("s", world.school)
                .param("d", day)
                .param("b", java.sql.Timestamp.from(bell))
                .query(Integer.class)
                .single());
    }

    private static int rung(BenchWorld world, LocalDate day) {
        return world.asSchool(() -> world.bean(JdbcClient.class)
                .sql("select count(*)::int from custody.pub_alarm where school_id = :s and day = :d and kind = 'NOT_HANDED_OVER'")
                .param("s", world.school)
                .param("d", day)
                .query(Integer.class)
                .single());
    }

    private static boolean lie(PrintWriter out, String what) {
        out.println("LIE: " + what);
        return false;
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
    }
}
