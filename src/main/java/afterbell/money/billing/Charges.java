package afterbell.money.billing;

import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was charged, and whether a school charges at all; what may be asked for says {@link OnShow}. Reads inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Charges {
    private final JdbcClient sql;

    Charges(JdbcClient sql) {
        this.sql = sql;
    }

    /** One row where the school charges on a day or has charged before: asked before any word about money is shown (C7). */
    public record Charging(boolean charges) {}

    /** Whether any word about money may show: a tariff is in use, or something was booked. One cheap look. */
    public static Question<Charging> charging(UUID school, LocalDate on) {
        return new Question<>(
                Charging.class,
                """
                select exists (select 1 from billing.tariff where school_id = :s and dropped_at is null and (until_day is null or until_day >= :day))
                    or exists (select 1 from billing.entry where school_id = :s) as charges
                """,
                Map.of("s", school, "day", on));
    }

    /** The same, by itself. */
    public boolean charges(UUID school, LocalDate on) {
        return sql.sql("""
                select exists (select 1 from billing.tariff where school_id = :s and dropped_at is null and (until_day is null or until_day >= :day))
                    or exists (select 1 from billing.entry where school_id = :s)
                """)
                .param("s", school)
                .param("day", on)
                .query(Boolean.class)
                .single();
    }

    /** A charge of a period; {@code fen} is below zero where an earlier one was too much. */
    public record Charge(UUID id, UUID period, UUID term, UUID pupil, long fen, Instant at, LocalDate from, LocalDate until) {}

    /** All charges of a child, the newest first; of a whole school where no child is named. */
    public List<Charge> of(UUID school, @Nullable UUID pupil) {
        return sql.sql("""
                select charge_id as id, period_id as period, term_id as term, pupil_id as pupil, fen, at, from_day as "from", until_day as until
                from billing.pub_charge where school_id = :s and (cast(:p as uuid) is null or pupil_id = :p) order by at desc, charge_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query(Charge.class)
                .list();
    }
}
