package afterbell.app.commands;

import afterbell.app.Subcommand;
import afterbell.app.bench.BoardBench;
import afterbell.app.bench.ImportBench;
import afterbell.app.bench.NoticesBench;
import afterbell.app.bench.PaymentsBench;
import afterbell.app.bench.PlacementBench;
import afterbell.app.bench.ReconcileBench;
import afterbell.app.bench.RefundFaultsBench;
import afterbell.app.bench.RollScreenBench;
import afterbell.app.bench.FaultsBench;
import afterbell.app.bench.RollsBench;
import afterbell.app.bench.RushBench;
import afterbell.app.bench.SeatsBench;
import afterbell.app.bench.SheetBench;
import afterbell.app.bench.StartBench;
import afterbell.app.bench.StatementsBench;
import afterbell.app.bench.SwipesBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measurements, one subcommand each. */
@Command(
        name = "bench",
        description = "Measures; prints figures and ratios.",
        mixinStandardHelpOptions = true,
        subcommands = {PlacementBench.class, SheetBench.class, RollsBench.class, FaultsBench.class, RefundFaultsBench.class, RushBench.class, SeatsBench.class, StartBench.class, NoticesBench.class, BoardBench.class, ImportBench.class, SwipesBench.class, RollScreenBench.class, ReconcileBench.class, StatementsBench.class, PaymentsBench.class})
public final class BenchCommand implements Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        throw new ParameterException(spec.commandLine(), "Missing what to measure, for example: bench placement");
    }
}
