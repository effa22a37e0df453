package afterbell.money.billing.refunds;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Receipts;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.Refunds.Cause;
import afterbell.money.billing.Refunds.Destination;
import afterbell.money.billing.Refunds.How;
import afterbell.money.billing.Refunds.State;
import afterbell.money.billing.TariffsInUse;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What finance and its second person do about refunds. */
@Component
class GiveBack {
    private final RefundStore store;
    private final Refunds refunds;
    private final Receipts receipts;
    private final PersonalData personal;
    private final TariffsInUse tariffs;
    private final Rules rules;
    private final Notices notices;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    GiveBack(RefundStore store, Refunds refunds, Receipts receipts, PersonalData personal, TariffsInUse tariffs, Rules rules, Notices notices, CommandKeys keys, Audit audit, Clock clock) {
        this.store = store;
        this.refunds = refunds;
        this.receipts = receipts;
        this.personal = personal;
        this.tariffs = tariffs;
        this.rules = rules;
        this.notices = notices;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public RefundsPage page(Wearer me, List<? extends Refusal> no) {
        LocalDate today = today();
        List<RefundsPage.Credit> credits = store.credits(me.school(), null, today);
        return new RefundsPage(credits, store.batches(me.school(), null), store.lines(me.school(), null), usual(me.school(), today, credits), me.account(), me.is(Role.FINANCE), me.is(Role.FINANCE, Role.PRINCIPAL), no);
    }

    @Transactional(readOnly = true)
    public BatchPage batch(Wearer me, UUID batch, List<? extends Refusal> no) {
        RefundsPage.Batch found = store.batches(me.school(), batch).stream().findFirst().orElseThrow(NotFound::new);
        return new BatchPage(found, store.lines(me.school(), batch), me.is(Role.FINANCE, Role.PRINCIPAL), found.by().equals(me.account()), no);
    }

    @Transactional(readOnly = true)
    public NewRefundPage single(Wearer me, UUID child, Typed typed, List<? extends Refusal> no) {
        LocalDate today = today();
        RefundsPage.Credit credit = store.credits(me.school(), child, today).stream().findFirst().orElseThrow(NotFound::new);
        return new NewRefundPage(credit, tail(me.school(), child), entered(me.school(), child), usual(me.school(), today, List.of(credit)), rules.value(me.school(), today, Rule.FEE_REFUND_SECOND_PERSON_YUAN) * 100L, typed, no);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** What the tariff in use says; whoever of them leaves gets money. */
    private How usual(UUID school, LocalDate today, List<RefundsPage.Credit> credits) {
        How said = tariffs.on(school, today).map(t -> switch (t.tariff().refundTo()) {
            case ORIGINAL_PAYER -> How.AS_PAID;
            case NEXT_TERM -> How.NEXT_TERM;
            case CASH -> How.COUNTER;
        }).orElse(How.AS_PAID);
        return said == How.NEXT_TERM && !credits.stream().allMatch(RefundsPage.Credit::stays) ? How.AS_PAID : said;
    }

    @Transactional
    public Outcome<UUID> one(Wearer me, UUID child, Typed typed, UUID key) {
        OptionalLong fen = typed.fen("amount");
        if (fen.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.pay.refused.amount", "amount", List.of()));
        return order(me, List.of(new Refunds.Wanted(child, fen.getAsLong())), typed, key, child + " " + fen.getAsLong());
    }

    @Transactional
    public Outcome<UUID> many(Wearer me, Typed typed, UUID key) {
        List<UUID> rows = typed.ids("row");
        return order(me, rows.stream().map(r -> new Refunds.Wanted(r, null)).toList(), typed, key, rows.toString());
    }

    private Outcome<UUID> order(Wearer me, List<Refunds.Wanted> wanted, Typed typed, UUID key, String what) {
        Optional<How> how = Arrays.stream(How.values()).filter(h -> h.name().equals(typed.text("how"))).findFirst();
        Optional<Cause> cause = Arrays.stream(Cause.values()).filter(c -> c.name().equals(typed.text("cause"))).findFirst();
        if (how.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.refund.refused.how", "how", List.of()));
        if (cause.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.refund.refused.cause", "cause", List.of()));
        String params = "refund " + how.get() + cause.get() + what;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(UUID.fromString(kept.get()));
        Outcome<UUID> ordered = refunds.order(me.school(), wanted, how.get(), cause.get(), me.account());
        if (ordered instanceof Outcome.Done<UUID>(UUID batch)) keys.once(key, params, batch::toString);
        return ordered;
    }

    @Transactional
    public Outcome<Integer> decide(Wearer me, UUID batch, boolean yes) {
        return yes ? refunds.approve(me.school(), batch, me.account()) : refunds.refuse(me.school(), batch, me.account());
    }

    /**
     * Writes a list for the bank or the platform: what waits goes on it and is sent. A list that was taken before is written once more by itself, so that nobody
     * hands the bank yesterday's refunds with today's.
     *
     * @param again when the list was taken that is wanted once more; null for what waits
     * @return false where nothing waits, as after a second tap
     */
    @Transactional
    public boolean list(Wearer me, Destination to, @Nullable Instant again, Screen screen, OutputStream out) {
        List<Refunds.Row> rows = again == null ? refunds.handOver(me.school(), to) : refunds.listOf(me.school(), to, again);
        if (rows.isEmpty()) return false;
        audit.record(me.school(), again == null ? "billing.refund_list_taken" : "billing.refund_list_again", "list", null, Map.of("to", to.name(), "refunds", rows.size()));
        List<RefundStore.Listed> lines = store.listed(me.school(), rows.stream().map(Refunds.Row::id).toList());
        boolean bank = to == Destination.BANK_LIST;
        List<SheetOut.Column> columns = new ArrayList<>(List.of(SheetOut.Column.text(screen.t("billing.refund.list.number"), 22), SheetOut.Column.text(screen.t("billing.desk.child"), 12), SheetOut.Column.text(screen.t("billing.desk.class"), 14)));
        if (bank) columns.addAll(List.of(SheetOut.Column.text(screen.t("billing.account.holder"), 14), SheetOut.Column.text(screen.t("billing.account.bank"), 24), SheetOut.Column.text(screen.t("billing.account.number"), 24)));
        else columns.addAll(List.of(SheetOut.Column.text(screen.t("billing.refund.list.order"), 22), SheetOut.Column.text(screen.t("billing.refund.list.serial"), 24), SheetOut.Column.text(screen.t("billing.refund.list.e_receipt"), 22)));
        columns.add(SheetOut.Column.fen(screen.t("billing.refund.list.amount")));
        columns.add(SheetOut.Column.text(screen.t("billing.refund.list.sent"), 18));
        try (SheetOut book = new SheetOut(out)) {
            SheetOut.Tab tab = book.tab(screen.t("billing.refund.to." + to), columns);
            for (RefundStore.Listed l : lines) {
                String[] account = bank ? account(l) : new String[] {l.order(), l.reference(), l.eReceipt()};
                tab.row(l.number(), l.name(), l.className(), account[0], account[1], account[2], l.fen(), screen.dateTime(l.listed()));
            }
        }
        return true;
    }

    private String[] account(RefundStore.Listed l) {
        if (l.key() == null || l.sealed() == null) return new String[] {"", "", ""};
        String[] parts = personal.open(l.key(), l.sealed()).split("\n", -1);
        return parts.length == 3 ? parts : new String[] {"", "", ""};
    }

    /** The bank or platform has paid these. */
    @Transactional
    public int done(Wearer me, List<UUID> rows) {
        List<UUID> listed = store.lines(me.school(), null).stream().filter(l -> rows.contains(l.id()) && l.state() == State.SENT && (l.destination() == Destination.BANK_LIST || l.destination() == Destination.REVERSAL)).map(RefundsPage.Line::id).toList();
        int done = refunds.done(me.school(), listed, me.account()).size();
        if (done > 0) audit.record(me.school(), "billing.refunds_done", "school", me.school(), Map.of("refunds", done));
        return done;
    }

    /** The bank or platform has sent these back; what goes through a channel is the channel's to answer. */
    @Transactional
    public int cameBack(Wearer me, List<UUID> rows) {
        int failed = refunds.failed(me.school(), rows);
        if (failed > 0) audit.record(me.school(), "billing.refunds_came_back", "school", me.school(), Map.of("refunds", failed));
        return failed;
    }

    /** Hands cash out; answers the receipt's label. */
    @Transactional
    public Outcome<String> hand(Wearer me, UUID refund) {
        RefundStore.Handed found = store.refund(me.school(), refund).orElseThrow(NotFound::new);
        if (found.destination() != Destination.COUNTER || refunds.done(me.school(), List.of(refund), me.account()).isEmpty()) return Outcome.refused(new Refusal.Simple("billing.refund.refused.handed"));
        audit.record(me.school(), "billing.refund_handed_out", "refund", refund, Map.of("fen", found.fen()));
        return Outcome.done(receipts.write(me.school(), Receipts.Kind.RETURNED, found.pupil(), found.fen(), "CASH", found.payment(), me.account()).label());
    }

    @Transactional
    public boolean redirect(Wearer me, UUID refund, String to) {
        Optional<Destination> way = Arrays.stream(Destination.values()).filter(d -> d.name().equals(to)).filter(d -> d == Destination.BANK_LIST || d == Destination.COUNTER).findFirst();
        boolean done = way.isPresent() && refunds.redirect(me.school(), refund, way.get());
        if (done) audit.record(me.school(), "billing.refund_redirected", "refund", refund, Map.of("to", way.get().name()));
        return done;
    }

    /**
     * Keeps a family's bank account, sealed; runs under the family's own scope, or under the school's where finance writes down what the family has told. Then whoever is still
     * a guardian hears of it, for it is their money that goes there.
     *
     * @param desk whether finance says it
     */
    @Transactional
    public List<Refusal> account(Wearer me, UUID school, UUID child, boolean desk, Typed typed) {
        String number = typed.text("number").replaceAll("[\\s-]", "");
        List<Refusal> no = new ArrayList<>();
        if (typed.text("holder").isEmpty() || typed.text("holder").length() > 40) no.add(new Refusal.Simple("billing.account.refused.holder", "holder", List.of()));
        if (typed.text("bank").isEmpty() || typed.text("bank").length() > 60) no.add(new Refusal.Simple("billing.account.refused.bank", "bank", List.of()));
        if (!number.matches("\\d{12,30}")) no.add(new Refusal.Simple("billing.account.refused.number", "number", List.of()));
        if (!no.isEmpty()) return no;
        byte[] key = personal.newKey();
        String words = String.join("\n", typed.text("holder").replace('\n', ' '), typed.text("bank").replace('\n', ' '), number);
        store.keepAccount(school, child, key, personal.seal(key, words), number.substring(number.length() - 4), desk, me.account(), clock.instant());
        audit.record(school, desk ? "billing.payout_account_entered" : "billing.payout_account_kept", "pupil", child, Map.of());
        if (desk) notices.tell(new NewNotice(school, "billing.payout_account_entered", Words.of("billing.notice.account_entered"), "/pay/" + child + "/account", new Audience.Children(Set.of(child), true)).about(child));
        return List.of();
    }

    /** Name of a child who is or was of the school. */
    @Transactional(readOnly = true)
    public String name(UUID school, UUID child) {
        return store.name(school, child).orElseThrow(NotFound::new);
    }

    @Transactional(readOnly = true)
    public String tail(UUID school, UUID child) {
        return store.account(school, child).map(RefundStore.Account::tail).orElse("");
    }

    /** Whether the account that is known was entered by finance, and not by the family itself. */
    @Transactional(readOnly = true)
    public boolean entered(UUID school, UUID child) {
        return store.account(school, child).map(RefundStore.Account::desk).orElse(false);
    }
}
