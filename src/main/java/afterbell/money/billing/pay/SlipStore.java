package afterbell.money.billing.pay;

import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Documents, words about sessions, frozen months and the bank of hours. */
@Component
class SlipStore {
    private final JdbcClient sql;

    SlipStore(JdbcClient sql) {
        this.sql = sql;
    }

    private record SchemeRow(UUID id, LocalDate fromDay, String title, String basis, int periodMinutes, long fixedFen, int fixedTurns, int substitutePercent, String[] works, Long[] fens, Integer[] percents) {
        Scheme scheme() {
            List<Scheme.Rate> rates = new java.util.ArrayList<>();
            for (int i = 0; i < works.length; i++) rates.add(new Scheme.Rate(Work.of(works[i]).orElseThrow(), fens[i], percents[i]));
            rates.sort(java.util.Comparator.comparing(Scheme.Rate::work));
            return new Scheme(id, fromDay, title, basis, periodMinutes, fixedFen, fixedTurns, substitutePercent, rates);
        }
    }

    /** Newest first. */
    List<Scheme> schemes(UUID school) {
        return sql.sql("""
                select c.pay_scheme_id, c.from_day, c.title, c.basis, c.period_minutes, c.fixed_fen, c.fixed_turns, c.substitute_percent,
                       array_remove(array_agg(r.work), null) as works, array_remove(array_agg(r.fen), null) as fens, array_remove(array_agg(r.percent), null) as percents
                from billing.pay_scheme c left join billing.pay_rate r using (school_id, pay_scheme_id)
                where c.school_id = :s
                group by c.pay_scheme_id, c.from_day, c.title, c.basis, c.period_minutes, c.fixed_fen, c.fixed_turns, c.substitute_percent
                order by c.from_day desc
                """)
                .param("s", school)
                .query((r, n) -> new SchemeRow(
                                r.getObject(1, UUID.class),
                                r.getObject(2, LocalDate.class),
                                r.getString(3),
                                r.getString(4),
                                r.getInt(5),
                                r.getLong(6),
                                r.getInt(7),
                                r.getInt(8),
                                (String[]) r.getArray(9).getArray(),
                                (Long[]) r.getArray(10).getArray(),
                                (Integer[]) r.getArray(11).getArray())
                        .scheme())
                .list();
    }

    void add(UUID school, Scheme scheme, @Nullable UUID by, Instant at) {
        sql.sql("""
                insert into billing.pay_scheme (school_id, pay_scheme_id, from_day, title, basis, period_minutes, fixed_fen, fixed_turns, substitute_percent, set_by, set_at)
                values (:s, :id, :from, :title, :basis, :minutes, :fixed, :turns, :stood, :by, :at)
                """)
                .param("s", school)
                .param("id", scheme.id())
                .param("from", scheme.from())
                .param("title", scheme.title())
                .param("basis", scheme.basis())
                .param("minutes", scheme.periodMinutes())
                .param("fixed", scheme.fixedFen())
                .param("turns", scheme.fixedTurns())
                .param("stood", scheme.substitutePercent())
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(at))
                .update();
        sql.sql("insert into billing.pay_rate (school_id, pay_scheme_id, work, fen, percent) select :s, :id, u.work, u.fen, u.percent from unnest(:works::text[], :fens::bigint[], :percents::int[]) as u (work, fen, percent)")
                .param("s", school)
                .param("id", scheme.id())
                .param("works", scheme.rates().stream().map(r -> r.work().code()).toArray(String[]::new))
                .param("fens", scheme.rates().stream().map(Scheme.Rate::fen).toArray(Long[]::new))
                .param("percents", scheme.rates().stream().map(Scheme.Rate::percent).toArray(Integer[]::new))
                .update();
    }

    /** @param state agreed, approved or paid */
    record Month(YearMonth month, UUID id, UUID scheme, String state, @Nullable UUID agreedBy, Instant agreedAt, @Nullable Instant approvedAt, @Nullable LocalDate paidOn) {}

    private static final String MONTH = "select month, document, pay_scheme_id, state, agreed_by, agreed_at, approved_at, paid_on from billing.pay_month where school_id = :s ";

    Optional<Month> month(UUID school, YearMonth month) {
        return sql.sql(MONTH + "and month = :m").param("s", school).param("m", month.atDay(1)).query(SlipStore::month).optional();
    }

    /** For whoever is about to change it. */
    Optional<Month> locked(UUID school, YearMonth month) {
        return sql.sql(MONTH + "and month = :m for update").param("s", school).param("m", month.atDay(1)).query(SlipStore::month).optional();
    }

    /** Newest first. */
    List<Month> months(UUID school) {
        return sql.sql(MONTH + "order by month desc").param("s", school).query(SlipStore::month).list();
    }

    private static Month month(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        @Nullable Timestamp approved = r.getTimestamp("approved_at");
        return new Month(
                YearMonth.from(r.getObject("month", LocalDate.class)),
                r.getObject("document", UUID.class),
                r.getObject("pay_scheme_id", UUID.class),
                r.getString("state"),
                r.getObject("agreed_by", UUID.class),
                r.getTimestamp("agreed_at").toInstant(),
                approved == null ? null : approved.toInstant(),
                r.getObject("paid_on", LocalDate.class));
    }

    /** Says of sessions without a roll whether they were held. A later word takes the place of an earlier one. */
    int word(UUID school, List<UUID> sessions, List<LocalDate> days, boolean held, @Nullable UUID by, Instant at) {
        return sql.sql("""
                insert into billing.pay_word (school_id, session_id, day, held, by, at)
                select :s, u.id, u.day, :held, :by, :at from unnest(:ids::uuid[], :days::date[]) as u (id, day)
                on conflict (school_id, session_id) do update set held = excluded.held, by = excluded.by, at = excluded.at
                """)
                .param("s", school)
                .param("held", held)
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(at))
                .param("ids", sessions.toArray(UUID[]::new))
                .param("days", days.stream().map(Date::valueOf).toArray(Date[]::new))
                .update();
    }

    /** A person's frozen month. @param fen what is paid; 0 where time is taken instead */
    record Frozen(UUID staff, boolean asHours, long fixed, long other, long fen, int minutes) {}

    void freeze(UUID school, Month month, List<Frozen> slips, List<Payroll.Slip> lines, @Nullable UUID by, Instant at) {
        sql.sql("""
                insert into billing.pay_month (school_id, month, document, pay_scheme_id, state, agreed_by, agreed_at) values (:s, :m, :id, :scheme, 'agreed', :by, :at)
                """)
                .param("s", school)
                .param("m", month.month().atDay(1))
                .param("id", month.id())
                .param("scheme", month.scheme())
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(at))
                .update();
        sql.sql("""
                insert into billing.pay_slip (school_id, month, staff_id, as_hours, fixed_fen, other_fen, fen, minutes)
                select :s, :m, u.* from unnest(:staff::uuid[], :hours::boolean[], :fixed::bigint[], :other::bigint[], :fen::bigint[], :minutes::int[]) as u
                """)
                .param("s", school)
                .param("m", month.month().atDay(1))
                .param("staff", slips.stream().map(Frozen::staff).toArray(UUID[]::new))
                .param("hours", slips.stream().map(Frozen::asHours).toArray(Boolean[]::new))
                .param("fixed", slips.stream().map(Frozen::fixed).toArray(Long[]::new))
                .param("other", slips.stream().map(Frozen::other).toArray(Long[]::new))
                .param("fen", slips.stream().map(Frozen::fen).toArray(Long[]::new))
                .param("minutes", slips.stream().map(Frozen::minutes).toArray(Integer[]::new))
                .update();
        record Flat(UUID staff, int ordinal, Payroll.Line line) {}
        List<Flat> flat = new java.util.ArrayList<>();
        for (Payroll.Slip slip : lines) for (int i = 0; i < slip.lines().size(); i++) flat.add(new Flat(slip.staff(), i, slip.lines().get(i)));
        sql.sql("""
                insert into billing.pay_line (school_id, month, staff_id, ordinal, day, work, stood_at, what, minutes, stood, rate_fen, percent, cut_fen, fen)
                select :s, :m, u.* from unnest(:staff::uuid[], :ordinals::int[], :days::date[], :works::text[], :refs::uuid[], :whats::text[], :minutes::int[], :stood::boolean[], :rates::bigint[], :percents::int[], :cuts::bigint[], :fens::bigint[]) as u
                """)
                .param("s", school)
                .param("m", month.month().atDay(1))
                .param("staff", flat.stream().map(Flat::staff).toArray(UUID[]::new))
                .param("ordinals", flat.stream().map(Flat::ordinal).toArray(Integer[]::new))
                .param("days", flat.stream().map(f -> Date.valueOf(f.line().held().day())).toArray(Date[]::new))
                .param("works", flat.stream().map(f -> f.line().held().work().code()).toArray(String[]::new))
                .param("refs", flat.stream().map(f -> f.line().held().ref()).toArray(UUID[]::new))
                .param("whats", flat.stream().map(f -> f.line().held().what()).toArray(String[]::new))
                .param("minutes", flat.stream().map(f -> f.line().held().minutes()).toArray(Integer[]::new))
                .param("stood", flat.stream().map(f -> f.line().held().stood()).toArray(Boolean[]::new))
                .param("rates", flat.stream().map(f -> f.line().rate()).toArray(Long[]::new))
                .param("percents", flat.stream().map(f -> f.line().percent()).toArray(Integer[]::new))
                .param("cuts", flat.stream().map(f -> f.line().cut()).toArray(Long[]::new))
                .param("fens", flat.stream().map(f -> f.line().fen()).toArray(Long[]::new))
                .update();
    }

    /** An agreed month is open again. */
    void thaw(UUID school, YearMonth month) {
        for (String table : List.of("pay_line", "pay_slip", "pay_month")) sql.sql("delete from billing." + table + " where school_id = :s and month = :m").param("s", school).param("m", month.atDay(1)).update();
    }

    void approve(UUID school, YearMonth month, @Nullable UUID by, Instant at) {
        sql.sql("update billing.pay_month set state = 'approved', approved_by = :by, approved_at = :at where school_id = :s and month = :m and state = 'agreed'")
                .param("s", school).param("m", month.atDay(1)).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
        sql.sql("""
                insert into billing.hour_entry (school_id, hour_entry_id, staff_id, day, minutes, why, month, by, at)
                select school_id, gen_random_uuid(), staff_id, :last, minutes, 'earned', month, :by, :at from billing.pay_slip
                where school_id = :s and month = :m and as_hours and minutes > 0
                """)
                .param("s", school).param("m", month.atDay(1)).param("last", month.atEndOfMonth()).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
    }

    void paid(UUID school, YearMonth month, @Nullable UUID by, LocalDate on) {
        sql.sql("update billing.pay_month set state = 'paid', paid_by = :by, paid_on = :on where school_id = :s and month = :m and state = 'approved'")
                .param("s", school).param("m", month.atDay(1)).param("by", by, Types.OTHER).param("on", on).update();
    }

    List<Frozen> slips(UUID school, YearMonth month) {
        return sql.sql("select staff_id as staff, as_hours, fixed_fen as fixed, other_fen as other, fen, minutes from billing.pay_slip where school_id = :s and month = :m")
                .param("s", school).param("m", month.atDay(1)).query(Frozen.class).list();
    }

    /** Lines of a frozen month. @param staff one person, or null for all */
    List<Payroll.Slip> lines(UUID school, YearMonth month, @Nullable UUID staff) {
        Map<UUID, List<Payroll.Line>> lines = new java.util.LinkedHashMap<>();
        sql.sql("""
                select staff_id, day, work, stood_at, what, minutes, stood, rate_fen, percent, cut_fen, fen from billing.pay_line
                where school_id = :s and month = :m and (cast(:staff as uuid) is null or staff_id = cast(:staff as uuid)) order by staff_id, ordinal
                """)
                .param("s", school)
                .param("m", month.atDay(1))
                .param("staff", staff == null ? null : staff.toString())
                .query(r -> {
                    Held held = new Held(r.getObject(1, UUID.class), r.getObject(2, LocalDate.class), Work.of(r.getString(3)).orElseThrow(), r.getObject(4, UUID.class), null, r.getString(5), r.getInt(6), r.getBoolean(7));
                    lines.computeIfAbsent(held.staff(), k -> new java.util.ArrayList<>()).add(new Payroll.Line(held, r.getLong(8), r.getInt(9), r.getLong(10), r.getLong(11)));
                });
        return lines.entrySet().stream().map(e -> new Payroll.Slip(e.getKey(), e.getValue(), 0)).toList();
    }

    /** Who takes time instead of money in a month. */
    java.util.Set<UUID> asHours(UUID school, YearMonth month) {
        return sql.sql("""
                select staff_id from (select distinct on (staff_id) staff_id, as_hours from billing.pay_choice where school_id = :s and from_month <= :m order by staff_id, from_month desc) c where as_hours
                """).param("s", school).param("m", month.atDay(1)).query(UUID.class).set();
    }

    void choose(UUID school, UUID staff, YearMonth from, boolean asHours, @Nullable UUID by, Instant at) {
        sql.sql("""
                insert into billing.pay_choice (school_id, staff_id, from_month, as_hours, by, at) values (:s, :f, :m, :hours, :by, :at)
                on conflict (school_id, staff_id, from_month) do update set as_hours = excluded.as_hours, by = excluded.by, at = excluded.at
                """)
                .param("s", school).param("f", staff).param("m", from.atDay(1)).param("hours", asHours).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
    }

    /** Minutes in the bank, by person; who has none is missing. */
    Map<UUID, Integer> hours(UUID school) {
        Map<UUID, Integer> all = new HashMap<>();
        sql.sql("select staff_id, sum(minutes)::int from billing.hour_entry where school_id = :s group by staff_id having sum(minutes) <> 0").param("s", school).query(r -> {
            all.put(r.getObject(1, UUID.class), r.getInt(2));
        });
        return all;
    }

    void hour(UUID school, UUID id, UUID staff, LocalDate day, int minutes, String why, @Nullable UUID by, Instant at) {
        sql.sql("insert into billing.hour_entry (school_id, hour_entry_id, staff_id, day, minutes, why, by, at) values (:s, :id, :f, :day, :minutes, :why, :by, :at)")
                .param("s", school).param("id", id).param("f", staff).param("day", day).param("minutes", minutes).param("why", why).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
    }

    /** Serialises what is taken from one person's bank. */
    void lockHours(UUID school, UUID staff) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.hours/" + school + "/" + staff).query((r, n) -> 0).single();
    }

    void correct(UUID school, UUID id, UUID staff, YearMonth month, LocalDate about, long fen, String why, @Nullable UUID by, Instant at) {
        sql.sql("insert into billing.pay_correction (school_id, pay_correction_id, staff_id, month, about, fen, why, by, at) values (:s, :id, :f, :m, :about, :fen, :why, :by, :at)")
                .param("s", school).param("id", id).param("f", staff).param("m", month.atDay(1)).param("about", about).param("fen", fen).param("why", why).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
    }

    record Correction(UUID staff, LocalDate about, long fen, String why) {}

    List<Correction> corrections(UUID school, YearMonth month) {
        return sql.sql("select staff_id as staff, about, fen, why from billing.pay_correction where school_id = :s and month = :m order by at, pay_correction_id")
                .param("s", school).param("m", month.atDay(1)).query(Correction.class).list();
    }

    static Map<UUID, Long> sums(List<Correction> corrections) {
        return corrections.stream().collect(Collectors.groupingBy(Correction::staff, Collectors.summingLong(Correction::fen)));
    }

    /** The member of staff behind an account; empty for whoever is on no list. */
    Optional<UUID> self(UUID school, UUID account) {
        return sql.sql("select staff_id from roster.pub_staff where school_id = :s and account_id = :a").param("s", school).param("a", account).query(UUID.class).list().stream().findFirst();
    }

    /** Names of everybody who ever was on the staff. */
    Map<UUID, String> names(UUID school) {
        Map<UUID, String> names = new HashMap<>();
        sql.sql("select staff_id, name from roster.pub_staff_ever where school_id = :s").param("s", school).query(r -> {
            names.put(r.getObject(1, UUID.class), r.getString(2));
        });
        return names;
    }
}
