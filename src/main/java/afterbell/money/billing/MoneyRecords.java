package afterbell.money.billing;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a child cost, what was paid and what went back, what its family agreed to and objected to. The books hold ids alone and stay whole; the account to which money went is forgotten with the child. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MoneyRecords implements ChildRecords {
    private static final String SECTION = "billing.copy.section";

    private final JdbcClient sql;

    MoneyRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record Charged(LocalDate from, LocalDate until, long fen, Instant at) {}

    private record Paid(long fen, Instant at) {}

    private record Returned(long fen, Instant at) {}

    private record Payout(String tail, Instant at) {}

    private record Agreed(String name, long fen, Instant at) {}

    private record Objected(@Nullable LocalDate day, Instant at) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(
                                Charged.class,
                                "select from_day as \"from\", until_day as until, fen, at from billing.pub_charge where school_id = :s and pupil_id = :p and fen <> 0 order by at, charge_id",
                                of),
                        c -> new Line(SECTION, "billing.copy.charged", List.of(c.from().toString(), c.until().toString(), yuan(c.fen())), c.at())),
                new Part<>(
                        new Question<>(Paid.class, "select fen, paid_at as at from billing.pub_payment where school_id = :s and pupil_id = :p order by paid_at, payment_id", of),
                        p -> new Line(SECTION, "billing.copy.paid", List.of(yuan(p.fen())), p.at())),
                new Part<>(
                        new Question<>(
                                Returned.class,
                                "select fen, moved_at as at from billing.pub_refund where school_id = :s and pupil_id = :p and state = 'DONE' order by moved_at, refund_id",
                                of),
                        r -> new Line(SECTION, "billing.copy.returned", List.of(yuan(r.fen())), r.at())),
                new Part<>(
                        new Question<>(Payout.class, "select tail, said_at as at from billing.payout_account where school_id = :s and pupil_id = :p and row_key is not null", of),
                        a -> new Line(SECTION, "billing.copy.payout", List.of(a.tail()), a.at())),
                new Part<>(
                        new Question<>(
                                Agreed.class,
                                """
                                select m.name, a.fen, a.agreed_at as at from billing.material_agreed a join billing.material m on m.school_id = a.school_id and m.material_id = a.material_id
                                where a.school_id = :s and a.pupil_id = :p and a.undone_at is null order by a.agreed_at, a.material_agreed_id
                                """,
                                of),
                        a -> new Line(SECTION, "billing.copy.material", List.of(a.name(), yuan(a.fen())), a.at())),
                new Part<>(
                        new Question<>(Objected.class, "select day, raised_at as at from billing.objection where school_id = :s and pupil_id = :p order by raised_at, objection_id", of),
                        o -> o.day() == null
                                ? new Line(SECTION, "billing.copy.objected.whole", List.of(), o.at())
                                : new Line(SECTION, "billing.copy.objected.day", List.of(o.day().toString()), o.at())));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update billing.payout_account set row_key = null, sealed = null, tail = '' where school_id = :s and pupil_id = :p and row_key is not null")
                .param("s", school)
                .param("p", pupil)
                .update();
    }
}
