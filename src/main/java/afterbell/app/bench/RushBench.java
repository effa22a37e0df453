package afterbell.app.bench;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scopes;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.enrolment.SheetCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All families of a school save in the last minute of a round; what the figures mean is in bench/sheet. */
@Command(name = "rush", description = "Families save their sheets in the last minute of a round: how long each waits, and that none is lost.", mixinStandardHelpOptions = true)
public final class RushBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--families", defaultValue = "5000", description = "families (5000)")
    private int families = 5000;

    @Option(names = "--seconds", defaultValue = "60", description = "within how many seconds before the close (60)")
    private int seconds = 60;

    @Override
    public Integer call() throws Exception {
        return BenchWorld.measured(spec, families, (out, world, all, round) -> {
            Map<Integer, Menu> menus = new HashMap<>();
            all.forEach(f -> menus.computeIfAbsent(f.child.grade(), g -> world.asSchool(() -> world.enrolments.menu(world.school, round.term(), g))));
            AtomicInteger unopened = new AtomicInteger();
            OpenLoad.Result opened = OpenLoad.run(all.size(), Math.max(1, all.size() / 120.0), i -> world.open(all.get(i), round) || unopened.incrementAndGet() < 0);
            out.println("opened  " + opened.line());
            double before = limit(world, all, round, menus);
            for (BenchWorld.Family f : all.subList(0, Math.min(LIMIT, all.size()))) world.open(f, round);
            Instant closes = world.clock.instant().plus(Duration.ofSeconds(seconds + 1L));
            world.asSchool(() -> {
                world.enrolments.put(world.school, round.closingAt(closes));
                return true;
            });
            boolean[] acknowledged = new boolean[all.size()];
            OpenLoad.Result saved = OpenLoad.run(all.size(), seconds, i -> acknowledged[i] = world.save(all.get(i), round, Objects.requireNonNull(menus.get(all.get(i).child.grade()))));
            out.println("saved   " + saved.line());
            out.printf(Locale.ROOT, "the same saves without web, 8 at a time: %.0f/s; the rush asks for %.2f of it%n", before, saved.perSecond() / before);
            int lost = lost(world, all, round, menus, acknowledged);
            out.println(lost == 0 ? "none lost: every acknowledged save is stored" : "LOST: " + lost + " acknowledged saves are not stored");
            boolean held = lost == 0 && saved.wrong() == 0 && saved.p99() < 1000;
            out.println(held ? "goal held: p99 below 1 s, none lost" : "goal missed: p99 below 1 s, none refused, none lost");
            return held;
        });
    }

    private static final int LIMIT = 400;

    /** Saves per second through the use case, of some families again and again. */
    private static double limit(BenchWorld world, List<BenchWorld.Family> all, Round round, Map<Integer, Menu> menus) throws InterruptedException {
        Ids ids = world.bean(Ids.class);
        int some = Math.min(LIMIT, all.size());
        return OpenLoad.closed(8, 5, i -> {
            BenchWorld.Family f = all.get(i % some);
            return Scopes.within(f.scope, () -> {
                int version = world.in(() -> world.enrolments.sheet(world.school, round.id(), f.child.id())).version();
                Map<Integer, Integer> until = new LinkedHashMap<>();
                Menu menu = menus.get(f.child.grade());
                if (menu == null) return false;
                menu.weekdays().forEach(d -> until.put(d, menu.on(d).get(version % menu.on(d).size()).ordinal()));
                Sheet asked = new Sheet(true, until, Map.of(), Sheet.Waiting.values()[version % 3]);
                return world.enrolments.save(new SheetCommand(world.school, f.child.id(), round.id(), asked, version, f.account, false, false, ids.next(), world.clock.instant())) instanceof Outcome.Done<Integer>;
            });
        });
    }

    /** An acknowledged sheet is lost where something else stands in its place. A sheet that said the same before keeps its version, so the answers themselves are compared. */
    private static int lost(BenchWorld world, List<BenchWorld.Family> all, Round round, Map<Integer, Menu> menus, boolean[] acknowledged) {
        int lost = 0;
        for (int i = 0; i < all.size(); i++) {
            if (!acknowledged[i]) continue;
            BenchWorld.Family f = all.get(i);
            FamilySheet stored = Scopes.within(f.scope, () -> world.in(() -> world.enrolments.sheet(world.school, round.id(), f.child.id())));
            if (!world.saved(f, Objects.requireNonNull(menus.get(f.child.grade()))).equals(stored.sheet())) lost++;
        }
        return lost;
    }
}
