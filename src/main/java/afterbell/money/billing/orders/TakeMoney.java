package afterbell.money.billing.orders;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.OnShow;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.WaysToPay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Receipts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes money that finance has in hand (cash, card) or has seen on the bank's statement, and gives strange money to the child it belongs to. */
@Component
class TakeMoney {
    private static final int REFERENCE = 40;
    private static final int HOW = 500;

    private final PayStore store;
    private final Payments payments;
    private final Receipts receipts;
    private final WaysToPay ways;
    private final OnShow onShow;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    TakeMoney(PayStore store, Payments payments, Receipts receipts, WaysToPay ways, OnShow onShow, CommandKeys keys, Audit audit, Clock clock) {
        this.store = store;
        this.payments = payments;
        this.receipts = receipts;
        this.ways = ways;
        this.onShow = onShow;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Answers the label of the receipt, empty for a bank transfer: the bank's own paper is its receipt. */
    @Transactional
    Outcome<String> take(Wearer me, UUID child, Typed typed, UUID key) {
        UUID school = me.school();
        store.child(school, child).orElseThrow(NotFound::new);
        String params = "pay " + child + " " + typed.text("way") + " " + typed.text("amount") + " " + typed.text("reference") + " " + typed.text("day");
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(kept.get());
        Optional<PayWay> way = Arrays.stream(PayWay.values()).filter(w -> w.name().equals(typed.text("way"))).filter(w -> w.counter() || w == PayWay.BANK).findFirst();
        OptionalLong fen = typed.fen("amount");
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        LocalDate day = typed.date("day").orElse(today);
        List<Refusal> no = refusals(way, fen, typed.text("reference"), day, today, Math.max(0, onShow.collectable(school, List.of(child)).getOrDefault(child, 0L)));
        if (!no.isEmpty()) return Outcome.refused(no);
        String label = keys.once(key, params, () -> taken(me, child, way.orElseThrow(), fen.getAsLong(), typed.text("reference"), day.equals(today) ? clock.instant() : day.atTime(12, 0).atZone(Screen.ZONE).toInstant(), key));
        return label.equals(TWICE) ? Outcome.refused(refusal("billing.pay.refused.twice", "reference")) : Outcome.done(label);
    }

    private static final String TWICE = "twice";

    private static List<Refusal> refusals(Optional<PayWay> way, OptionalLong fen, String reference, LocalDate day, LocalDate today, long due) {
        List<Refusal> no = new ArrayList<>();
        if (way.isEmpty()) no.add(refusal("billing.pay.refused.way", "way"));
        if (fen.isEmpty() || fen.getAsLong() < 1 || fen.getAsLong() > 100_000_000) no.add(refusal("billing.pay.refused.amount", "amount"));
        // Money on the bank's statement is there already, however much it is; at the counter nobody is asked for more than is due.
        else if (way.filter(PayWay::counter).isPresent() && fen.getAsLong() > due) no.add(refusal("billing.pay.refused.too_much", "amount"));
        if (reference.length() > REFERENCE || reference.isEmpty() && way.filter(w -> w == PayWay.BANK).isPresent()) no.add(refusal("billing.pay.refused.reference", "reference"));
        if (day.isAfter(today) || day.isBefore(today.minusYears(1))) no.add(refusal("billing.pay.refused.day", "day"));
        return no;
    }

    private static Refusal refusal(String key, String field) {
        return new Refusal.Simple(key, field, List.of());
    }

    private String taken(Wearer me, UUID child, PayWay way, long fen, String reference, Instant paidAt, UUID key) {
        UUID school = me.school();
        // Cash has no number of its own: the command's key makes it one piece of money.
        String known = reference.isEmpty() ? key.toString() : reference;
        Payments.Taken taken = payments.take(school, Payments.Arrived.of(way, known, child, fen, paidAt, me.account()));
        if (taken.fate() != Payments.Fate.PAID) return TWICE;
        audit.record(school, "billing.payment_taken", "pupil", child, Map.of("way", way.name(), "fen", fen));
        return way.counter() ? receipts.write(school, Receipts.Kind.PAID, child, fen, way.name(), taken.id(), me.account()).label() : "";
    }

    /** Gives money that fits no order to one child. @param typed the child's id, or what a person typed to name it */
    @Transactional
    Outcome<String> place(Wearer me, UUID suspense, Optional<UUID> child, String typed) {
        List<Shown.Named> found = child.map(c -> store.child(me.school(), c).stream().toList()).orElseGet(() -> store.search(me.school(), typed));
        if (found.isEmpty()) return Outcome.refused(refusal("billing.suspense.refused.nobody", "child"));
        if (found.size() > 1) return Outcome.refused(refusal("billing.suspense.refused.several", "child"));
        Shown.Named pupil = found.getFirst();
        if (!payments.place(me.school(), suspense, pupil.id(), me.account())) throw new NotFound();
        audit.record(me.school(), "billing.money_placed", "pupil", pupil.id(), Map.of("suspense", suspense));
        return Outcome.done(pupil.name());
    }

    @Transactional
    Outcome<Integer> ways(Wearer me, Typed typed) {
        List<WaysToPay.Way> said = Arrays.stream(PayWay.values()).filter(w -> !w.online()).map(w -> new WaysToPay.Way(w, typed.yes("on" + w), typed.text("how" + w))).toList();
        List<Refusal> no = said.stream().filter(w -> w.how().length() > HOW).<Refusal>map(w -> new Refusal.Simple("billing.ways.refused.long", "how" + w.way(), List.of(HOW))).toList();
        if (!no.isEmpty()) return Outcome.refused(no);
        ways.put(me.school(), said);
        audit.record(me.school(), "billing.ways_set", "school", me.school(), Map.of("on", said.stream().filter(WaysToPay.Way::on).map(w -> w.way().name()).toList()));
        return Outcome.done((int) said.stream().filter(WaysToPay.Way::on).count());
    }
}
