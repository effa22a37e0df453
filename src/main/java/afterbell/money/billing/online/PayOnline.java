package afterbell.money.billing.online;

import afterbell.base.audit.Audit;
import afterbell.base.schools.EverySchool;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Channel;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands payment orders to channels, asks what became of those that nobody has told of, closes those that nobody needs, and sends money back. A channel is asked
 * between transactions: what is asked is written before, what was answered after.
 */
@Component
class PayOnline implements BackToPayer, Channel.Bills {
    static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 50;

    private final Map<PayWay, Channel> channels;
    private final Merchants merchants;
    private final Inbox inbox;
    private final PayOrders orders;
    private final Schools names;
    private final Audit audit;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    PayOnline(List<Channel> channels, Merchants merchants, Inbox inbox, PayOrders orders, Schools names, EverySchool schools, Audit audit, JdbcClient sql, TransactionTemplate transactions, Rounds rounds, Ids ids, Clock clock) {
        this.channels = channels.stream().collect(Collectors.toMap(Channel::way, Function.identity()));
        this.merchants = merchants;
        this.inbox = inbox;
        this.orders = orders;
        this.names = names;
        this.audit = audit;
        this.sql = sql;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        rounds.every("ask-channels", SILENCE, () -> schools.run("ask channels", this::ask));
    }

    private <T> T in(UUID school, Supplier<T> work) {
        return Scopes.within(Scope.school(school, null), () -> Objects.requireNonNull(transactions.execute(t -> work.get())));
    }

    private Optional<Merchants.Contract> contract(UUID school, PayWay way) {
        return in(school, () -> merchants.of(school, way));
    }

    private Channel channel(PayWay way) {
        return Objects.requireNonNull(channels.get(way));
    }

    /** An order in a channel's hands. @param code what the payer scans, or empty */
    record Attempt(UUID id, UUID pupil, PayWay channel, String code, String state, String number, long fen, OrderState order, Instant expiresAt) {}

    private static final String ATTEMPT =
            """
            select a.attempt_id as id, a.pupil_id as pupil, a.channel, coalesce(a.code, '') as code, a.state, o.number, o.fen, o.state as "order", o.expires_at
            from billing.attempt a join billing.pay_order o using (school_id, pay_order_id) where a.school_id = :s
            """;

    Optional<Attempt> find(UUID school, UUID attempt) {
        return sql.sql(ATTEMPT + " and a.attempt_id = :a").param("s", school).param("a", attempt).query(Attempt.class).optional();
    }

    /** Opens the child's order at a channel. The family's right to the child was asked before. */
    Outcome<UUID> start(UUID school, UUID child, PayWay way, UUID by) {
        Optional<Merchants.Contract> contract = contract(school, way).filter(Merchants.Contract::on);
        if (contract.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.online.refused.off"));
        Optional<Attempt> made = in(school, () -> orders.open(school, child, by).map(order -> attempt(school, order, way)));
        if (made.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.online.refused.nothing_due"));
        Attempt attempt = made.get();
        if (!attempt.code().isEmpty()) return Outcome.done(attempt.id());
        String code = channel(way).open(contract.get().merchant(), new Channel.Wanted(attempt.number(), attempt.fen(), names(school), attempt.expiresAt(), contract.get().notifications()));
        if (code.isEmpty() || code.length() > 500) return Outcome.refused(new Refusal.Simple("billing.online.refused.no_answer"));
        in(school, () -> sql.sql("update billing.attempt set code = :code, state = 'OPEN' where school_id = :s and attempt_id = :a and state in ('MAKING', 'OPEN')").param("code", code).param("s", school).param("a", attempt.id()).update());
        return Outcome.done(attempt.id());
    }

    private String names(UUID school) {
        return in(school, () -> names.nameOf(school));
    }

    private Attempt attempt(UUID school, PayOrder order, PayWay way) {
        UUID id = ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("""
                insert into billing.attempt (school_id, attempt_id, pay_order_id, pupil_id, channel, state, made_at, asked_at) values (:s, :a, :o, :p, :c, 'MAKING', :now, :now)
                on conflict (school_id, pay_order_id, channel) do nothing
                """)
                .param("s", school)
                .param("a", id)
                .param("o", order.id())
                .param("p", order.pupil())
                .param("c", way.name())
                .param("now", now)
                .update();
        return sql.sql(ATTEMPT + " and a.pay_order_id = :o and a.channel = :c").param("s", school).param("o", order.id()).param("c", way.name()).query(Attempt.class).single();
    }

    /** Asks the channels of orders that they have been silent about. Answers how many were asked for. */
    int ask(UUID school) {
        List<Attempt> silent = in(school, () -> sql.sql(ATTEMPT + " and a.state in ('MAKING', 'OPEN') and a.asked_at <= :before order by a.asked_at limit :n")
                .param("s", school)
                .param("before", Timestamp.from(clock.instant().minus(SILENCE)))
                .param("n", AT_ONCE)
                .query(Attempt.class)
                .list());
        silent.forEach(a -> ask(school, a));
        return silent.size();
    }

    /** Asks about one; what is paid is taken, what nobody needs any more is closed at the channel too. */
    void ask(UUID school, Attempt a) {
        Merchants.@Nullable Contract contract = contract(school, a.channel()).orElse(null);
        if (contract == null) return;
        Channel channel = channel(a.channel());
        switch (channel.query(contract.merchant(), a.number())) {
            case Channel.Seen.Paid paid -> in(school, () -> inbox.take(school, List.of(new Payments.Arrived(a.channel(), paid.reference(), a.number(), null, paid.fen(), paid.at(), null, null))));
            case Channel.Seen.Closed closed -> state(school, a, "CLOSED");
            case Channel.Seen.Waiting waiting -> {
                boolean needed = a.order() == OrderState.OPEN && a.expiresAt().isAfter(clock.instant());
                state(school, a, !needed && channel.close(contract.merchant(), a.number()) ? "CLOSED" : a.state());
            }
            case Channel.Seen.NoAnswer nothing -> state(school, a, a.state());
        }
    }

    private void state(UUID school, Attempt a, String state) {
        in(school, () -> sql.sql("update billing.attempt set state = :state, asked_at = :now where school_id = :s and attempt_id = :a and state in ('MAKING', 'OPEN')")
                .param("state", state)
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("a", a.id())
                .update());
    }

    @Override
    public boolean serves(UUID school) {
        return channels.keySet().stream().anyMatch(way -> contract(school, way).isPresent());
    }

    @Override
    public Answer send(UUID school, Wanted wanted) {
        return contract(school, wanted.way()).map(c -> channel(wanted.way()).refund(c.merchant(), wanted)).orElse(Answer.REFUSED);
    }

    @Override
    public boolean has(UUID school, PayWay way) {
        return way.online() && contract(school, way).isPresent();
    }

    @Override
    public Optional<List<Channel.BillLine>> of(UUID school, PayWay way, LocalDate day) {
        Merchants.@Nullable Contract contract = way.online() ? contract(school, way).orElse(null) : null;
        if (contract == null) return Optional.empty();
        try {
            return Optional.of(channel(way).bill(contract.merchant(), day));
        } catch (Channel.Unverified e) {
            return Optional.empty();
        }
    }

    /** Keeps a school's contract. */
    void keep(UUID school, PayWay way, Channel.Merchant merchant, boolean on, UUID by) {
        Scopes.within(Scope.school(school, by), () -> transactions.executeWithoutResult(t -> {
            merchants.put(school, way, merchant, on, by);
            audit.record(school, "billing.merchant_kept", "school", school, Map.of("channel", way.name(), "on", on));
        }));
    }

    Attempt get(UUID school, UUID attempt) {
        return Objects.requireNonNull(transactions.execute(t -> find(school, attempt))).orElseThrow(NotFound::new);
    }
}
