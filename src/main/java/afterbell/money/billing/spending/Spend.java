package afterbell.money.billing.spending;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Choices.FeeUse;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.web.multipart.MultipartFile;

/** Enters what was spent, and decides about it: never the same person, and a use that the region forbids is refused with its clause. */
@Component
@Transactional
class Spend {
    private static final int WORDS = 100;
    private static final int PICTURES = 8;
    private static final int LARGEST = 15;

    private final SpendingStore store;
    private final Ledger ledger;
    private final Rules rules;
    private final Calendars calendars;
    private final Files files;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Spend(SpendingStore store, Ledger ledger, Rules rules, Calendars calendars, Files files, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.rules = rules;
        this.calendars = calendars;
        this.files = files;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Uses that can be entered; staff pay comes from its own month. */
    static List<FeeUse> uses() {
        return Arrays.stream(FeeUse.values()).filter(u -> u != FeeUse.STAFF_PAY).toList();
    }

    Verdict verdict(UUID school, LocalDate day, FeeUse use) {
        return rules.judge(school, day, Rule.FEE_ALLOWED_USES, EnumSet.of(use));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    public Outcome<UUID> enter(Wearer me, Typed typed, List<MultipartFile> pictures, UUID key) {
        String params = "billing.spent " + typed.values();
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        List<Refusal> no = new ArrayList<>();
        Optional<FeeUse> use = uses().stream().filter(u -> YamlTree.spelled(u).equals(typed.text("use"))).findFirst();
        OptionalLong fen = typed.fen("yuan");
        Optional<LocalDate> day = typed.date("day").filter(d -> !d.isAfter(today()) && d.isAfter(today().minusYears(2)));
        String payee = typed.text("payee");
        String what = typed.text("what");
        List<MultipartFile> given = pictures.stream().filter(p -> !p.isEmpty()).toList();
        if (use.isEmpty()) no.add(new Refusal.Simple("billing.spending.refused.use", "use", List.of()));
        use.ifPresent(u -> {
            if (verdict(me.school(), day.orElse(today()), u) instanceof Verdict.Refused forbidden) no.add(BrokenRule.of(forbidden, "use"));
        });
        if (fen.isEmpty() || fen.getAsLong() == 0) no.add(new Refusal.Simple("billing.spending.refused.yuan", "yuan", List.of()));
        if (day.isEmpty()) no.add(new Refusal.Simple("billing.spending.refused.day", "day", List.of()));
        if (payee.isEmpty() || payee.length() > WORDS) no.add(new Refusal.Simple("billing.spending.refused.payee", "payee", List.of(WORDS)));
        if (what.isEmpty() || what.length() > WORDS) no.add(new Refusal.Simple("billing.spending.refused.what", "what", List.of(WORDS)));
        if (given.isEmpty() || given.size() > PICTURES) no.add(new Refusal.Simple("billing.spending.refused.voucher", "voucher", List.of(PICTURES)));
        if (!no.isEmpty()) return Outcome.refused(no);
        List<UUID> kept = new ArrayList<>();
        Set<UUID> shown = new HashSet<>();
        for (MultipartFile picture : given) {
            switch (put(me.school(), picture)) {
                case Outcome.Done<Files.Kept>(Files.Kept file) -> {
                    kept.add(file.id());
                    if (file.kind().picture()) shown.add(file.id());
                }
                case Outcome.Refused<Files.Kept>(List<Refusal> bad) -> {
                    TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                    return Outcome.refused(bad);
                }
            }
        }
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> {
            UUID id = add(me.school(), use.orElseThrow(), fen.getAsLong(), day.orElseThrow(), typed.text("source").equals("cash") ? "cash" : "bank", payee, what, null, kept, shown, me.account());
            return id.toString();
        })));
    }

    private Outcome<Files.Kept> put(UUID school, MultipartFile picture) {
        Files.Wanted wanted = new Files.Wanted(school, Files.Audience.STAFF, null, Set.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.PDF), "voucher", LARGEST);
        try (InputStream in = picture.getInputStream()) {
            return files.put(wanted, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UUID add(UUID school, FeeUse use, long fen, LocalDate day, String source, String payee, String what, @Nullable UUID backOf, List<UUID> kept, Set<UUID> shown, @Nullable UUID by) {
        UUID id = ids.next();
        UUID term = calendars.termAt(school, day).map(Term::id).orElse(null);
        store.add(school, new SpendingStore.Spent(id, term, YamlTree.spelled(use), fen, day, source, payee, what, backOf, "entered", by, clock.instant(), kept, shown, false));
        audit.record(school, "billing.spending_entered", "spending", id, Map.of("use", YamlTree.spelled(use), "fen", fen, "vouchers", kept.size(), "back", backOf != null));
        return id;
    }

    /** Why this person can't decide; empty where it can. */
    Optional<Refusal> mayNot(Wearer me, SpendingStore.Spent s) {
        if (!s.state().equals("entered")) return Optional.of(new Refusal.Simple("billing.spending.refused.decided"));
        if (me.account().equals(s.enteredBy())) return Optional.of(new Refusal.Simple("billing.spending.refused.two"));
        int bound = rules.value(me.school(), s.day(), Rule.SPENDING_PRINCIPAL_YUAN);
        if (s.fen() >= bound * 100L && !me.is(Role.PRINCIPAL)) return Optional.of(new Refusal.Simple("billing.spending.refused.principal", "", List.of(bound)));
        return Optional.empty();
    }

    /** The second pair of eyes: approved money stands in the ledger with the act. */
    public Outcome<UUID> decide(Wearer me, UUID id, boolean yes, UUID key) {
        SpendingStore.Spent s = store.locked(me.school(), id).orElseThrow(NotFound::new);
        String params = "billing.spending_decided " + id + yes;
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        Optional<Refusal> no = mayNot(me, s);
        if (no.isPresent()) return Outcome.refused(List.of(no.get()));
        // The rules may have become stricter since it was entered; what comes back is never forbidden.
        FeeUse use = uses().stream().filter(u -> YamlTree.spelled(u).equals(s.use())).findFirst().orElseThrow();
        if (yes && s.backOf() == null && verdict(me.school(), s.day(), use) instanceof Verdict.Refused forbidden) return Outcome.refused(List.of(BrokenRule.of(forbidden, "")));
        keys.once(key, params, () -> {
            decided(me.school(), s, yes, me.account());
            return id.toString();
        });
        return Outcome.done(id);
    }

    void decided(UUID school, SpendingStore.Spent s, boolean yes, @Nullable UUID by) {
        store.decide(school, s.id(), yes ? "approved" : "refused", by, clock.instant());
        long fen = s.backOf() == null ? s.fen() : -s.fen();
        if (yes)
            ledger.post(
                    school,
                    new Draft(ids.next(), Document.SPENDING, s.id(), s.use(), clock.instant(), s.day(), by, List.of(new Posting("service-fund", null, null, s.term(), fen), new Posting(s.source(), null, null, s.term(), -fen))));
        audit.record(school, yes ? "billing.spending_approved" : "billing.spending_refused", "spending", s.id(), Map.of("use", s.use(), "fen", fen));
    }

    /** Takes an approved one back; that, too, is approved by somebody else. */
    public Outcome<UUID> takeBack(Wearer me, UUID id, UUID key) {
        SpendingStore.Spent s = store.locked(me.school(), id).orElseThrow(NotFound::new);
        String params = "billing.spending_back " + id;
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        if (!s.state().equals("approved") || s.backOf() != null || s.takenBack()) return Outcome.refused(new Refusal.Simple("billing.spending.refused.back"));
        FeeUse use = uses().stream().filter(u -> YamlTree.spelled(u).equals(s.use())).findFirst().orElseThrow();
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> add(me.school(), use, s.fen(), today(), s.source(), s.payee(), s.what(), s.id(), s.files(), s.pictures(), me.account()).toString())));
    }
}
