package afterbell.money.billing.online;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.Together;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What channels have told: written down once, together with whatever else has come for the school, and answered when that is kept; then booked in batches by
 * one worker per school and node. What a killed node leaves behind is found by the next look.
 */
@Component
class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int BATCH = 200;
    private static final int WRITERS = 2;
    private static final int BOOKERS = 2;
    private static final long ANSWER_SECONDS = 10;
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final JdbcClient sql;
    private final Payments payments;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;
    private final Together<Heard> writing = new Together<>("told", WRITERS, BATCH, this::write);
    private final Together<UUID> booking = new Together<>("told-booked", BOOKERS, BATCH, (school, asked) -> bookNow(school));
    /** Schools that a booker is going to look at: one look finds all that is written before it begins. */
    private final Set<UUID> asked = ConcurrentHashMap.newKeySet();

    Inbox(JdbcClient sql, Payments payments, EverySchool schools, TransactionTemplate transactions, Rounds rounds, Ids ids, Clock clock) {
        this.sql = sql;
        this.payments = payments;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        rounds.every("told-payments", EVERY, () -> schools.run("told payments", this::book));
    }

    @PreDestroy
    void end() {
        writing.close();
        booking.close();
    }

    /** It is not known whether what was told is kept: the channel has to tell again. */
    static final class NotKept extends Exception {
        private static final long serialVersionUID = 1;

        NotKept(Throwable cause) {
            super("not kept", cause);
        }
    }

    private record Heard(PayWay way, Channel.Told told) {}

    /** Writes down what was told, for good when this returns, and sees to it that it is booked. Telling again changes nothing. */
    void keep(UUID school, PayWay way, List<Channel.Told> told) throws NotKept {
        List<CompletableFuture<Heard>> all = told.stream().map(t -> writing.add(school, new Heard(way, t))).toList();
        try {
            for (CompletableFuture<Heard> one : all) one.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotKept(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotKept(e);
        }
    }

    private void write(UUID school, List<Heard> heard) {
        Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> add(school, heard)));
        if (asked.add(school)) booking.add(school, school);
    }

    // In the order of the key, so that two nodes that are told the same at once wait for each other in one direction.
    private void add(UUID school, List<Heard> heard) {
        sql.sql("""
                insert into billing.notification (school_id, notification_id, channel, reference, order_number, fen, paid_at, received_at, state)
                select :s, u.id, u.channel, u.reference, u.number, u.fen, u.paid, :now, 'NEW'
                from unnest(:ids::uuid[], :channels::text[], :references::text[], :numbers::text[], :fens::bigint[], :paid::timestamptz[]) as u(id, channel, reference, number, fen, paid)
                order by u.channel, u.reference on conflict (school_id, channel, reference) do nothing
                """)
                .param("s", school)
                .param("now", Timestamp.from(clock.instant()))
                .param("ids", heard.stream().map(h -> ids.next()).toArray(UUID[]::new))
                .param("channels", heard.stream().map(h -> h.way().name()).toArray(String[]::new))
                .param("references", heard.stream().map(h -> h.told().reference()).toArray(String[]::new))
                .param("numbers", heard.stream().map(h -> h.told().number()).toArray(String[]::new))
                .param("fens", heard.stream().map(h -> h.told().fen()).toArray(Long[]::new))
                .param("paid", heard.stream().map(h -> Timestamp.from(h.told().at())).toArray(Timestamp[]::new))
                .update();
    }

    private void bookNow(UUID school) {
        asked.remove(school);
        try {
            Scopes.within(Scope.school(school, null), () -> book(school));
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("school", school).addKeyValue("kind", e.getClass().getSimpleName()).log("told payments wait for the next look");
        }
    }

    private record New(UUID id, PayWay channel, String reference, String number, long fen, Instant paidAt) {}

    /** Books all that waits. Answers how many. */
    int book(UUID school) {
        int booked = 0;
        for (int some = batch(school); some > 0; some = batch(school)) booked += some;
        return booked;
    }

    private int batch(UUID school) {
        return Objects.requireNonNull(transactions.execute(t -> {
            List<New> waiting = sql.sql("""
                    select notification_id as id, channel, reference, order_number as number, fen, paid_at from billing.notification
                    where school_id = :s and state = 'NEW' order by received_at, notification_id limit :n for update skip locked
                    """)
                    .param("s", school)
                    .param("n", BATCH)
                    .query(New.class)
                    .list();
            if (waiting.isEmpty()) return 0;
            take(school, waiting.stream().map(n -> new Payments.Arrived(n.channel(), n.reference(), n.number(), null, n.fen(), n.paidAt(), null, null)).toList());
            sql.sql("update billing.notification set state = 'TAKEN' where school_id = :s and notification_id = any(:ids::uuid[])").param("s", school).param("ids", waiting.stream().map(New::id).toArray(UUID[]::new)).update();
            return waiting.size();
        }));
    }

    /** Takes payments that a channel has told or answered, and closes what was asked of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Payments.Taken> take(UUID school, List<Payments.Arrived> arrived) {
        List<Payments.Taken> taken = payments.takeAll(school, arrived);
        sql.sql("""
                update billing.attempt a set state = 'PAID' from unnest(:numbers::text[], :channels::text[]) as u(number, channel), billing.pay_order o
                where a.school_id = :s and o.school_id = :s and o.number = u.number and a.pay_order_id = o.pay_order_id and a.channel = u.channel and a.state <> 'PAID'
                """)
                .param("s", school)
                .param("numbers", arrived.stream().map(Payments.Arrived::order).toArray(String[]::new))
                .param("channels", arrived.stream().map(a -> a.way().name()).toArray(String[]::new))
                .update();
        return taken;
    }
}
