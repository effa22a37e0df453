package afterbell.money.billing;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the service's money went to, by use, as the ledger says: the one sum behind spending, publication and the bureau's figures. */
@Component
@Transactional(readOnly = true)
public class PeopleCost {
    private static final String STAFF_PAY = "staff-pay";
    private static final String EXTERNAL = "external-staff";

    private final JdbcClient sql;

    PeopleCost(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param uses fen by use, the most first; uses that came to nothing are missing */
    public record Share(Map<String, Long> uses) {
        public long spent() {
            return uses.values().stream().mapToLong(Long::longValue).sum();
        }

        public long people() {
            return uses.getOrDefault(STAFF_PAY, 0L) + uses.getOrDefault(EXTERNAL, 0L);
        }

        /** Whole percent, rounded down; 0 where nothing was spent. */
        public int percent() {
            return spent() <= 0 ? 0 : (int) Math.max(0, people() * 100 / spent());
        }
    }

    /** @param until inclusive */
    public Share of(UUID school, LocalDate from, LocalDate until) {
        Map<String, Long> uses = new LinkedHashMap<>();
        sql.sql("""
                select case when e.document = 'PAY' then 'staff-pay' else e.memo end as use, sum(p.fen)::bigint as fen
                from billing.pub_entry e join billing.pub_posting p using (school_id, entry_id)
                where e.school_id = :s and e.day between :from and :until and e.document in ('SPENDING', 'PAY') and p.account = 'service-fund'
                group by 1 having sum(p.fen) <> 0 order by 2 desc, 1
                """)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query(r -> {
                    uses.put(r.getString(1), r.getLong(2));
                });
        return new Share(uses);
    }
}
