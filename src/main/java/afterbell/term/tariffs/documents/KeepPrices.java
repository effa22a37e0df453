package afterbell.term.tariffs.documents;

import afterbell.base.audit.Audit;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Adds and changes price documents. What has been in force is never rewritten: it gets an end, and another one follows it (C7). */
@Component
class KeepPrices {
    private static final Set<FileKind> KINDS = Set.of(FileKind.PDF, FileKind.JPEG, FileKind.PNG);
    private static final Set<String> SERVICES = Set.of("after-school", "noon", "evening", "weekend", "holiday");
    private static final int MOST_LINES = 12;
    private static final int LONGEST = 60;
    private static final int LONGEST_TEXT = 300;

    private final Tariffs tariffs;
    private final Schools schools;
    private final Files files;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    KeepPrices(Tariffs tariffs, Schools schools, Files files, CommandKeys commands, Audit audit, Ids ids, Clock clock) {
        this.tariffs = tariffs;
        this.schools = schools;
        this.files = files;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    @Transactional(readOnly = true)
    public PricesPage list(UUID school, boolean edits) {
        return new PricesPage(edits, today(), tariffs.documents(school), "/schools/" + schools.get(school).code() + "/prices");
    }

    PricePage blank() {
        return new PricePage(null, false, "", "", "", "", "", "", today().toString(), "", false, withBlanks(List.of()), List.of());
    }

    @Transactional(readOnly = true)
    public PricePage page(UUID school, UUID id) {
        PriceDocument d = find(school, id);
        List<PricePage.Line> lines = d.lines().stream()
                .map(l -> new PricePage.Line(l.item(), BigDecimal.valueOf(l.fen(), 2).stripTrailingZeros().toPlainString(), l.unit().code(), l.serviceClass()))
                .toList();
        return new PricePage(
                id, held(d), d.title(), d.authority(), d.number(), d.refunds(), d.notice(), d.phone(), d.from().toString(), d.until() == null ? "" : d.until().toString(), d.file() != null, withBlanks(lines), List.of());
    }

    private PriceDocument find(UUID school, UUID id) {
        return tariffs.documents(school).stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    private boolean held(PriceDocument d) {
        return d.from().isBefore(today());
    }

    private static List<PricePage.Line> withBlanks(List<PricePage.Line> lines) {
        List<PricePage.Line> all = new ArrayList<>(lines);
        for (int blank = 0; blank < 2 && all.size() < MOST_LINES; blank++) all.add(PricePage.Line.BLANK);
        return List.copyOf(all);
    }

    /** The page as typed where refused, empty where done. @param id null for a new one */
    @Transactional
    public Optional<PricePage> keep(UUID school, @Nullable UUID id, Typed form, @Nullable InputStream document) {
        @Nullable PriceDocument before = id == null ? null : find(school, id);
        List<Refusal> no = new ArrayList<>();
        List<PricePage.Line> typed = lines(form);
        PriceDocument said = said(before, form, typed, no);
        if (before != null && held(before)) {
            boolean same = said.title().equals(before.title()) && said.authority().equals(before.authority()) && said.from().equals(before.from()) && sameLines(said, before);
            if (!same) no.add(refusal("held", "title"));
            if (said.until() != null && said.until().isBefore(today()) && !said.until().equals(before.until())) no.add(refusal("until_past", "until"));
        }
        UUID key = form.key(ids);
        String command = id + "/" + said.title() + said.authority() + said.number() + said.refunds() + said.notice() + said.phone() + said.from() + said.until() + typed;
        if (no.isEmpty()) {
            if (commands.kept(key, command).isPresent()) return Optional.empty();
            @Nullable UUID file = said.file();
            if (document != null)
                switch (files.put(new Files.Wanted(school, Files.Audience.PUBLIC, null, KINDS, "document", 10), document)) {
                    case Outcome.Done<Files.Kept> kept -> file = kept.value().id();
                    case Outcome.Refused<Files.Kept> refused -> no.addAll(refused.refusals());
                }
            if (no.isEmpty()) {
                PriceDocument kept = said.with(file);
                commands.once(key, command, () -> {
                    tariffs.put(school, kept);
                    audit.record(school, id == null ? "tariffs.document_added" : "tariffs.document_changed", "tariff", kept.id(), Map.of("from", kept.from().toString(), "lines", kept.lines().size()));
                    return kept.id().toString();
                });
                return Optional.empty();
            }
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }
        return Optional.of(new PricePage(
                id, before != null && held(before), form.text("title"), form.text("authority"), form.text("number"), form.text("refunds"), form.text("notice"), form.text("phone"), form.text("from"), form.text("until"),
                before != null && before.file() != null, withBlanks(typed.stream().filter(l -> !l.item().isEmpty() || !l.yuan().isEmpty()).toList()), no));
    }

    private static boolean sameLines(PriceDocument a, PriceDocument b) {
        return a.lines().stream().map(l -> List.of(l.item(), l.unit(), l.fen(), l.serviceClass())).toList().equals(b.lines().stream().map(l -> List.of(l.item(), l.unit(), l.fen(), l.serviceClass())).toList());
    }

    private PriceDocument said(@Nullable PriceDocument before, Typed form, List<PricePage.Line> typed, List<Refusal> no) {
        for (String field : List.of("title", "authority"))
            if (!form.has(field)) no.add(refusal(field, field));
            else if (length(form.text(field)) > LONGEST) no.add(refusal("long", field, LONGEST));
        for (String field : List.of("number", "phone")) if (length(form.text(field)) > LONGEST) no.add(refusal("long", field, LONGEST));
        for (String field : List.of("refunds", "notice")) if (length(form.text(field)) > LONGEST_TEXT) no.add(refusal("long", field, LONGEST_TEXT));
        Optional<LocalDate> from = form.date("from");
        Optional<LocalDate> until = form.date("until");
        if (from.isEmpty()) no.add(refusal("from", "from"));
        if (form.has("until") && until.isEmpty() || until.isPresent() && from.isPresent() && until.get().isBefore(from.get())) no.add(refusal("until", "until"));
        if (!form.has("refunds")) no.add(refusal("refunds", "refunds"));
        if (!form.has("phone")) no.add(refusal("phone", "phone"));
        List<PriceDocument.Line> lines = new ArrayList<>();
        for (PricePage.Line line : typed) line(line, lines, no);
        if (lines.isEmpty() && no.stream().noneMatch(r -> r.field().equals("item"))) no.add(refusal("no_lines", "item"));
        return new PriceDocument(
                before == null ? ids.next() : before.id(),
                form.text("title"),
                form.text("authority"),
                form.text("number"),
                form.text("refunds"),
                form.text("notice"),
                form.text("phone"),
                from.orElse(LocalDate.EPOCH),
                until.filter(u -> from.isPresent() && !u.isBefore(from.get())).orElse(null),
                lines,
                before == null ? null : before.file());
    }

    private void line(PricePage.Line line, List<PriceDocument.Line> lines, List<Refusal> no) {
        if (line.item().isEmpty() && line.yuan().isEmpty()) return;
        long fen = line.yuan().matches("\\d{1,5}(\\.\\d{1,2})?") ? new BigDecimal(line.yuan()).movePointRight(2).longValueExact() : -1;
        if (line.item().isEmpty()) no.add(refusal("item", "item"));
        else if (length(line.item()) > LONGEST) no.add(refusal("long", "item", LONGEST));
        else if (fen < 0) no.add(refusal("amount", "item", line.item()));
        else {
            PriceDocument.Unit unit = Arrays.stream(PriceDocument.Unit.values()).filter(u -> u.code().equals(line.unit())).findFirst().orElse(PriceDocument.Unit.PERIOD);
            lines.add(new PriceDocument.Line(ids.next(), line.item(), unit, fen, SERVICES.contains(line.service()) ? line.service() : "after-school"));
        }
    }

    private static List<PricePage.Line> lines(Typed form) {
        List<String> item = form.texts("item");
        List<String> yuan = form.texts("yuan");
        List<String> unit = form.texts("unit");
        List<String> service = form.texts("service");
        List<PricePage.Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(item.size(), MOST_LINES); i++) lines.add(new PricePage.Line(item.get(i), at(yuan, i), at(unit, i), at(service, i)));
        return lines;
    }

    private static String at(List<String> texts, int i) {
        return i < texts.size() ? texts.get(i) : "";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple("tariffs.refused." + key, field, List.of(facts));
    }

    /** Removes a document that was never in force; answers false where it was. */
    @Transactional
    public boolean remove(UUID school, UUID id) {
        if (held(find(school, id))) return false;
        tariffs.remove(school, id);
        audit.record(school, "tariffs.document_removed", "tariff", id, Map.of());
        return true;
    }
}
