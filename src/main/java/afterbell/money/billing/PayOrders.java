package afterbell.money.billing;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks families for what they owe. A child has one open order at most, and it always asks for exactly what is due and not on show ({@link OnShow}): another amount
 * makes it expire and a new one open. Runs under the school's scope, a family's wish too, because a family's hat writes no orders.
 */
@Component
public class PayOrders {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_LETTERS = 10;
    private static final String READ = "select pay_order_id as id, pupil_id as pupil, number, fen, state, opened_at, expires_at, pay_code from billing.pay_order ";

    private final JdbcClient sql;
    private final OnShow onShow;
    private final Rules rules;
    private final Ids ids;
    private final Clock clock;

    PayOrders(JdbcClient sql, OnShow onShow, Rules rules, Ids ids, Clock clock) {
        this.sql = sql;
        this.onShow = onShow;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    /** The open order of one child; empty where nothing is due. Asking again gives the same one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<PayOrder> open(UUID school, UUID pupil, @Nullable UUID by) {
        return openAll(school, List.of(pupil), by).stream().findFirst();
    }

    /** The open orders of all of these children who owe something, made where they lack. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PayOrder> openAll(UUID school, Collection<UUID> pupils, @Nullable UUID by) {
        if (pupils.isEmpty()) return List.of();
        Instant now = clock.instant();
        Map<UUID, PayOrder> open = openOf(school, pupils).stream().collect(Collectors.toMap(PayOrder::pupil, o -> o));
        Map<UUID, Long> due = onShow.collectable(school, pupils);
        List<UUID> stale = open.values().stream().filter(o -> o.fen() != due.getOrDefault(o.pupil(), 0L) || !o.expiresAt().isAfter(now)).map(PayOrder::id).toList();
        move(school, stale, OrderState.EXPIRED);
        List<UUID> missing = pupils.stream().distinct().filter(p -> due.getOrDefault(p, 0L) > 0).filter(p -> !open.containsKey(p) || stale.contains(Objects.requireNonNull(open.get(p)).id())).toList();
        add(school, missing, due, now, by);
        return openOf(school, pupils);
    }

    private List<PayOrder> openOf(UUID school, Collection<UUID> pupils) {
        return sql.sql(READ + "where school_id = :s and pupil_id = any(:pupils::uuid[]) and state = 'OPEN' order by pay_order_id for update")
                .param("s", school)
                .param("pupils", pupils.toArray(UUID[]::new))
                .query(PayOrder.class)
                .list();
    }

    private void add(UUID school, List<UUID> pupils, Map<UUID, Long> due, Instant now, @Nullable UUID by) {
        if (pupils.isEmpty()) return;
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        int days = rules.value(school, today, Rule.FEE_ORDER_DAYS);
        sql.sql("""
                insert into billing.pay_order (school_id, pay_order_id, pupil_id, number, fen, state, opened_at, opened_by, expires_at, moved_at)
                select :s, u.id, u.pupil, u.number, u.fen, 'OPEN', :now, :by, :until, :now
                from unnest(:ids::uuid[], :pupils::uuid[], :numbers::text[], :fens::bigint[]) as u(id, pupil, number, fen)
                on conflict (school_id, pupil_id) where state = 'OPEN' do nothing
                """)
                .param("s", school)
                .param("now", Timestamp.from(now))
                .param("by", by, Types.OTHER)
                .param("until", Timestamp.from(today.plusDays(days + 1L).atStartOfDay(Screen.ZONE).toInstant()))
                .param("ids", pupils.stream().map(p -> ids.next()).toArray(UUID[]::new))
                .param("pupils", pupils.toArray(UUID[]::new))
                .param("numbers", pupils.stream().map(p -> number(today)).toArray(String[]::new))
                .param("fens", pupils.stream().map(p -> Objects.requireNonNull(due.get(p))).toArray(Long[]::new))
                .update();
    }

    // Day and fifty random bits: nobody can guess a neighbour's.
    static String number(LocalDate day) {
        StringBuilder number = new StringBuilder(day.format(DateTimeFormatter.BASIC_ISO_DATE));
        for (int i = 0; i < RANDOM_LETTERS; i++) number.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return number.toString();
    }

    /** Orders by number, locked in one order for an act that pays them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PayOrder> locked(UUID school, Collection<String> numbers) {
        if (numbers.isEmpty()) return List.of();
        return sql.sql(READ + "where school_id = :s and number = any(:numbers::text[]) order by pay_order_id for update").param("s", school).param("numbers", numbers.toArray(String[]::new)).query(PayOrder.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<PayOrder> find(UUID school, UUID order) {
        return sql.sql(READ + "where school_id = :s and pay_order_id = :o").param("s", school).param("o", order).query(PayOrder.class).optional();
    }

    /** Orders by their number or by the platform's code for them. */
    @Transactional(readOnly = true)
    public List<PayOrder> named(UUID school, Collection<String> numbersOrCodes) {
        if (numbersOrCodes.isEmpty()) return List.of();
        return sql.sql(READ + "where school_id = :s and (number = any(:names::text[]) or pay_code = any(:names::text[])) order by pay_order_id").param("s", school).param("names", numbersOrCodes.toArray(String[]::new)).query(PayOrder.class).list();
    }

    /** All orders of these children, the newest first. */
    public static Question<PayOrder> ordersOf(Collection<UUID> pupils) {
        return new Question<>(PayOrder.class, READ + "where pupil_id = any(cast(:pupils as uuid[])) order by opened_at desc, pay_order_id desc", Map.of("pupils", pupils.toArray(UUID[]::new)));
    }

    /** Moves orders on; those that already stand there are left alone, an illegal step is refused by the table. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(UUID school, Collection<UUID> orders, OrderState to) {
        if (orders.isEmpty()) return;
        sql.sql("update billing.pay_order set state = :to, moved_at = :now where school_id = :s and pay_order_id = any(:ids::uuid[]) and state <> :to")
                .param("to", to.name())
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("ids", orders.toArray(UUID[]::new))
                .update();
    }

    /** Lets open orders of these children go that no longer ask for what is due. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void refresh(UUID school, Collection<UUID> pupils) {
        List<PayOrder> open = openOf(school, pupils);
        if (open.isEmpty()) return;
        Map<UUID, Long> due = onShow.collectable(school, open.stream().map(PayOrder::pupil).toList());
        move(school, open.stream().filter(o -> o.fen() != due.getOrDefault(o.pupil(), 0L)).map(PayOrder::id).toList(), OrderState.EXPIRED);
    }

    /** Lets open orders go whose time is over. Answers how many. */
    @Transactional
    public int expire(UUID school) {
        return sql.sql("update billing.pay_order set state = 'EXPIRED', moved_at = :now where school_id = :s and state = 'OPEN' and expires_at <= :now")
                .param("s", school)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Keeps the codes by which a platform names orders. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void code(UUID school, Map<UUID, String> codes) {
        if (codes.isEmpty()) return;
        List<Map.Entry<UUID, String>> all = new ArrayList<>(codes.entrySet());
        sql.sql("update billing.pay_order o set pay_code = u.code from unnest(:ids::uuid[], :codes::text[]) as u(id, code) where o.school_id = :s and o.pay_order_id = u.id and o.pay_code is distinct from u.code")
                .param("s", school)
                .param("ids", all.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .param("codes", all.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .update();
    }
}
