package afterbell.money.billing.reconciling;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Posting;
import afterbell.money.billing.Refunds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a file in, and closes what differs by the cause that a person gives; each cause posts what it must, once. */
@Component
@Transactional
class Reconcile {
    /** What a person may say of a difference, the likeliest first. */
    static final Map<String, List<String>> CAUSES = Map.ofEntries(
            Map.entry("missing_here", List.of("take", "not_ours", "asked")),
            Map.entry("unknown_payer", List.of("take", "settle", "not_ours", "asked")),
            Map.entry("missing_there", List.of("later", "reverse", "asked")),
            Map.entry("amount", List.of("correct", "asked")),
            Map.entry("twice", List.of("once", "asked")),
            Map.entry("paid_twice", List.of("take", "asked")),
            Map.entry("fee", List.of("fee", "asked")),
            Map.entry("books", List.of("asked")),
            Map.entry("back_unknown", List.of("asked", "not_ours")),
            Map.entry("back_paid", List.of("done", "asked")),
            Map.entry("back_missing", List.of("later", "bounced", "asked")),
            Map.entry("back_amount", List.of("correct", "asked")),
            Map.entry("back_twice", List.of("correct", "asked")));

    private final StatementStore store;
    private final Payments payments;
    private final PayOrders orders;
    private final Refunds refunds;
    private final Ledger ledger;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final List<StatementLayout> layouts = StatementLayout.shipped();

    Reconcile(StatementStore store, Payments payments, PayOrders orders, Refunds refunds, Ledger ledger, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.payments = payments;
        this.orders = orders;
        this.refunds = refunds;
        this.ledger = ledger;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    List<StatementLayout> layouts() {
        return layouts;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /**
     * @param again whether the same bytes were read before, so that nothing was done
     * @param asked whether other files of these days have asked about something that is still open
     */
    record Taken(UUID file, boolean again, int differences, boolean asked) {}

    public Outcome<Taken> take(Wearer me, String layout, Path file, String name) {
        Optional<StatementLayout> chosen = layouts.stream().filter(l -> l.code().equals(layout)).findFirst();
        if (chosen.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.layout", "layout", List.of()));
        return switch (ReadStatement.read(chosen.get(), file, name)) {
            case Outcome.Done<Statement>(Statement st) -> st.until().isAfter(today()) ? Outcome.refused(new Refusal.Simple("billing.reconcile.refused.future", "file", List.of())) : Outcome.done(put(me.school(), st, me.account()));
            case Outcome.Refused<Statement>(List<Refusal> no) -> Outcome.refused(no);
        };
    }

    /** A file that was read; the same bytes a second time change nothing. */
    Taken put(UUID school, Statement st, @Nullable UUID by) {
        // Two taps at once: the second waits here and finds what the first has brought.
        store.oneAfterTheOther(school, st.layout().way().name());
        Optional<UUID> known = store.known(school, st.sha256());
        if (known.isPresent()) return new Taken(known.get(), true, 0, false);
        UUID id = ids.next();
        Instant now = clock.instant();
        store.add(school, id, st, by, now);
        late(school, id, st.layout().way(), by);
        int found = store.differ(school, id, st) + store.outgoing(school, id, st);
        store.came(school, id, st.layout().way().name(), now);
        audit.record(school, "billing.statement_taken", "statement", id, Map.of("layout", st.layout().code(), "lines", st.rows().size(), "fen", st.paid(), "differences", found));
        return new Taken(id, false, found, !store.elsewhere(school, id, st.layout().way().name(), st.from(), st.until()).isEmpty());
    }

    /** What was reversed as never come and stands in this file is put right: the child has paid after all. */
    private void late(UUID school, UUID file, PayWay way, @Nullable UUID by) {
        List<StatementStore.Late> late = store.late(school, file, way.name());
        if (late.isEmpty()) return;
        ledger.postAll(school, late.stream().map(l -> new Draft(ids.next(), Document.CORRECTION, l.difference(), "came", clock.instant(), ReadStatement.day(l.at()), by, List.of(new Posting(way.account(), null, way.channel(), null, l.fen()), Posting.ofPupil("family", l.pupil(), null, -l.fen())))).toList());
        orders.refresh(school, late.stream().map(StatementStore.Late::pupil).collect(Collectors.toSet()));
        audit.record(school, "billing.reversed_money_came", "statement", file, Map.of("payments", late.size(), "fen", late.stream().mapToLong(StatementStore.Late::fen).sum()));
    }

    /**
     * Closes differences by one cause.
     *
     * @param one a single one, or null for all open ones of the kind
     * @param channel of a settlement: wechat, alipay, card, platform; else empty
     */
    public Outcome<Integer> close(Wearer me, UUID file, @Nullable UUID one, String kind, String cause, String channel, UUID key) {
        UUID school = me.school();
        StatementStore.File known = store.file(school, file).orElseThrow(NotFound::new);
        List<String> possible = CAUSES.get(kind);
        if (possible == null || !possible.contains(cause)) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.cause"));
        if (cause.equals("settle") && !Set.of("wechat", "alipay", "card", "platform").contains(channel)) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.channel"));
        String params = "billing.reconciled " + file + one + kind + cause + channel;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(Integer.valueOf(kept.get()));
        // As files are taken: nothing comes in between what is asked about and what is posted.
        store.oneAfterTheOther(school, known.way());
        List<StatementStore.Difference> open = store.locked(school, file, one == null ? List.of() : List.of(one), one == null ? kind : null).stream().filter(d -> d.kind().equals(kind)).toList();
        Optional<Refusal> no = overtaken(school, open, cause);
        if (no.isPresent()) return Outcome.refused(no.get());
        return Outcome.done(Integer.valueOf(keys.once(key, params, () -> {
            closed(school, open, cause, channel, me.account());
            return Integer.toString(open.size());
        })));
    }

    /** Why a cause that fitted when the file was read posts nothing, or the wrong thing, by now. */
    private Optional<Refusal> overtaken(UUID school, List<StatementStore.Difference> open, String cause) {
        List<UUID> differences = open.stream().map(StatementStore.Difference::id).toList();
        return switch (cause) {
            case "done", "correct" -> store.astray(school, differences).stream().findFirst().map(number -> new Refusal.Simple("billing.reconcile.refused.astray", "", List.of(number)));
            case "take" -> store.takenOtherwise(school, differences).stream().findFirst().map(reference -> new Refusal.Simple("billing.reconcile.refused.taken", "", List.of(reference)));
            default -> Optional.empty();
        };
    }

    void closed(UUID school, List<StatementStore.Difference> open, String cause, String channel, @Nullable UUID by) {
        if (open.isEmpty()) return;
        switch (cause) {
            case "take" -> payments.takeAll(school, open.stream().map(d -> arrived(d, by)).toList());
            case "settle" -> post(school, open, Document.SETTLEMENT, "settled", by, Reconcile::row, d -> List.of(Posting.of("bank", d.amount()), new Posting("in-transit", null, channel, null, -d.amount())));
            case "fee" -> post(school, open, Document.SETTLEMENT, "fee", by, StatementStore.Difference::id, d -> List.of(Posting.of("fee-of-channel", d.amount()), side(d, -d.amount())));
            case "correct" -> correct(school, open, by);
            case "reverse" -> post(school, open, Document.CORRECTION, "never-came", by, StatementStore.Difference::id, d -> two(d, -Objects.requireNonNull(d.here())));
            case "done" -> refunds.done(school, refundsOf(open), by);
            case "bounced" -> refunds.bounced(school, refundsOf(open), by);
            default -> {}
        }
        orders.refresh(school, open.stream().map(StatementStore.Difference::pupil).filter(Objects::nonNull).collect(Collectors.toSet()));
        store.close(school, open.stream().map(StatementStore.Difference::id).toList(), cause, by, clock.instant());
        audit.record(school, "billing.difference_closed", "statement", open.getFirst().file(), Map.of("kind", open.getFirst().kind(), "cause", cause, "differences", open.size(), "fen", open.stream().mapToLong(StatementStore.Difference::amount).sum()));
    }

    private static Payments.Arrived arrived(StatementStore.Difference d, @Nullable UUID by) {
        return new Payments.Arrived(PayWay.valueOf(d.way()), Objects.requireNonNull(d.reference()), d.order() == null ? "" : d.order(), null, d.amount(), Objects.requireNonNull(d.at()), by, null);
    }

    // The file is right. Of a payment the child has paid that much; of a refund it got that much, a second one wholly too much.
    private void correct(UUID school, List<StatementStore.Difference> open, @Nullable UUID by) {
        refunds.done(school, refundsOf(open), by);
        post(school, open, Document.CORRECTION, open.getFirst().refund() == null ? "amount" : Refunds.CORRECTED, by, StatementStore.Difference::id, d -> {
            long here = d.kind().equals("back_twice") ? 0 : Objects.requireNonNull(d.here());
            long there = Objects.requireNonNull(d.there());
            return two(d, d.refund() == null ? there - here : here - there);
        });
    }

    private static List<UUID> refundsOf(List<StatementStore.Difference> open) {
        return open.stream().map(StatementStore.Difference::refund).filter(Objects::nonNull).distinct().toList();
    }

    /** The same for one row of a bank in whatever file it stands, so that the ledger itself refuses it a second time. */
    private static UUID row(StatementStore.Difference d) {
        return UUID.nameUUIDFromBytes((d.way() + "|" + d.reference() + "|" + d.amount()).getBytes(StandardCharsets.UTF_8));
    }

    private interface Lines {
        List<Posting> of(StatementStore.Difference d);
    }

    private void post(UUID school, List<StatementStore.Difference> open, Document document, String memo, @Nullable UUID by, Function<StatementStore.Difference, UUID> of, Lines lines) {
        List<Draft> drafts = new ArrayList<>();
        for (StatementStore.Difference d : open) drafts.add(new Draft(ids.next(), document, of.apply(d), memo, clock.instant(), d.at() == null ? today() : ReadStatement.day(d.at()), by, lines.of(d)));
        ledger.postAll(school, drafts);
    }

    /** More or less of one child's money, as the file says. */
    private static List<Posting> two(StatementStore.Difference d, long fen) {
        return List.of(side(d, fen), new Posting("family", Objects.requireNonNull(d.pupil()), null, null, -fen));
    }

    private static Posting side(StatementStore.Difference d, long fen) {
        PayWay way = PayWay.valueOf(d.way());
        return new Posting(way.account(), null, way.channel(), null, fen);
    }
}
