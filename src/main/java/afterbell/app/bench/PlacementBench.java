package afterbell.app.bench;

import afterbell.term.placement.engine.Certificate;
import afterbell.term.placement.engine.Generator;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Options;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Outcome;
import afterbell.term.placement.engine.Placement;
import afterbell.term.placement.engine.ProgressListener;
import afterbell.term.placement.engine.check.Checker;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Places generated schools and prints seconds, values and bounds; what the figures mean is in bench/placement. */
@Command(
        name = "placement",
        description = "Places generated schools: seconds, values, bounds.",
        mixinStandardHelpOptions = true)
public final class PlacementBench implements Callable<Integer> {
    private static final List<String> KINDS = List.of("tight", "scarce", "loose");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--pupils", split = ",", defaultValue = "1000", description = "sizes of school (1000)")
    private List<Integer> pupils = List.of(1_000);

    @Option(names = "--seed", defaultValue = "1", description = "seed of the first school")
    private long seed = 1;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%7s %-7s %-7s %8s %8s %9s %7s %s%n",
                "pupils", "school", "order", "seconds", "first %", "nothing", "proved", "levels (bound)");
        boolean lies = false;
        for (int size : pupils) {
            for (String kind : KINDS) {
                Instance school = school(kind, size);
                for (Run run : List.of(
                        new Run("preview", Order.FAIR, Options.PREVIEW),
                        new Run("fair", Order.FAIR, Options.STANDARD),
                        new Run("cost", Order.COST, Options.STANDARD),
                        new Run("da", Order.DA, Options.STANDARD))) {
                    lies |= !measured(out, kind, school, run);
                }
            }
        }
        return lies ? 1 : 0;
    }

    private record Run(String name, Order order, Options options) {}

    private Instance school(String kind, int size) {
        return switch (kind) {
            case "scarce" -> Generator.scarce(seed + 1, size).instance();
            case "loose" -> Generator.loose(seed + 2, size).instance();
            default -> Generator.tight(seed, size).instance();
        };
    }

    private static boolean measured(PrintWriter out, String kind, Instance school, Run run) {
        long start = System.nanoTime();
        Outcome outcome = Placement.solve(school, run.order(), run.options(), ProgressListener.SILENT);
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean sound = Checker.check(school, outcome).lies().isEmpty();
        Certificate certificate = outcome.certificate();
        StringBuilder levels = new StringBuilder();
        for (Map.Entry<String, Long> bound : certificate.bounds().entrySet()) {
            levels.append(bound.getKey()).append(' ').append(certificate.levels().get(bound.getKey()))
                    .append(" (").append(bound.getValue()).append(") ");
        }
        out.printf(Locale.ROOT, "%7d %-7s %-7s %8.1f %8.1f %9d %7s %s%s%n",
                school.pupils().size(), kind, run.name(), seconds,
                100.0 * certificate.measures().first() / Math.max(1, certificate.measures().wanted()),
                certificate.measures().nothing(), certificate.proved() ? "yes" : "no", levels,
                sound ? "" : "LIES FOUND");
        out.flush();
        return sound;
    }
}
