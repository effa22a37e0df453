package afterbell.money.billing;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.term.tariffs.quote.Tariff;
import afterbell.term.tariffs.quote.TariffReader;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tariff files that a school put to use, each kept as the text that was put to use (R113, law 5). */
@Component
@Transactional(readOnly = true)
public class TariffsInUse {
    private static final String SELECT =
            """
            select tariff_id as id, body, shipped, from_day as "from", until_day as until, announced_at, collects_from from billing.tariff
            where school_id = :s and dropped_at is null order by from_day, tariff_id
            """;

    private final JdbcClient sql;
    private final Map<String, Tariff> read = new ConcurrentHashMap<>();

    TariffsInUse(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param until last day; null where open
     * @param collectsFrom first day on which money may be asked: before it the price is on show
     */
    public record InUse(UUID id, Tariff tariff, String body, boolean shipped, LocalDate from, @Nullable LocalDate until, Instant announcedAt, LocalDate collectsFrom) {
        public boolean holdsOn(LocalDate day) {
            return !day.isBefore(from) && (until == null || !day.isAfter(until));
        }

        /** Over its text, so that a charge names the very words that it was made of. */
        public byte[] hash() {
            return Reckoning.hash(body);
        }
    }

    record Row(UUID id, String body, boolean shipped, LocalDate from, @Nullable LocalDate until, Instant announcedAt, LocalDate collectsFrom) {}

    /** Rows to read together with other lists. */
    static Question<Row> rowsOf(UUID school) {
        return new Question<>(Row.class, SELECT, Map.of("s", school));
    }

    /** All that were put to use and not dropped, by their first day. */
    public List<InUse> all(UUID school) {
        return sql.sql(SELECT).param("s", school).query(Row.class).list().stream().map(this::inUse).toList();
    }

    InUse inUse(Row row) {
        Tariff tariff = read.computeIfAbsent(row.body(), TariffsInUse::parsed);
        return new InUse(row.id(), tariff, row.body(), row.shipped(), row.from(), row.until(), row.announcedAt(), row.collectsFrom());
    }

    /** A text that was put to use is a tariff: it was read before. */
    static Tariff parsed(String body) {
        List<YamlProblem> problems = new ArrayList<>();
        return TariffReader.read("tariff.yaml", body, problems).orElseThrow(() -> new IllegalStateException("a tariff in use can't be read: " + problems));
    }

    public Optional<InUse> on(UUID school, LocalDate day) {
        return all(school).stream().filter(t -> t.holdsOn(day)).findFirst();
    }

    /** Puts a tariff to use from a day on: the one before ends, and those that would have begun later are dropped. The caller has found it lawful and nothing locked after the day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(UUID school, UUID id, String body, boolean shipped, LocalDate from, LocalDate collectsFrom, Instant at, @Nullable UUID by) {
        Tariff tariff = parsed(body);
        sql.sql("update billing.tariff set dropped_at = :at where school_id = :s and dropped_at is null and from_day >= :from").param("s", school).param("at", Timestamp.from(at)).param("from", from).update();
        sql.sql("update billing.tariff set until_day = :last where school_id = :s and dropped_at is null and (until_day is null or until_day > :last)")
                .param("s", school)
                .param("last", from.minusDays(1))
                .update();
        sql.sql("""
                insert into billing.tariff (school_id, tariff_id, code, body, hash, shipped, from_day, until_day, announced_at, announced_by, collects_from)
                values (:s, :id, :code, :body, :hash, :shipped, :from, :until, :at, :by, :collects)
                """)
                .param("s", school)
                .param("id", id)
                .param("code", tariff.code())
                .param("body", body)
                .param("hash", Reckoning.hash(body))
                .param("shipped", shipped)
                .param("from", from)
                .param("until", tariff.until())
                .param("at", Timestamp.from(at))
                .param("by", by, Types.OTHER)
                .param("collects", collectsFrom)
                .update();
    }

    /** The school charges no more after a day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(UUID school, LocalDate last, Instant at) {
        sql.sql("update billing.tariff set dropped_at = :at where school_id = :s and dropped_at is null and from_day > :last").param("s", school).param("at", Timestamp.from(at)).param("last", last).update();
        sql.sql("update billing.tariff set until_day = :last where school_id = :s and dropped_at is null and (until_day is null or until_day > :last)").param("s", school).param("last", last).update();
    }
}
