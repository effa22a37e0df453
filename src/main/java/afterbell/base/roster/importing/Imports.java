package afterbell.base.roster.importing;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetImport;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetProblem;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.web.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a file, shows what it would do, and does it when a person says so. */
@Component
class Imports {
    /** So many new rows change how lists are best read. */
    private static final int MANY = 200;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int READ_AT_ONCE = 4;
    /** The order in which a school begins. */
    private static final List<String> USUAL = List.of("pupils", "staff", "rooms", "standings", "menu", "duties", "members");

    private final Map<String, ImportTarget> targets;
    private final DraftStore drafts;
    private final Roster roster;
    private final Audit audit;
    private final Templates templates;
    private final MessageSource messages;
    private final Ids ids;
    private final Clock clock;
    /** The last files read, so that paging through a preview doesn't read them again. Holds no more than what the database holds anyway. */
    private final Map<String, SheetImport> read = new LinkedHashMap<>();

    Imports(List<ImportTarget> targets, DraftStore drafts, Roster roster, Audit audit, Templates templates, MessageSource messages, Ids ids, Clock clock) {
        this.targets = targets.stream().collect(Collectors.toMap(ImportTarget::key, t -> t));
        this.drafts = drafts;
        this.roster = roster;
        this.audit = audit;
        this.templates = templates;
        this.messages = messages;
        this.ids = ids;
        this.clock = clock;
    }

    /** A file with what it would do. */
    record Looked(Draft draft, SheetImport read, ImportPreview preview, String digest) {}

    /** The kinds of file that somebody may import. */
    List<ImportTarget> targets(Wearer me) {
        return targets.values().stream().filter(target -> allowed(me, target)).sorted(Comparator.<ImportTarget>comparingInt(t -> USUAL.contains(t.key()) ? USUAL.indexOf(t.key()) : USUAL.size()).thenComparing(ImportTarget::key)).toList();
    }

    private static boolean allowed(Wearer me, ImportTarget target) {
        return me.grants().stream().anyMatch(grant -> target.roles().contains(grant.role()));
    }

    /** A kind that somebody may not import is not found. */
    ImportTarget target(Wearer me, String kind) {
        ImportTarget target = targets.get(kind);
        if (target == null || !allowed(me, target)) throw new NotFound();
        return target;
    }

    /** What is known of a kind as a file of that kind; not found where it may not leave the house. */
    @Transactional(readOnly = true)
    public byte[] export(Wearer me, String kind) {
        ImportTarget target = target(me, kind);
        if (!target.exports()) throw new NotFound();
        String title = messages.getMessage("roster.kind." + kind, null, Locale.SIMPLIFIED_CHINESE);
        return templates.known(target.kind(me.school()), title, target.known(me.school()));
    }

    @Transactional(readOnly = true)
    public List<Draft> drafts(Wearer me) {
        return drafts.of(me.school(), me.account());
    }

    /** Keeps a file when it can be read; drafts older than a week go. */
    @Transactional
    public Outcome<UUID> take(Wearer me, String kind, String fileName, byte[] content) {
        ImportTarget target = target(me, kind);
        UUID school = me.school();
        String name = fileName.isBlank() ? kind : fileName.length() > 200 ? fileName.substring(fileName.length() - 200) : fileName;
        Draft draft = new Draft(ids.next(), me.account(), target.key(), name, Draft.Mended.NOTHING, Draft.Answered.NOTHING, clock.instant(), null);
        try {
            remember(draft, readFile(school, target, draft, content));
        } catch (SheetRefused refused) {
            return Outcome.refused(refusal(refused.problem()));
        }
        drafts.removeBefore(school, clock.instant().minus(KEPT));
        drafts.add(school, draft, content);
        audit.record(school, "roster.import_uploaded", "draft", draft.id(), Map.of("kind", kind));
        return Outcome.done(draft.id());
    }

    /** What the file would do now. A file that was read before can't be refused any more, except by a change of what its columns mean. */
    @Transactional(readOnly = true)
    public Looked look(Wearer me, UUID id) throws SheetRefused {
        return look(me, drafts.get(me.school(), me.account(), id));
    }

    /** What the room would refuse of the file as it is answered now; empty where it can be saved. */
    @Transactional(readOnly = true)
    public List<Refusal> wouldRefuse(Wearer me, Looked looked) {
        return target(me, looked.draft().kind()).refusals(me.school(), looked.preview(), looked.draft().answered().gone());
    }

    private Looked look(Wearer me, Draft draft) throws SheetRefused {
        if (draft.applied() != null) throw new NotFound();
        ImportTarget target = target(me, draft.kind());
        UUID school = me.school();
        SheetImport rows = readOnce(school, target, draft);
        List<ImportPreview.Known> known = target.known(school).stream().filter(target.reach(school, me)).toList();
        ImportPreview preview = ImportPreview.of(target.kind(school), known, rows, draft.answered().answers());
        return new Looked(draft, rows, preview, digest(preview));
    }

    @Transactional
    public void mend(Wearer me, UUID id, Draft.Mended.Cell cell) {
        Draft draft = drafts.get(me.school(), me.account(), id);
        drafts.change(me.school(), draft.with(draft.mended().with(cell)));
    }

    @Transactional
    public void mean(Wearer me, UUID id, String tab, Map<String, String> columns) {
        Draft draft = drafts.get(me.school(), me.account(), id);
        drafts.change(me.school(), draft.with(draft.mended().with(tab, columns)));
    }

    @Transactional
    public void answer(Wearer me, UUID id, List<Draft.Answered.Row> rows) {
        Draft draft = drafts.get(me.school(), me.account(), id);
        drafts.change(me.school(), draft.with(draft.answered().with(rows)));
    }

    /** Answers every open question that has a likely answer with it. */
    @Transactional
    public int acceptSuggestions(Wearer me, UUID id) throws SheetRefused {
        List<Draft.Answered.Row> rows = new ArrayList<>();
        for (ImportPreview.Entry entry : look(me, drafts.get(me.school(), me.account(), id)).preview().entries())
            if (entry instanceof ImportPreview.Ask ask && ask.suggested() != null)
                rows.add(new Draft.Answered.Row(ask.row().tab(), ask.row().row(), ask.suggested().key()));
        answer(me, id, rows);
        return rows.size();
    }

    @Transactional
    public void gone(Wearer me, UUID id, Set<String> recordKeys) {
        Draft draft = drafts.get(me.school(), me.account(), id);
        drafts.change(me.school(), draft.with(draft.answered().withGone(recordKeys)));
    }

    @Transactional
    public void discard(Wearer me, UUID id) {
        drafts.remove(me.school(), drafts.get(me.school(), me.account(), id).id());
    }

    /**
     * Does what the preview showed. When something changed since it was shown, nothing is done and the person looks again. A draft is
     * applied once: doing it again answers what came of it.
     *
     * @param digest of the preview as shown; empty from the command line, which shows nothing before
     */
    @Transactional
    public Outcome<ImportTarget.Applied> apply(Wearer me, UUID id, String digest) throws SheetRefused {
        UUID school = me.school();
        Draft draft = drafts.get(school, me.account(), id);
        ImportTarget target = target(me, draft.kind());
        drafts.waitForTurn(school, target.key());
        ImportTarget.Applied before = drafts.get(school, me.account(), id).applied();
        if (before != null) return Outcome.done(before);
        Looked looked = look(me, draft);
        if (!digest.isEmpty() && !digest.equals(looked.digest())) return Outcome.refused(new Refusal.Simple("roster.import.refused.changed"));
        List<Refusal> no = target.refusals(school, looked.preview(), draft.answered().gone());
        if (!no.isEmpty()) return Outcome.refused(no);
        ImportTarget.Applied applied = target.apply(school, looked.preview(), draft.answered().gone());
        drafts.applied(school, id, applied, clock.instant());
        if (applied.added() >= MANY) drafts.countRows();
        audit.record(school, "roster.import_applied", "draft", id, Map.of("kind", draft.kind(), "added", applied.added(), "changed", applied.changed(), "removed", applied.removed()));
        return Outcome.done(applied);
    }

    private SheetImport readOnce(UUID school, ImportTarget target, Draft draft) throws SheetRefused {
        if (target.readsAnew()) return readFile(school, target, draft, drafts.content(school, draft.id()));
        synchronized (read) {
            SheetImport known = read.get(version(draft));
            if (known != null) return known;
        }
        SheetImport fresh = readFile(school, target, draft, drafts.content(school, draft.id()));
        remember(draft, fresh);
        return fresh;
    }

    private void remember(Draft draft, SheetImport rows) {
        synchronized (read) {
            read.put(version(draft), rows);
            while (read.size() > READ_AT_ONCE) read.remove(read.keySet().iterator().next());
        }
    }

    private static String version(Draft draft) {
        return draft.id() + "/" + draft.mended().hashCode();
    }

    private SheetImport readFile(UUID school, ImportTarget target, Draft draft, byte[] content) throws SheetRefused {
        try {
            Path file = Files.createTempFile("import-", ".tmp");
            try {
                Files.write(file, content);
                try (SheetBook book = SheetBook.open(file, draft.fileName(), SheetLimits.STANDARD)) {
                    return SheetImport.read(book.tabs(), target.kind(school), roster.importContext(school, today()), draft.mended().corrections());
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    static Refusal refusal(SheetProblem problem) {
        return new Refusal.Simple(problem.key(), "file", List.copyOf(problem.facts()));
    }

    private static String digest(ImportPreview preview) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ImportPreview.Entry entry : preview.entries()) {
                String line =
                        switch (entry) {
                            case ImportPreview.New fresh -> "n" + String.join("\u001F", fresh.row().values());
                            case ImportPreview.Changed changed -> "c" + changed.known().key() + changed.changes();
                            case ImportPreview.Same same -> "s" + same.known().key();
                            case ImportPreview.Ask ask -> "a" + ask.row().row() + ask.doubt();
                            case ImportPreview.Skipped skipped -> "k" + skipped.row().row();
                        };
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            for (ImportPreview.Known gone : preview.gone()) digest.update(gone.key().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
