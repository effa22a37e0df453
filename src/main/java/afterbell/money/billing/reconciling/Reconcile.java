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
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Posting;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a file in, and closes what differs by the cause that a person gives; each cause posts what it must, once. */
@Component
@Transactional
class Reconcile {
    /** What a person may say of a difference, the likeliest first. */
    static final Map<String, List<String>> CAUSES = Map.of(
            "missing_here", List.of("take", "not_ours", "asked"),
            "unknown_payer", List.of("take", "settle", "not_ours", "asked"),
            "missing_there", List.of("later", "reverse", "asked"),
            "amount", List.of("correct", "asked"),
            "twice", List.of("once", "asked"),
            "paid_twice", List.of("take", "asked"),
            "fee", List.of("fee", "asked"),
            "books", List.of("asked"),
            "back_unknown", List.of("asked", "not_ours"));

    private final StatementStore store;
    private final Payments payments;
    private final Ledger ledger;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final List<StatementLayout> layouts = StatementLayout.shipped();

    Reconcile(StatementStore store, Payments payments, Ledger ledger, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.payments = payments;
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

    /** @param again whether the same bytes were read before, so that nothing was done */
    record Taken(UUID file, boolean again, int differences) {}

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
        if (known.isPresent()) return new Taken(known.get(), true, 0);
        UUID id = ids.next();
        Instant now = clock.instant();
        store.add(school, id, st, by, now);
        int found = store.differ(school, id, st);
        store.came(school, id, st.layout().way().name(), now);
        audit.record(school, "billing.statement_taken", "statement", id, Map.of("layout", st.layout().code(), "lines", st.rows().size(), "fen", st.paid(), "differences", found));
        return new Taken(id, false, found);
    }

    /**
     * Closes differences by one cause.
     *
     * @param one a single one, or null for all open ones of the kind
     * @param channel of a settlement: wechat, alipay, card, platform; else empty
     */
    public Outcome<Integer> close(Wearer me, UUID file, @Nullable UUID one, String kind, String cause, String channel, UUID key) {
        UUID school = me.school();
        store.file(school, file).orElseThrow(NotFound::new);
        List<String> possible = CAUSES.get(kind);
        if (possible == null || !possible.contains(cause)) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.cause"));
        if (cause.equals("settle") && !Set.of("wechat", "alipay", "card", "platform").contains(channel)) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.channel"));
        String params = "billing.reconciled " + file + one + kind + cause + channel;
        return Outcome.done(Integer.valueOf(keys.once(key, params, () -> {
            List<StatementStore.Difference> open = store.locked(school, file, one == null ? List.of() : List.of(one), one == null ? kind : null).stream().filter(d -> d.kind().equals(kind)).toList();
            closed(school, open, cause, channel, me.account());
            return Integer.toString(open.size());
        })));
    }

    void closed(UUID school, List<StatementStore.Difference> open, String cause, String channel, @Nullable UUID by) {
        if (open.isEmpty()) return;
        switch (cause) {
            case "take" -> payments.takeAll(school, open.stream().map(d -> arrived(d, by)).toList());
            case "settle" -> post(school, open, Document.SETTLEMENT, "settled", by, d -> List.of(Posting.of("bank", d.amount()), new Posting("in-transit", null, channel, null, -d.amount())));
            case "fee" -> post(school, open, Document.SETTLEMENT, "fee", by, d -> List.of(Posting.of("fee-of-channel", d.amount()), side(d, -d.amount())));
            case "correct" -> post(school, open, Document.CORRECTION, "amount", by, d -> two(d, Objects.requireNonNull(d.there()) - Objects.requireNonNull(d.here())));
            case "reverse" -> post(school, open, Document.CORRECTION, "never-came", by, d -> two(d, -Objects.requireNonNull(d.here())));
            default -> {}
        }
        store.close(school, open.stream().map(StatementStore.Difference::id).toList(), cause, by, clock.instant());
        audit.record(school, "billing.difference_closed", "statement", open.getFirst().file(), Map.of("kind", open.getFirst().kind(), "cause", cause, "differences", open.size(), "fen", open.stream().mapToLong(StatementStore.Difference::amount).sum()));
    }

    private static Payments.Arrived arrived(StatementStore.Difference d, @Nullable UUID by) {
        return new Payments.Arrived(PayWay.valueOf(d.way()), Objects.requireNonNull(d.reference()), d.order() == null ? "" : d.order(), null, d.amount(), Objects.requireNonNull(d.at()), by, null);
    }

    private interface Lines {
        List<Posting> of(StatementStore.Difference d);
    }

    private void post(UUID school, List<StatementStore.Difference> open, Document document, String memo, @Nullable UUID by, Lines lines) {
        List<Draft> drafts = new ArrayList<>();
        for (StatementStore.Difference d : open) drafts.add(new Draft(ids.next(), document, d.id(), memo, clock.instant(), d.at() == null ? today() : ReadStatement.day(d.at()), by, lines.of(d)));
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
