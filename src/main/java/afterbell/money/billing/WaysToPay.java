package afterbell.money.billing;

import afterbell.base.shared.db.Question;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which ways to pay a school has switched on, and what it tells families about each. None is on until a person says so. */
@Component
public class WaysToPay {
    private final JdbcClient sql;

    WaysToPay(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param how the school's own words: opening hours, bank account, name of the platform; may be empty */
    public record Way(PayWay way, boolean on, String how) {}

    public static Question<Way> waysOf(Collection<UUID> schools) {
        return new Question<>(Way.class, "select distinct on (way) way, is_on as \"on\", how from billing.pay_way where school_id = any(cast(:schools as uuid[])) order by way, is_on desc", Map.of("schools", schools.toArray(UUID[]::new)));
    }

    /** All ways in the order of the enum; what the school has never spoken of is off. */
    public static List<Way> complete(List<Way> said) {
        return Arrays.stream(PayWay.values())
                .map(w -> said.stream().filter(s -> s.way() == w).findFirst().orElse(new Way(w, false, "")))
                .sorted(Comparator.comparing(Way::way))
                .toList();
    }

    @Transactional(readOnly = true)
    public List<Way> of(UUID school) {
        return complete(sql.sql("select way, is_on as \"on\", how from billing.pay_way where school_id = :s").param("s", school).query(Way.class).list());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void put(UUID school, Collection<Way> ways) {
        for (Way w : ways)
            sql.sql("insert into billing.pay_way (school_id, way, is_on, how) values (:s, :way, :on, :how) on conflict (school_id, way) do update set is_on = excluded.is_on, how = excluded.how")
                    .param("s", school)
                    .param("way", w.way().name())
                    .param("on", w.on())
                    .param("how", w.how())
                    .update();
    }
}
