package afterbell.money.billing.reconciling;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks a channel for its bill of a day, so that nobody has to bring the file. The channel is asked between transactions; what it answers is a file like another. */
@Component
class FetchBill {
    private final Reconcile reconcile;
    private final StatementStore store;
    private final Channel.Bills bills;
    private final TransactionTemplate transactions;

    FetchBill(Reconcile reconcile, StatementStore store, Channel.Bills bills, TransactionTemplate transactions) {
        this.reconcile = reconcile;
        this.store = store;
        this.bills = bills;
        this.transactions = transactions;
    }

    /** Whether the way's bills can be asked for. */
    boolean can(UUID school, String way) {
        return bills.has(school, PayWay.valueOf(way));
    }

    /** @param way WECHAT or ALIPAY, with a contract */
    Outcome<Reconcile.Taken> fetch(Wearer me, String way, LocalDate day) {
        PayWay channel = Arrays.stream(PayWay.values()).filter(w -> w.online() && w.name().equals(way)).findFirst().orElseThrow(NotFound::new);
        if (!bills.has(me.school(), channel)) throw new NotFound();
        // A bill that is here already would be compared, and its fee asked for, a second time.
        if (!lacks(me.school(), channel, day)) return refused("billing.reconcile.refused.fetched");
        Optional<List<Channel.BillLine>> lines = bills.of(me.school(), channel, day);
        // Paid wholly by a coupon of the channel: no money moved.
        List<Channel.BillLine> moved = lines.orElse(List.of()).stream().filter(line -> line.fen() != 0).toList();
        if (moved.isEmpty()) return refused("billing.reconcile.refused.no_bill");
        Statement statement = statement(channel, day, moved);
        return Outcome.done(Objects.requireNonNull(transactions.execute(t -> reconcile.put(me.school(), statement, me.account()))));
    }

    private boolean lacks(UUID school, PayWay channel, LocalDate day) {
        if (!day.isBefore(reconcile.today())) return false;
        return Objects.requireNonNull(transactions.execute(t -> store.missing(school, day, day))).stream().anyMatch(m -> m.way().equals(channel.name()));
    }

    private static Outcome<Reconcile.Taken> refused(String key) {
        return Outcome.refused(new Refusal.Simple(key));
    }

    private Statement statement(PayWay channel, LocalDate day, List<Channel.BillLine> lines) {
        List<Statement.Row> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder(channel + " " + day);
        for (Channel.BillLine line : lines) {
            boolean paid = line.fen() > 0;
            rows.add(new Statement.Row(rows.size() + 1, paid, line.at(), line.reference(), line.number(), Math.abs(line.fen()), paid ? Math.max(0, line.feeFen()) : 0, ""));
            text.append('\n').append(line);
        }
        StatementLayout layout = reconcile.layouts().stream().filter(l -> l.code().equals(channel.name().toLowerCase(Locale.ROOT))).findFirst().orElseThrow();
        return new Statement(
                layout, hash(text.toString()), List.copyOf(rows), day, day, rows.stream().filter(Statement.Row::paid).mapToLong(Statement.Row::fen).sum(), rows.stream().filter(r -> !r.paid()).mapToLong(Statement.Row::fen).sum(),
                rows.stream().mapToLong(Statement.Row::fee).sum());
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
