package afterbell.money.billing;

import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.db.Question;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.term.tariffs.quote.Facts;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Charges with what they were made of. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ChargeStore {
    private final JdbcClient sql;

    ChargeStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The last charge of a child under a tariff in a term. */
    record Before(UUID charge, long totalFen, String facts) {}

    /** A charge to write. */
    record Row(UUID charge, UUID pupil, @Nullable UUID before, long fen, long totalFen, String facts, String lines) {}

    /** A charge as it is kept. */
    record KeptCharge(
            UUID id, UUID period, int turn, UUID pupil, UUID term, UUID tariff, UUID rules, @Nullable UUID before, long fen, long totalFen, String facts, String lines, byte[] hash, Instant at, LocalDate from, LocalDate until) {}

    /** The id of a text of rules, kept once. */
    UUID keepRules(UUID school, String body, Instant at) {
        byte[] hash = Reckoning.hash(body);
        sql.sql("insert into billing.rules (school_id, rules_id, body, hash, kept_at) values (:s, :id, :body, :hash, :at) on conflict (school_id, hash) do nothing")
                .param("s", school)
                .param("id", UUID.nameUUIDFromBytes(hash))
                .param("body", body)
                .param("hash", hash)
                .param("at", Timestamp.from(at))
                .update();
        return UUID.nameUUIDFromBytes(hash);
    }

    /** The same of one child, to ask together with other things. */
    static Question<Before> lastOf(UUID school, UUID term, UUID tariff, UUID pupil) {
        return new Question<>(
                Before.class,
                """
                select c.charge_id as charge, c.total_fen, c.facts from billing.charge c
                where c.school_id = :s and c.term_id = :t and c.tariff_id = :tariff and c.pupil_id = :p
                  and not exists (select 1 from billing.charge n where n.school_id = c.school_id and n.before_id = c.charge_id)
                """,
                Map.of("s", school, "t", term, "tariff", tariff, "p", pupil));
    }

    Map<UUID, Before> last(UUID school, UUID term, UUID tariff) {
        Map<UUID, Before> last = new HashMap<>();
        sql.sql("""
                select c.pupil_id, c.charge_id, c.total_fen, c.facts from billing.charge c
                where c.school_id = :s and c.term_id = :t and c.tariff_id = :tariff
                  and not exists (select 1 from billing.charge n where n.school_id = c.school_id and n.before_id = c.charge_id)
                """)
                .param("s", school)
                .param("t", term)
                .param("tariff", tariff)
                .query(r -> {
                    last.put(r.getObject(1, UUID.class), new Before(r.getObject(2, UUID.class), r.getLong(3), r.getString(4)));
                });
        return last;
    }

    Map<UUID, List<Facts.Exempt>> exempt(UUID school, Set<String> groups) {
        Map<UUID, List<Facts.Exempt>> exempt = new HashMap<>();
        sql.sql("select pupil_id, category, valid_from, valid_to from roster.pub_standing where school_id = :s and category = any(:g) order by pupil_id, category, valid_from")
                .param("s", school)
                .param("g", groups.toArray(String[]::new))
                .query(r -> {
                    exempt.computeIfAbsent(r.getObject(1, UUID.class), p -> new ArrayList<>()).add(new Facts.Exempt(r.getString(2), r.getObject(3, LocalDate.class), r.getObject(4, LocalDate.class)));
                });
        return exempt;
    }

    /** Children that gave up or left the school by a day: the first day without them. */
    Map<UUID, Facts.Left> left(UUID school, UUID term, LocalDate by) {
        Map<UUID, Facts.Left> left = new HashMap<>();
        sql.sql("""
                select pupil_id, min(from_day) as from_day, bool_or(reviewed) as reviewed from (
                    select pupil_id, from_day, reviewed from billing.stop where school_id = :s and term_id = :t and withdrawn_at is null
                    union all select pupil_id, left_on, true from roster.pub_pupil_ever where school_id = :s and left_on is not null) x
                where from_day <= :by group by pupil_id
                """)
                .param("s", school)
                .param("t", term)
                .param("by", by)
                .query(r -> {
                    left.put(r.getObject(1, UUID.class), new Facts.Left(r.getObject(2, LocalDate.class), r.getBoolean(3)));
                });
        return left;
    }

    record Joined(LocalDate on) {}

    /** The first day of one child that came to the school within a term, to ask together with other things. */
    static Question<Joined> joinedOf(UUID school, UUID pupil, LocalDate after, LocalDate until) {
        return new Question<>(
                Joined.class,
                "select joined_on as \"on\" from roster.pub_pupil_ever where school_id = :s and pupil_id = :p and joined_on > :after and joined_on <= :until",
                Map.of("s", school, "p", pupil, "after", after, "until", until));
    }

    /** Children that came to the school within a term, with their first day. */
    Map<UUID, LocalDate> joined(UUID school, LocalDate after, LocalDate until) {
        Map<UUID, LocalDate> joined = new HashMap<>();
        sql.sql("select pupil_id, joined_on from roster.pub_pupil_ever where school_id = :s and joined_on > :after and joined_on <= :until")
                .param("s", school)
                .param("after", after)
                .param("until", until)
                .query(r -> {
                    joined.put(r.getObject(1, UUID.class), r.getObject(2, LocalDate.class));
                });
        return joined;
    }

    void add(UUID school, Period period, int turn, UUID rules, byte[] tariffHash, byte[] rulesHash, List<Row> rows, Instant at, @Nullable UUID by) {
        sql.sql("""
                insert into billing.charge (school_id, charge_id, period_id, turn, pupil_id, term_id, tariff_id, rules_id, before_id, fen, total_fen, facts, lines, hash, at, by)
                select :s, u.charge, :period, :turn, u.pupil, :term, :tariff, :rules, u.before, u.fen, u.total, u.facts, u.lines, u.hash, :at, :by
                from unnest(:charges::uuid[], :pupils::uuid[], :befores::uuid[], :fens::bigint[], :totals::bigint[], :facts::text[], :lines::text[], :hashes::bytea[])
                     as u(charge, pupil, before, fen, total, facts, lines, hash)
                """)
                .param("s", school)
                .param("period", period.id())
                .param("turn", turn)
                .param("term", period.term())
                .param("tariff", period.tariff())
                .param("rules", rules)
                .param("at", Timestamp.from(at))
                .param("by", by, Types.OTHER)
                .param("charges", rows.stream().map(Row::charge).toArray(UUID[]::new))
                .param("pupils", rows.stream().map(Row::pupil).toArray(UUID[]::new))
                .param("befores", rows.stream().map(Row::before).toArray(UUID[]::new))
                .param("fens", rows.stream().map(Row::fen).toArray(Long[]::new))
                .param("totals", rows.stream().map(Row::totalFen).toArray(Long[]::new))
                .param("facts", rows.stream().map(Row::facts).toArray(String[]::new))
                .param("lines", rows.stream().map(Row::lines).toArray(String[]::new))
                .param("hashes", rows.stream().map(r -> Reckoning.seal(tariffHash, rulesHash, r.facts(), r.lines(), r.fen(), r.totalFen())).toArray(byte[][]::new))
                .update();
    }

    /** Charges of one child, in the order in which they were made; of the whole school in the order of their ids from one on, where no child is named. */
    List<KeptCharge> charges(UUID school, @Nullable UUID pupil, UUID after, int most) {
        return sql.sql("""
                select c.charge_id as id, c.period_id as period, c.turn, c.pupil_id as pupil, c.term_id as term, c.tariff_id as tariff, c.rules_id as rules, c.before_id as before, c.fen, c.total_fen, c.facts, c.lines, c.hash, c.at,
                       p.from_day as "from", p.until_day as until
                from billing.charge c join billing.period p using (school_id, period_id)
                where c.school_id = :s and (cast(:pupil as uuid) is null and c.charge_id > :after or c.pupil_id = :pupil) order by case when cast(:pupil as uuid) is null then null else c.at end, c.charge_id limit :most
                """)
                .param("s", school)
                .param("pupil", pupil, Types.OTHER)
                .param("after", after)
                .param("most", most)
                .query(KeptCharge.class)
                .list();
    }

    record Texts(Map<UUID, String> tariffs, Map<UUID, String> rules) {}

    /** Texts of all tariffs and rules that charges of a school name. */
    Texts texts(UUID school) {
        Map<UUID, String> tariffs = new HashMap<>();
        Map<UUID, String> rules = new HashMap<>();
        sql.sql("select tariff_id, body from billing.tariff where school_id = :s").param("s", school).query(r -> {
            tariffs.put(r.getObject(1, UUID.class), r.getString(2));
        });
        sql.sql("select rules_id, body from billing.rules where school_id = :s").param("s", school).query(r -> {
            rules.put(r.getObject(1, UUID.class), r.getString(2));
        });
        return new Texts(tariffs, rules);
    }

    /** Totals of all charges by id. */
    Map<UUID, Long> totals(UUID school) {
        Map<UUID, Long> totals = new HashMap<>();
        sql.sql("select charge_id, total_fen from billing.charge where school_id = :s").param("s", school).query(r -> {
            totals.put(r.getObject(1, UUID.class), r.getLong(2));
        });
        return totals;
    }

    /** The facts that were locked for the period and turn of each charge. */
    Map<UUID, List<LockedFact>> locked(UUID school, List<UUID> charges) {
        Map<UUID, List<LockedFact>> locked = new HashMap<>();
        Map<String, LocalDate> known = new HashMap<>();
        sql.sql("""
                select c.charge_id, p.from_day, p.until_day, p.workdays, f.service, f.units, f.minutes, f.lost, f.special, f.days::text, f.marks
                from billing.charge c join billing.period p on p.school_id = c.school_id and p.period_id = c.period_id
                join billing.fact f on f.school_id = c.school_id and f.period_id = c.period_id and f.turn = c.turn and f.pupil_id = c.pupil_id
                where c.school_id = :s and c.charge_id = any(:ids) order by c.charge_id, f.service, f.units, f.minutes, f.lost
                """)
                .param("s", school)
                .param("ids", charges.toArray(UUID[]::new))
                .query(r -> {
                    locked.computeIfAbsent(r.getObject(1, UUID.class), c -> new ArrayList<>())
                            .add(new LockedFact(
                                    r.getObject(2, LocalDate.class), r.getObject(3, LocalDate.class), r.getInt(4), ServiceClass.valueOf(r.getString(5)), r.getInt(6), r.getInt(7), r.getInt(8), r.getInt(9),
                                    FactStore.days(r.getString(10), known), LockedFact.marks(r.getString(11))));
                });
        return locked;
    }

    /** Charges whose amount was not booked on the child's account, once and to the fen. */
    List<UUID> booked(UUID school) {
        return sql.sql("""
                select c.charge_id from billing.charge c
                left join billing.entry e on e.school_id = c.school_id and e.document_id = c.charge_id and e.document in ('CHARGE', 'ADJUSTMENT')
                left join billing.posting p on p.school_id = e.school_id and p.entry_id = e.entry_id and p.account = 'family' and p.pupil_id = c.pupil_id
                where c.school_id = :s group by c.charge_id, c.fen having coalesce(sum(p.fen), 0) <> c.fen order by c.charge_id limit 100
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    /** Entries that name a charge which does not exist. */
    List<UUID> withoutCharge(UUID school) {
        return sql.sql("""
                select e.entry_id from billing.entry e where e.school_id = :s and e.document in ('CHARGE', 'ADJUSTMENT')
                  and not exists (select 1 from billing.charge c where c.school_id = e.school_id and c.charge_id = e.document_id)
                  and not exists (select 1 from billing.material_agreed a where a.school_id = e.school_id and a.material_agreed_id = e.document_id) order by e.entry_id limit 100
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }
}
