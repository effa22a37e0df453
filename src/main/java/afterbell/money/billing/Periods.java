package afterbell.money.billing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.money.billing.TariffsInUse.InUse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Times that are billed at once: the months of a term, cut where a tariff begins or ends. What nobody has locked is cut anew when tariff or term change. */
@Component
@Transactional(readOnly = true)
public class Periods {
    private final JdbcClient sql;
    private final Questions questions;
    private final Calendars calendars;
    private final TariffsInUse tariffs;
    private final Ids ids;

    Periods(JdbcClient sql, Questions questions, Calendars calendars, TariffsInUse tariffs, Ids ids) {
        this.sql = sql;
        this.questions = questions;
        this.calendars = calendars;
        this.tariffs = tariffs;
        this.ids = ids;
    }

    /**
     * @param turn of the last locking; null before the first, 0 where locked beforehand
     * @param unrolledCounts whether days without any roll count as planned, by a person's word
     * @param lockedAt of the last locking
     * @param children of the last locking
     */
    public record Period(
            UUID id,
            UUID term,
            UUID tariff,
            LocalDate from,
            LocalDate until,
            int workdays,
            boolean unrolledCounts,
            @Nullable Integer turn,
            @Nullable Instant lockedAt,
            int children,
            long chargedFen) {

        /** Facts of what happened, not of what was planned, are locked. */
        public boolean settled() {
            return turn != null && turn > 0;
        }

        public boolean over(LocalDate today) {
            return until.isBefore(today);
        }
    }

    private static final String SELECT =
            """
            select p.period_id as id, p.term_id as term, p.tariff_id as tariff, p.from_day as "from", p.until_day as until, p.workdays, p.unrolled = 'as_planned' as unrolled_counts,
                   l.turn, l.at as locked_at, coalesce(l.children, 0) as children,
                   coalesce((select sum(c.fen) from billing.charge c where c.school_id = p.school_id and c.period_id = p.period_id), 0)::bigint as charged_fen
            from billing.period p
            left join lateral (select turn, at, children from billing.locking k where k.school_id = p.school_id and k.period_id = p.period_id order by turn desc limit 1) l on true
            where p.school_id = :s
            """;

    /** All periods, the latest first. */
    public static Question<Period> periodsOf(UUID school) {
        return new Question<>(Period.class, SELECT + " order by p.from_day desc", Map.of("s", school));
    }

    public List<Period> all(UUID school) {
        return sql.sql(SELECT + " order by p.from_day desc").param("s", school).query(Period.class).list();
    }

    /** Periods and the tariffs that they stand under, the latest first. */
    public record Both(List<Period> periods, Map<UUID, InUse> tariffs) {
        public Period period(UUID id) {
            return periods.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        }

        public InUse tariffOf(Period period) {
            return Optional.ofNullable(tariffs.get(period.tariff())).orElseThrow(NotFound::new);
        }
    }

    public Both both(UUID school) {
        Question<Period> all = periodsOf(school);
        Question<TariffsInUse.Row> inUse = TariffsInUse.rowsOf(school);
        Questions.Answers answers = questions.ask(all, inUse);
        Map<UUID, InUse> byId = new HashMap<>();
        answers.of(inUse).forEach(row -> byId.put(row.id(), tariffs.inUse(row)));
        return new Both(answers.of(all).stream().filter(p -> byId.containsKey(p.tariff())).toList(), byId);
    }

    public Period get(UUID school, UUID period) {
        return sql.sql(SELECT + " and p.period_id = :p").param("s", school).param("p", period).query(Period.class).optional().orElseThrow(NotFound::new);
    }

    public Optional<Period> on(UUID school, LocalDate day) {
        return sql.sql(SELECT + " and :d between p.from_day and p.until_day").param("s", school).param("d", day).query(Period.class).optional();
    }

    /** Last day about which something is locked; a new tariff begins after it. */
    public Optional<LocalDate> lockedUntil(UUID school) {
        return sql.sql("select max(p.until_day) from billing.period p where p.school_id = :s and exists (select 1 from billing.locking k where k.school_id = p.school_id and k.period_id = p.period_id)")
                .param("s", school)
                .query((r, n) -> Optional.ofNullable(r.getObject(1, LocalDate.class)))
                .single();
    }

    private record Piece(UUID term, UUID tariff, LocalDate from, LocalDate until, int workdays) {}

    /** Cuts the months of all terms anew where nothing is locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lay(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.period/" + school).query((r, n) -> 0).single();
        Holidays holidays = calendars.holidays(school);
        List<Piece> pieces = new ArrayList<>();
        List<InUse> inUse = tariffs.all(school);
        for (Term term : calendars.terms(school)) for (InUse tariff : inUse) cut(term, tariff, holidays, pieces);
        sql.sql("""
                delete from billing.period p where p.school_id = :s
                  and not exists (select 1 from billing.locking k where k.school_id = p.school_id and k.period_id = p.period_id)
                  and not exists (select 1 from billing.ruling k where k.school_id = p.school_id and k.period_id = p.period_id)
                  and not exists (select 1 from unnest(:tariffs::uuid[], :froms::date[], :untils::date[], :workdays::int[]) as u(tariff, from_day, until_day, workdays)
                                  where u.tariff = p.tariff_id and u.from_day = p.from_day and u.until_day = p.until_day and u.workdays = p.workdays)
                """)
                .param("s", school)
                .param("tariffs", pieces.stream().map(Piece::tariff).toArray(UUID[]::new))
                .param("froms", pieces.stream().map(p -> java.sql.Date.valueOf(p.from())).toArray(java.sql.Date[]::new))
                .param("untils", pieces.stream().map(p -> java.sql.Date.valueOf(p.until())).toArray(java.sql.Date[]::new))
                .param("workdays", pieces.stream().map(Piece::workdays).toArray(Integer[]::new))
                .update();
        sql.sql("""
                insert into billing.period (school_id, period_id, term_id, tariff_id, from_day, until_day, workdays)
                select :s, u.* from unnest(:ids::uuid[], :terms::uuid[], :tariffs::uuid[], :froms::date[], :untils::date[], :workdays::int[]) as u
                on conflict do nothing
                """)
                .param("s", school)
                .param("ids", pieces.stream().map(p -> ids.next()).toArray(UUID[]::new))
                .param("terms", pieces.stream().map(Piece::term).toArray(UUID[]::new))
                .param("tariffs", pieces.stream().map(Piece::tariff).toArray(UUID[]::new))
                .param("froms", pieces.stream().map(p -> java.sql.Date.valueOf(p.from())).toArray(java.sql.Date[]::new))
                .param("untils", pieces.stream().map(p -> java.sql.Date.valueOf(p.until())).toArray(java.sql.Date[]::new))
                .param("workdays", pieces.stream().map(Piece::workdays).toArray(Integer[]::new))
                .update();
    }

    /** Workdays are those of the whole month, as the documents say, also where the term has a part of it. */
    private static void cut(Term term, InUse tariff, Holidays holidays, List<Piece> pieces) {
        LocalDate first = max(term.dates().first(), tariff.from());
        LocalDate last = tariff.until() == null ? term.dates().last() : min(term.dates().last(), tariff.until());
        for (YearMonth month = YearMonth.from(first); !month.atDay(1).isAfter(last); month = month.plusMonths(1)) {
            LocalDate from = max(first, month.atDay(1));
            LocalDate until = min(last, month.atEndOfMonth());
            if (!until.isBefore(from)) pieces.add(new Piece(term.id(), tariff.id(), from, until, holidays.workdays(month)));
        }
    }

    private static LocalDate max(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate min(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    /** What a day without any roll counts as. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void countUnrolled(UUID school, UUID period, boolean asPlanned) {
        sql.sql("update billing.period set unrolled = :u where school_id = :s and period_id = :p").param("s", school).param("p", period).param("u", asPlanned ? "as_planned" : "not_held").update();
    }
}
