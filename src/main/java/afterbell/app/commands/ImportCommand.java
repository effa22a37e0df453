package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.base.roster.importing.FileImport;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.sheet.BadCell;
import afterbell.base.shared.sheet.SheetLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code import}: what a school's file would change, and with {@code --apply} the change itself. Works beside a running server of the same data folder. */
@Command(
        name = "import",
        description = "Shows what a file would change in a school; saves it only with --apply.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Subcommand {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int UNAVAILABLE = 3;
    /** Lines for people; with {@code --json} all are told. */
    private static final int BAD_SHOWN = 50;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "what the file holds: pupils, staff, rooms, standings, menu, duties, members, oneroster")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "an .xlsx or .csv file as the school has it, or a OneRoster 1.2 bundle (.zip)")
    private Path file = Path.of("");

    @Option(names = "--school", paramLabel = "CODE", required = true, description = "the school's code")
    private String school = "";

    @Option(names = "--apply", description = "saves it; refused as a whole while a cell is bad")
    private boolean apply;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() {
        // JSON is UTF-8 whatever the terminal's locale says.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Given.file(file);
        Path data = node.dataOr("data");
        ConfigurableApplicationContext house;
        try {
            house = node.open(data);
        } catch (RuntimeException failure) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
            err.println("afterbell: the node of " + data + " could not be opened: " + cause.getMessage());
            return UNAVAILABLE;
        }
        try (house) {
            Work work = new Work(house.getBean(Schools.class), house.getBean(FileImport.class), house.getBean(MessageSource.class), out, err);
            return work.run(kind, file, school, apply, json);
        }
    }

    /** The command without the house around it. */
    record Work(Schools schools, FileImport imports, MessageSource messages, PrintWriter out, PrintWriter err) {

        int run(String kind, Path file, String code, boolean apply, boolean json) {
            Answers answers = new Answers(out, json);
            List<String> kinds = imports.kinds();
            if (!kinds.contains(kind)) {
                err.println("afterbell: no kind " + kind + "; there are " + String.join(", ", kinds));
                return WRONG_USAGE;
            }
            Optional<UUID> school = Scopes.within(Scope.DOOR, () -> schools.byCode(code));
            if (school.isEmpty()) return answers.refused("There is no school " + code);
            byte[] content;
            try {
                if (Files.size(file) > SheetLimits.STANDARD.fileBytes()) return answers.refused(words("sheet.too-large", List.of(SheetLimits.STANDARD.fileBytes() >> 20)));
                content = Files.readAllBytes(file);
            } catch (IOException unreadable) {
                throw new Given.Missing("there is no file " + file + " that can be read");
            }
            String name = String.valueOf(file.getFileName());
            return switch (Scopes.within(Scope.school(school.get(), null), () -> imports.run(school.get(), kind, name, content, apply))) {
                case Outcome.Refused<FileImport.Report> refused -> answers.refused(refused.refusals().stream().map(this::words).toArray(String[]::new));
                case Outcome.Done<FileImport.Report> done -> answers.report(done.value(), apply, done.value().bad().stream().map(this::bad).toList());
            };
        }

        private Bad bad(BadCell cell) {
            return new Bad(cell.tab(), cell.row(), cell.column(), cell.value(), words(cell.reason().key(), cell.reason().facts()));
        }

        private String words(Refusal refusal) {
            String next = words(refusal.messageKey() + ".next", refusal.facts());
            String said = words(refusal.messageKey(), refusal.facts());
            return next.isEmpty() ? said : said + ". " + next;
        }

        private String words(String key, List<?> facts) {
            @Nullable String said = messages.getMessage(key, facts.toArray(), "", Locale.ENGLISH);
            return said == null ? "" : said;
        }
    }

    /** One bad cell as it is told. @param column letters as in Excel, empty for the whole row */
    private record Bad(String sheet, int row, String column, String value, String reason) {}

    /** Says it in JSON or in plain words, and answers the exit code. */
    private record Answers(PrintWriter out, boolean json) {

        int refused(String... reasons) {
            if (json) print(Map.of("refused", List.of(reasons)));
            else for (String reason : reasons) out.println(reason);
            return REFUSED;
        }

        int report(FileImport.Report report, boolean apply, List<Bad> bad) {
            if (json) print(asJson(report, bad));
            else tell(report, apply, bad);
            return apply && !report.applied() ? REFUSED : DONE;
        }

        private static Map<String, Object> asJson(FileImport.Report report, List<Bad> bad) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("new", report.added());
            all.put("changed", report.changed());
            all.put("gone", report.gone());
            all.put("bad", bad);
            all.put("applied", report.applied());
            all.put("unchanged", report.same());
            all.put("asked", report.asked());
            return all;
        }

        private void tell(FileImport.Report report, boolean apply, List<Bad> bad) {
            out.printf(Locale.ROOT, "%d new, %d changed, %d unchanged%n", report.added(), report.changed(), report.same());
            if (report.asked() > 0) out.printf(Locale.ROOT, "%d rows may mean somebody known; they are left out until a person says so on the import page%n", report.asked());
            if (report.gone() > 0) out.printf(Locale.ROOT, "%d known records are not in the file; they stay until a person says that they are gone%n", report.gone());
            if (report.badCount() > 0) out.printf(Locale.ROOT, "%d cells can't be taken:%n", report.badCount());
            bad.stream().limit(BAD_SHOWN).forEach(cell -> out.printf("  %s %s%d: %s%n", cell.sheet(), cell.column(), cell.row(), cell.reason()));
            if (report.badCount() > BAD_SHOWN) out.printf(Locale.ROOT, "  and %d more; --json tells them%n", report.badCount() - BAD_SHOWN);
            out.println(
                    report.applied() ? "Saved." : apply ? "Nothing was saved: correct the cells and try again." : "Nothing was saved; add --apply to save it.");
        }

        private void print(Map<String, ?> answer) {
            out.println(JsonMapper.builder().build().writeValueAsString(answer));
        }
    }
}
