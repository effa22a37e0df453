package afterbell.money.billing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Numbered receipts of the school's counter, 1, 2, 3 in each year and none missing: the number is taken in the transaction of the act and returns with it. */
@Component
public class Receipts {
    private final JdbcClient sql;
    private final Clock clock;

    Receipts(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public enum Kind {
        PAID,
        RETURNED
    }

    /** @param way code of a {@link PayWay} for money taken, {@code CASH} for money handed back */
    public record Receipt(int year, int number, Kind kind, UUID pupil, long fen, String way, Instant madeAt, @Nullable UUID madeBy) {
        public String label() {
            return Receipts.label(year, number);
        }
    }

    /** A number as it stands on the paper. */
    public static String label(int year, int number) {
        return year + "-" + "0".repeat(Math.max(0, 5 - Integer.toString(number).length())) + number;
    }

    /** Writes the next one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Receipt write(UUID school, Kind kind, UUID pupil, long fen, String way, @Nullable UUID payment, @Nullable UUID by) {
        Instant now = clock.instant();
        int year = LocalDate.ofInstant(now, Screen.ZONE).getYear();
        int number = sql.sql("insert into billing.receipt_book (school_id, year, last) values (:s, :y, 1) on conflict (school_id, year) do update set last = receipt_book.last + 1 returning last")
                .param("s", school)
                .param("y", year)
                .query(Integer.class)
                .single();
        sql.sql("""
                insert into billing.receipt (school_id, year, number, kind, pupil_id, fen, way, payment_id, made_at, made_by)
                values (:s, :y, :n, :kind, :p, :fen, :way, :payment, :now, :by)
                """)
                .param("s", school)
                .param("y", year)
                .param("n", number)
                .param("kind", kind.name())
                .param("p", pupil)
                .param("fen", fen)
                .param("way", way)
                .param("payment", payment, Types.OTHER)
                .param("now", Timestamp.from(now))
                .param("by", by, Types.OTHER)
                .update();
        return new Receipt(year, number, kind, pupil, fen, way, now, by);
    }

    /** A receipt in the caller's scope: a family finds its own children's. */
    @Transactional(readOnly = true)
    public Receipt find(UUID school, int year, int number) {
        return sql.sql("select year, number, kind, pupil_id as pupil, fen, way, made_at, made_by from billing.receipt where school_id = :s and year = :y and number = :n")
                .param("s", school)
                .param("y", year)
                .param("n", number)
                .query(Receipt.class)
                .optional()
                .orElseThrow(NotFound::new);
    }
}
