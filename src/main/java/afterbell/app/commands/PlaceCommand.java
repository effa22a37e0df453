package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.term.placement.engine.Certificate;
import afterbell.term.placement.engine.Complaint;
import afterbell.term.placement.engine.FamilyTree;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.Options;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Outcome;
import afterbell.term.placement.engine.Placement;
import afterbell.term.placement.engine.Reason;
import afterbell.term.placement.engine.ResultFiles;
import afterbell.term.placement.engine.StrategyAudit;
import afterbell.term.placement.engine.check.Checker;
import afterbell.term.placement.engine.check.Explanations;
import afterbell.term.placement.engine.check.Lie;
import afterbell.term.placement.engine.check.PublishedFiles;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code place}: solves a folder of CSV files and writes result, closings, explanations and certificate; {@code place
 * verify}: finds what is not so in them, without solving. Also the solver worker that the product runs as a child
 * process: progress goes to standard error, one {@code progress {json}} a line.
 */
@Command(
        name = "place",
        description = "Places pupils in sections in a published order, with reasons and a certificate.",
        mixinStandardHelpOptions = true,
        subcommands = {PlaceCommand.Verify.class, PlaceCommand.Prove.class, PlaceCommand.Audit.class})
public final class PlaceCommand implements Subcommand {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int UNAVAILABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--in", paramLabel = "DIR", description = "folder with courses.csv, pupils.csv and prefs.csv")
    private @Nullable Path in;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the result files")
    private @Nullable Path out;

    @Option(names = "--order", paramLabel = "fair|priority|cost|da", defaultValue = "fair", description = "published order (fair)")
    private String order = "fair";

    @Option(names = "--preview", description = "a whole legal result within seconds, not proved")
    private boolean preview;

    @Option(names = "--solver", paramLabel = "scip|highs|none", defaultValue = "scip", description = "exact solver (scip)")
    private String solver = "scip";

    @Option(names = "--nodes", paramLabel = "N", description = "most nodes of the search tree per level")
    private long nodes = Options.STANDARD.nodes();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Path from = Given.folder(required(spec, in, "--in"));
        Path to = required(spec, out, "--out");
        Order chosen = choice(spec, Order.class, order, "--order");
        Options.Solver by = choice(spec, Options.Solver.class, solver, "--solver");
        if (nodes < 1) {
            throw new ParameterException(line(spec), "--nodes must be at least 1");
        }
        return switch (InstanceFiles.read(from)) {
            case InstanceFiles.Refused refused -> refuse(out(spec), refused.complaints(), json);
            case InstanceFiles.Read read -> place(read.instance(), chosen, new Options(preview, by, nodes), to);
        };
    }

    private int place(Instance instance, Order chosen, Options options, Path to) {
        PrintWriter err = line(spec).getErr();
        Outcome outcome = Placement.solve(instance, chosen, options, (stage, level, note) -> {
            err.println("progress " + Json.line(Json.object("stage", stage, "level", level, "note", note)));
            err.flush();
        });
        Checker.Report report = Checker.check(instance, outcome);
        if (!report.lies().isEmpty()) {
            return tell(out(spec), report.lies(), json);
        }
        try {
            ResultFiles.write(to, outcome, report.explanations());
        } catch (UncheckedIOException unwritable) {
            line(spec).getErr().println("afterbell: the result cannot be written into " + to);
            return UNAVAILABLE;
        }
        summary(outcome, report);
        return DONE;
    }

    private void summary(Outcome outcome, Checker.Report report) {
        Certificate certificate = outcome.certificate();
        Map<String, Object> families = new LinkedHashMap<>();
        Map<Reason, Integer> counts = Explanations.familiesByReason(report.explanations());
        counts.forEach((reason, count) -> families.put(reason.code(), count));
        if (json) {
            out(spec).println(Json.line(Json.object(
                    "certificate", certificate.asJson(),
                    "closed", outcome.closings().stream().map(closing -> Json.object(
                            "course", closing.course(),
                            "placeable", closing.placeable(),
                            "min_size", closing.minSize())).toList(),
                    "envy", report.envy(),
                    "families_by_reason", families)));
            return;
        }
        Certificate.Measures measures = certificate.measures();
        out(spec).printf(Locale.ROOT, "order %s, %s%n", certificate.order().code(),
                certificate.proved() ? "proved" : "not proved");
        out(spec).println("levels " + certificate.levels() + (certificate.bounds().isEmpty()
                ? ""
                : ", bounds " + certificate.bounds()));
        out(spec).printf(Locale.ROOT, "%d of %d wanted places given: %d first, %d second, %d third choices; %d pupils with nothing%n",
                measures.wanted() - measures.none(), measures.wanted(), measures.first(), measures.second(),
                measures.third(), measures.nothing());
        outcome.closings().forEach(closing -> out(spec).printf(Locale.ROOT,
                "%s does not run: at most %d could be placed, minimum %d%n",
                closing.course(), closing.placeable(), closing.minSize()));
        out(spec).println("pupils who read a reason: " + families);
    }

    /** {@code place verify}: exits 1 on any lie. */
    @Command(name = "verify", description = "Finds what is not so in a result, without solving.", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--in", paramLabel = "DIR", description = "the input")
        private @Nullable Path in;

        @Option(names = "--result", paramLabel = "DIR", description = "the result files, or with --mine the certificate")
        private @Nullable Path result;

        @Option(names = "--mine", paramLabel = "FILE", description = "one family's rows, against the published hash tree")
        private @Nullable Path mine;

        @Option(names = "--lottery", paramLabel = "FILE", description = "what was published at the close and revealed: seed, public value, hashes")
        private @Nullable Path lottery;

        @Option(names = "--frozen", paramLabel = "DIR", description = "with --lottery: the input as it was committed to, where children left or sections were changed after it")
        private @Nullable Path frozen;

        @Option(names = "--root", paramLabel = "HASH", description = "the published root, in place of a certificate")
        private @Nullable String root;

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return mine == null ? verifyAll() : verifyMine(mine);
        }

        private int verifyAll() {
            Path folder = required(spec, result, "--result");
            Path input = Given.folder(required(spec, in, "--in"));
            Given.folder(folder);
            if (lottery != null) Given.file(lottery);
            return switch (InstanceFiles.read(input)) {
                case InstanceFiles.Refused refused -> refuse(out(spec), refused.complaints(), json);
                case InstanceFiles.Read read -> {
                    List<Lie> lies = new ArrayList<>(PublishedFiles.verify(read.instance(), folder));
                    if (lottery == null) yield tell(out(spec), lies, json);
                    yield switch (frozen == null ? read : InstanceFiles.read(Given.folder(frozen))) {
                        case InstanceFiles.Refused refused -> refuse(out(spec), refused.complaints(), json);
                        case InstanceFiles.Read kept -> {
                            lies.addAll(PublishedFiles.verifyLottery(read.instance(), kept.instance(), lottery));
                            yield tell(out(spec), lies, json);
                        }
                    };
                }
            };
        }

        private int verifyMine(Path file) {
            @Nullable Path from = root != null ? null : required(spec, result, "--result, or --root,");
            Given.file(file);
            Optional<String> published = from == null ? Optional.ofNullable(root) : publishedIn(from);
            if (published.isEmpty()) {
                return tell(out(spec), List.of(new Lie(ResultFiles.CERTIFICATE, "families_root", "is missing")), json);
            }
            return tell(out(spec), PublishedFiles.verifyMine(file, published.get()), json);
        }

        private static Optional<String> publishedIn(Path from) {
            return PublishedFiles.rootIn(Files.isDirectory(from) ? from : Given.file(from));
        }
    }

    /** {@code place prove}: what one family needs to check its own line, on standard output. */
    @Command(name = "prove", description = "Prints one pupil's rows with their way to the published root.", mixinStandardHelpOptions = true)
    static final class Prove implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--in", paramLabel = "DIR", required = true, description = "the input")
        private @Nullable Path in;

        @Option(names = "--result", paramLabel = "DIR", required = true, description = "the result files")
        private @Nullable Path result;

        @Option(names = "--pupil", paramLabel = "ID", required = true, description = "whose rows")
        private String pupil = "";

        @Override
        public Integer call() {
            Path folder = required(spec, result, "--result");
            Given.folder(folder);
            return switch (InstanceFiles.read(Given.folder(required(spec, in, "--in")))) {
                case InstanceFiles.Refused refused -> refuse(out(spec), refused.complaints(), false);
                case InstanceFiles.Read read -> prove(read.instance(), folder);
            };
        }

        private int prove(Instance instance, Path folder) {
            List<Lie> lies = PublishedFiles.verify(instance, folder);
            if (!lies.isEmpty()) {
                return tell(out(spec), lies, false);
            }
            if (instance.pupils().stream().noneMatch(known -> known.pupil().equals(pupil))) {
                out(spec).println("pupils.csv has no pupil " + pupil);
                return REFUSED;
            }
            FamilyTree tree = FamilyTree.over(instance, PublishedFiles.seats(folder));
            out(spec).print(Json.page(tree.of(pupil).asJson()));
            out(spec).flush();
            return DONE;
        }
    }

    /** {@code place audit}: whether simple tricks would have paid, tried by solving again. The same input and sample give the same answer. */
    @Command(name = "audit", description = "Tries whether writing less than one means would have paid.", mixinStandardHelpOptions = true)
    static final class Audit implements Callable<Integer> {
        private static final long SEED = 1;

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--in", paramLabel = "DIR", required = true, description = "the input")
        private @Nullable Path in;

        @Option(names = "--order", paramLabel = "fair|priority|cost|da", defaultValue = "fair", description = "published order (fair)")
        private String order = "fair";

        @Option(names = "--sample", paramLabel = "N", defaultValue = "8", description = "for how many pupils each trick is tried (8)")
        private int sample = 8;

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        @Override
        public Integer call() {
            Order chosen = choice(spec, Order.class, order, "--order");
            if (sample < 1 || sample > 1_000) throw new ParameterException(line(spec), "--sample must be from 1 to 1000");
            return switch (InstanceFiles.read(Given.folder(required(spec, in, "--in")))) {
                case InstanceFiles.Refused refused -> refuse(out(spec), refused.complaints(), json);
                case InstanceFiles.Read read -> audit(read.instance(), chosen);
            };
        }

        private int audit(Instance instance, Order chosen) {
            List<StrategyAudit.Trick> tricks = StrategyAudit.run(instance, chosen, Options.PREVIEW, sample, SEED).tricks();
            if (json)
                out(spec).println(Json.line(tricks.stream()
                        .map(t -> Json.object("name", t.name(), "tried", t.tried(), "better", t.better(), "worse", t.worse(), "mean_gain", t.meanGain()))
                        .toList()));
            else tricks.forEach(t -> out(spec).printf(Locale.ROOT, t.tried() == 0 ? "%s: no list is long enough for it%n" : "%s: tried for %d, better for %d, worse for %d, mean gain %.2f points%n", t.name(), t.tried(), t.better(), t.worse(), t.meanGain() / 100.0));
            out(spec).flush();
            return DONE;
        }
    }

    private static int refuse(PrintWriter out, List<Complaint> complaints, boolean json) {
        if (json) {
            out.println(Json.line(Json.object("refused", complaints.stream().map(Complaint::asJson).toList())));
        } else {
            complaints.forEach(complaint -> out.println(complaint.sentence()));
        }
        out.flush();
        return REFUSED;
    }

    private static int tell(PrintWriter out, List<Lie> lies, boolean json) {
        if (json) {
            out.println(Json.line(Json.object("true", lies.isEmpty(), "lies", lies.stream().map(Lie::asJson).toList())));
        } else if (lies.isEmpty()) {
            out.println("everything is so");
        } else {
            lies.forEach(lie -> out.println(lie.sentence()));
        }
        out.flush();
        return lies.isEmpty() ? DONE : REFUSED;
    }

    private static PrintWriter out(@Nullable CommandSpec spec) {
        return line(spec).getOut();
    }

    private static CommandLine line(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return spec.commandLine();
    }

    private static <T> T required(@Nullable CommandSpec spec, @Nullable T value, String option) {
        if (value == null) {
            throw new ParameterException(line(spec), "Missing " + option + " (see --help)");
        }
        return value;
    }

    private static <T extends Enum<T>> T choice(@Nullable CommandSpec spec, Class<T> type, String value, String option) {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw new ParameterException(line(spec), "Unknown value " + value + " for " + option + " (see --help)");
    }
}
