package afterbell.app.bench;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.importing.FileImport;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.text.DataFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole school's list of pupils read, previewed and saved, then brought again: what the figures mean is in bench/import. */
@Command(name = "import", description = "A school's whole list of pupils imported, and once more as it is: seconds.", mixinStandardHelpOptions = true)
public final class ImportBench implements Callable<Integer> {
    private static final double GOAL_SECONDS = 10;
    private static final int PER_CLASS = 45;
    private static final int GRADES = 9;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--pupils", defaultValue = "3000", description = "pupils in the file (3000)")
    private int pupils = 3_000;

    @Option(names = "--rounds", defaultValue = "3", description = "new schools one after the other; the first warms up (3)")
    private int rounds = 3;

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        double worst = 0;
        try (BenchWorld world = new BenchWorld()) {
            byte[] file = file(new Random(1));
            out.printf(Locale.ROOT, "a file of %d pupils with two adults each, %d KiB%n", pupils, file.length / 1024);
            for (int i = 0; i < rounds; i++) {
                UUID school = school(world, i);
                double preview = seconds(() -> run(world, school, file, false), pupils, 0);
                double saved = seconds(() -> run(world, school, file, true), pupils, 0);
                double again = seconds(() -> run(world, school, file, true), 0, pupils);
                out.printf(Locale.ROOT, "%s: preview %.1f s, saved %.1f s, brought again without a change %.1f s%n", i == 0 ? "cold" : "warm", preview, saved, again);
                worst = Math.max(worst, preview + saved);
            }
        }
        out.printf(Locale.ROOT, "goal %s: preview and saving together %.1f s, may take %.0f%n", worst < GOAL_SECONDS ? "held" : "missed", worst, GOAL_SECONDS);
        out.flush();
        return worst < GOAL_SECONDS ? 0 : 1;
    }

    private static double seconds(Supplier<FileImport.Report> work, int added, int same) {
        long begun = System.nanoTime();
        FileImport.Report report = work.get();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (report.added() != added || report.same() != same) throw new IllegalStateException("not what the file says: " + report.added() + " new, " + report.same() + " as they were, " + report.asked() + " to ask, " + report.badCount() + " bad");
        return seconds;
    }

    private static FileImport.Report run(BenchWorld world, UUID school, byte[] file, boolean apply) {
        return switch (Scopes.within(Scope.school(school, null), () -> world.bean(FileImport.class).run(school, "pupils", "pupils.xlsx", file, apply))) {
            case Outcome.Done<FileImport.Report>(FileImport.Report report) -> report;
            case Outcome.Refused<FileImport.Report> refused -> throw new IllegalStateException("refused: " + refused.refusals());
        };
    }

    private UUID school(BenchWorld world, int number) {
        Ids ids = world.bean(Ids.class);
        UUID bureau = ids.next();
        UUID school = ids.next();
        TransactionTemplate transactions = world.bean(TransactionTemplate.class);
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            world.bean(Schools.class).addBureau(bureau, null, "bench", "320999");
            world.bean(Schools.class).add(new School(school, "bench" + number, "bench", "320999", "nine-year", "urban", "public", false, "000"), List.of(bureau));
        }));
        Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> {
            for (int g = 1; g <= GRADES; g++) world.bean(Schools.class).putGrade(school, new Schools.Grade(g, Integer.toString(g), "all"));
            List<SchoolClass> classes = new ArrayList<>();
            for (int c = 0; c <= (pupils - 1) / PER_CLASS; c++) classes.add(new SchoolClass(ids.next(), 2026, 1 + c % GRADES, 1 + c / GRADES, (1 + c % GRADES) + "-" + (1 + c / GRADES), null));
            world.bean(Roster.class).addClasses(school, classes);
        }));
        return school;
    }

    private byte[] file(Random random) throws IOException {
        ImportKind kind = SheetKinds.pupils(false);
        List<String> columns = List.of("name", "class", "birthday", "gender", "father", "fatherPhone", "mother", "motherPhone");
        List<String> surnames = DataFile.load("demo/names.yaml").at("surnames").entries().keySet().stream().sorted().toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(bytes)) {
            SheetOut.Tab tab = out.tab("bench", columns.stream().map(c -> SheetOut.Column.text(kind.header(c), 12)).toList());
            for (int i = 0; i < pupils; i++) {
                int c = i / PER_CLASS;
                LocalDate birthday = LocalDate.of(2019 - c % GRADES, 9, 1).plusDays(random.nextInt(365));
                tab.row(
                        name(surnames, random),
                        (1 + c % GRADES) + "-" + (1 + c / GRADES),
                        birthday.toString(),
                        "",
                        name(surnames, random),
                        String.format(Locale.ROOT, "139%08d", i),
                        name(surnames, random),
                        String.format(Locale.ROOT, "137%08d", i));
            }
        }
        return bytes.toByteArray();
    }

    private static String name(List<String> surnames, Random random) {
        return pick(surnames, random) + pick(surnames, random) + pick(surnames, random);
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
