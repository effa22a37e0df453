package afterbell.money.billing;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is charged and may not be asked for yet: the tariff gives families days to look at their bill, or an objection waits for its answer. */
@Component
@Transactional(readOnly = true)
public class OnShow {
    private static final String SHOWN =
            """
            from billing.charge c join billing.locking l on l.school_id = c.school_id and l.period_id = c.period_id and l.turn = c.turn
            where l.objections_until is not null
              and (l.objections_until >= :today or exists (select 1 from billing.objection o where o.school_id = c.school_id and o.charge_id = c.charge_id and o.answer is null and o.holds))
            """;

    static final String HELD = """
            select c.pupil_id as pupil, greatest(sum(c.fen), 0)::bigint as fen, max(l.objections_until) filter (where l.objections_until >= :today) as until
            """ + SHOWN + " and c.pupil_id = any(cast(:pupils as uuid[])) group by c.pupil_id";

    /**
     * Accounts of a whole school, to stand in the place of a table in a greater question: {@code pupil_id}, {@code fen} that may be asked for (below zero is the
     * family's), {@code shown} what is owed besides and on show. Parameters {@code s} and {@code today}.
     */
    public static final String COLLECTABLE = """
            (select b.pupil_id, b.fen - least(coalesce(h.fen, 0), greatest(b.fen, 0)) as fen, least(coalesce(h.fen, 0), greatest(b.fen, 0)) as shown
             from (select pupil_id, sum(fen)::bigint as fen from billing.posting where school_id = :s and account = 'family' group by pupil_id) b
             left join (select c.pupil_id, greatest(sum(c.fen), 0)::bigint as fen
            """ + SHOWN + " and c.school_id = :s group by c.pupil_id) h using (pupil_id)) ";

    private final JdbcClient sql;
    private final Ledger ledger;
    private final Clock clock;

    OnShow(JdbcClient sql, Ledger ledger, Clock clock) {
        this.sql = sql;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @param until last day to look at it; null where only an answer is waited for */
    public record Held(UUID pupil, long fen, @Nullable LocalDate until) {}

    /** Of some children those with anything on show, to ask together with other lists. */
    public static Question<Held> heldOf(Collection<UUID> pupils, LocalDate today) {
        return new Question<>(Held.class, HELD, Map.of("pupils", pupils.toArray(UUID[]::new), "today", today));
    }

    /** Balances of families without what is on show: what an order may ask for. Children without any account are left out. */
    public Map<UUID, Long> collectable(UUID school, Collection<UUID> pupils) {
        Map<UUID, Long> balances = new HashMap<>(ledger.familyBalances(school, pupils));
        if (balances.isEmpty()) return balances;
        sql.sql(HELD)
                .param("pupils", balances.keySet().toArray(UUID[]::new))
                .param("today", LocalDate.ofInstant(clock.instant(), Screen.ZONE))
                .query(Held.class)
                .list()
                .forEach(held -> balances.computeIfPresent(held.pupil(), (pupil, fen) -> fen - Math.min(held.fen(), Math.max(fen, 0))));
        return balances;
    }
}
