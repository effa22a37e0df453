package afterbell.app.bench;

import afterbell.base.shared.access.Scopes;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Round;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signed-in families open their sheets; what the figures mean is in bench/sheet. */
@Command(name = "sheet", description = "Signed-in families open their sheets: pages per second and how long each waits.", mixinStandardHelpOptions = true)
public final class SheetBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rate", defaultValue = "200", description = "pages per second (200)")
    private int rate = 200;

    @Option(names = "--seconds", defaultValue = "20", description = "how long (20)")
    private int seconds = 20;

    @Option(names = "--families", defaultValue = "600", description = "signed-in families (600)")
    private int families = 600;

    @Override
    public Integer call() throws Exception {
        return BenchWorld.measured(spec, families, (out, world, all, round) -> {
            OpenLoad.run(rate * 10, 20, i -> world.open(all.get(i % all.size()), round));
            double before = limit(world, all, round);
            OpenLoad.Result pages = OpenLoad.run(rate * seconds, seconds, i -> world.open(all.get(i % all.size()), round));
            double after = limit(world, all, round);
            out.println("pages   " + pages.line());
            out.printf(Locale.ROOT, "the same reading without web and template, 8 at a time: %.0f/s before, %.0f/s after; pages are %.2f of it%n", before, after, pages.perSecond() / ((before + after) / 2));
            boolean held = pages.wrong() == 0 && pages.p99() < 100 && pages.perSecond() > rate * 0.98;
            out.println(held ? "goal held: p99 below 100 ms" : "goal missed: p99 below 100 ms at " + rate + " pages/s");
            return held;
        });
    }

    /** Sheets per second that the database and the use cases give when nobody draws a page. */
    private static double limit(BenchWorld world, List<BenchWorld.Family> all, Round round) throws InterruptedException {
        return OpenLoad.closed(8, 5, i -> {
            BenchWorld.Family family = all.get(i % all.size());
            FamilySheet sheet = Scopes.within(family.scope, () -> world.in(() -> {
                world.enrolments.fixed(world.school, round.term(), family.child.id());
                return world.enrolments.sheet(world.school, round.id(), family.child.id());
            }));
            return sheet.child().id().equals(family.child.id());
        });
    }
}
