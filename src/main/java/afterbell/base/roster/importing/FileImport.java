package afterbell.base.roster.importing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.BadCell;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetRefused;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A file taken from end to end at once, for the command line. Previews and does exactly what the import screens do; what needs a person (a doubtful row,
 * somebody who is gone) is left as it is.
 */
@Component
public final class FileImport {
    /** Whoever may run commands on the machine acts for the office; the audit names nobody. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Imports imports;
    private final TakeOneRoster oneRoster;
    private final DraftStore drafts;
    private final TransactionTemplate transactions;

    FileImport(Imports imports, TakeOneRoster oneRoster, DraftStore drafts, TransactionTemplate transactions) {
        this.imports = imports;
        this.oneRoster = oneRoster;
        this.drafts = drafts;
        this.transactions = transactions;
    }

    /**
     * What a file would do, or has done.
     *
     * @param asked rows that a person must say something about; they are left out
     * @param gone records that the file does not speak of; they stay
     * @param bad cells that keep their rows out, at most the first 5,000 of {@code badCount}
     * @param applied false for a preview, and where bad cells kept the file from being applied
     */
    public record Report(int added, int changed, int same, int asked, int gone, List<BadCell> bad, int badCount, boolean applied) {
        Report with(Report more) {
            return new Report(
                    added + more.added, changed + more.changed, same + more.same, asked + more.asked, gone + more.gone, Stream.concat(bad.stream(), more.bad.stream()).toList(), badCount + more.badCount, applied);
        }

        Report saved(boolean now) {
            return new Report(added, changed, same, asked, gone, bad, badCount, now);
        }
    }

    /** The kinds of file there are. */
    public List<String> kinds() {
        return Stream.concat(imports.targets(office(NOBODY)).stream().map(ImportTarget::key), Stream.of(OneRosterIn.KIND)).toList();
    }

    /**
     * Runs inside the scope of the school. Without {@code apply} nothing is kept, not even a draft; with it the whole file is applied, or nothing where a
     * cell is bad.
     *
     * @param kind one of {@link #kinds()}
     */
    public Outcome<Report> run(UUID school, String kind, String fileName, byte[] content, boolean apply) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            Outcome<Report> outcome = kind.equals(OneRosterIn.KIND) ? bundle(office(school), fileName, content, apply) : within(office(school), kind, fileName, content, apply);
            if (!(outcome instanceof Outcome.Done<Report> done && done.value().applied())) transaction.setRollbackOnly();
            return outcome;
        }));
    }

    /** What is known of a kind, as a file of that kind. Runs inside the scope of the school. */
    public byte[] export(UUID school, String kind) {
        return imports.export(office(school), kind);
    }

    /** Staff and children of a OneRoster bundle: both or neither. */
    private Outcome<Report> bundle(Wearer office, String fileName, byte[] content, boolean apply) {
        if (apply) for (String kind : List.of("pupils", "staff")) drafts.waitForTurn(office.school(), kind);
        return switch (oneRoster.take(office, fileName, content)) {
            case Outcome.Refused<List<UUID>> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<List<UUID>>(List<UUID> parts) -> {
                Report looked = new Report(0, 0, 0, 0, 0, List.of(), 0, true);
                for (UUID part : parts)
                    switch (lookAndApply(office, part, false)) {
                        case Outcome.Refused<Report> refused -> {
                            yield Outcome.refused(refused.refusals());
                        }
                        case Outcome.Done<Report>(Report report) -> looked = looked.with(report);
                    }
                if (!apply || looked.badCount() > 0) yield Outcome.done(looked.saved(false));
                for (UUID part : parts) if (lookAndApply(office, part, true) instanceof Outcome.Refused<Report> refused) yield Outcome.refused(refused.refusals());
                yield Outcome.done(looked.saved(true));
            }
        };
    }

    private Outcome<Report> within(Wearer office, String kind, String fileName, byte[] content, boolean apply) {
        // Before looking, so that what is reported is what is done.
        if (apply) drafts.waitForTurn(office.school(), kind);
        return switch (imports.take(office, kind, fileName, content)) {
            case Outcome.Refused<UUID> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<UUID> draft -> lookAndApply(office, draft.value(), apply);
        };
    }

    private Outcome<Report> lookAndApply(Wearer office, UUID draft, boolean apply) {
        try {
            ImportPreview preview = imports.look(office, draft).preview();
            if (!apply || preview.badCount() > 0) return Outcome.done(report(preview, false));
            return switch (imports.apply(office, draft, "")) {
                case Outcome.Refused<ImportTarget.Applied> refused -> Outcome.refused(refused.refusals());
                case Outcome.Done<ImportTarget.Applied> done -> Outcome.done(report(preview, true));
            };
        } catch (SheetRefused refused) {
            return Outcome.refused(Imports.refusal(refused.problem()));
        }
    }

    private static Report report(ImportPreview preview, boolean applied) {
        return new Report(
                preview.countNew(),
                preview.countChanged(),
                preview.countSame(),
                preview.countAsked(),
                preview.gone().size(),
                preview.bad(),
                preview.badCount(),
                applied);
    }

    private static Wearer office(UUID school) {
        return new Wearer(NOBODY, "office", Hat.STAFF, List.of(new Wearer.Grant(Role.OFFICE, school, null, null, null, null)), false);
    }
}
