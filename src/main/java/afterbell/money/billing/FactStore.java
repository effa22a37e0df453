package afterbell.money.billing;

import afterbell.base.rules.ServiceClass;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.LockedFact;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each child had of each service on each day of a period: from the child-day where rolls were kept, else from the plan; by sets, one statement for a whole
 * school whatever its size.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class FactStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Letters of a day. */
    private static final int DATE = 10;

    private final JdbcClient sql;

    FactStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * A bell of a band on a day.
     *
     * @param state H held, C closed by an authority, U not held by the school
     */
    record Bell(String band, LocalDate day, UUID slot, ServiceClass service, int minutes, char state) {}

    /** One child's days of one service with equal numbers of periods and minutes, held and lost. */
    record Fact(UUID pupil, UUID schoolClass, int grade, boolean boarding, LockedFact locked) {}

    /** A day that the rolls leave open: the child was awaited, and nobody said anything or it left before any roll. */
    record Doubt(UUID pupil, String name, String className, LocalDate day, String state, @Nullable String ruled) {}

    /** What a period looks like before it is locked. */
    record Unrolled(LocalDate day, int children) {}

    /**
     * {@code day_of}: one row per child, day and service with its mark. A day that a child came to counts whole. Days after {@code :known} have not happened
     * and stand as planned. Who left or gave up keeps the days that were planned for it, as withdrawn; who joined has none before its first; of a session that the school dropped its minutes are lost.
     */
    private static final String DAYS =
            """
            with period as materialized (
                select period_id, from_day, until_day, unrolled = 'as_planned' as counts from billing.period where school_id = :s and period_id = any(:periods)),
            bell as materialized (
                select * from unnest(:bands::text[], :days::date[], :slots::uuid[], :services::text[], :minutes::int[], :states::text[]) as b(band, day, slot_id, service, minutes, state)),
            standing as materialized (
                select day, pupil_id, class_id, state, sessions from custody.pub_standing where school_id = :s and day between :from and :until and day <= :known),
            rolled as materialized (select distinct day from standing),
            stopped as materialized (
                select pupil_id, min(from_day) as from_day from (
                    select pupil_id, from_day from billing.stop where school_id = :s and term_id = :term and withdrawn_at is null
                    union all select pupil_id, left_on from roster.pub_pupil_ever where school_id = :s and left_on is not null) x
                group by pupil_id),
            place as materialized (
                select l.pupil_id, l.class_id, l.slot_id, l.section_id, coalesce(e.joined_on, :from) as since
                from timetable.pub_place_ever l join roster.pub_pupil_ever e on e.school_id = :s and e.pupil_id = l.pupil_id
                where l.school_id = :s and l.term_id = :term),
            slot as materialized (
                select slot_id, case service_class when 'noon' then 'NOON_CARE' when 'evening' then 'EVENING_STUDY' when 'weekend' then 'WEEKEND_CARE' when 'holiday' then 'HOLIDAY_CARE' else 'AFTER_SCHOOL' end as service
                from calendar.pub_slot where school_id = :s and term_id = :term),
            extension as materialized (select section_id from programme.pub_section where school_id = :s and term_id = :term and layer = 'extension'),
            recorded as (
                select s.day, s.pupil_id, l.service, m.section_id, extract(epoch from m.ends - m.starts)::int / 60 as minutes, 'H' as state
                from standing s cross join lateral unnest(s.sessions) as u(id)
                join timetable.pub_session m on m.school_id = :s and m.session_id = u.id
                join slot l on l.slot_id = m.slot_id
                where m.state <> 'dropped'),
            fell as (
                select m.day, coalesce(h.pupil_id, p.pupil_id) as pupil_id, l.service, m.section_id, extract(epoch from m.ends - m.starts)::int / 60 as minutes, 'U' as state
                from timetable.pub_session m
                left join placement.pub_seat_history h on h.school_id = :s and h.section_id = m.section_id and h.from_day <= m.day and (h.until_day is null and h.ended_at is null or h.until_day >= m.day)
                left join place p on m.section_id is null and p.section_id is null and p.slot_id = m.slot_id and p.class_id = m.class_id and p.since <= m.day
                join slot l on l.slot_id = m.slot_id
                where (h.pupil_id is not null or p.pupil_id is not null) and m.school_id = :s and m.term_id = :term and m.state = 'dropped' and m.cause = 'hand' and m.day between :from and :until and m.day in (select day from rolled)),
            planned as (
                select b.day, p.pupil_id, b.service, p.section_id, b.minutes, b.state
                from bell b join place p on p.slot_id = b.slot_id and p.since <= b.day
                where b.state <> 'H' or b.day not in (select day from rolled)),
            gone as (
                select b.day, p.pupil_id, b.service, p.section_id, b.minutes, b.state
                from stopped x join place p on p.pupil_id = x.pupil_id join bell b on b.slot_id = p.slot_id and b.day >= x.from_day
                where b.state = 'H' and b.day in (select day from rolled) and not exists (select 1 from standing s where s.day = b.day and s.pupil_id = x.pupil_id)),
            before as (
                select d.day, f.pupil_id, f.service, f.units, f.minutes, f.lost
                from billing.fact f cross join lateral unnest(f.days) as d(day)
                join stopped x on x.pupil_id = f.pupil_id and d.day >= x.from_day
                where f.school_id = :s and f.period_id in (select period_id from period) and f.turn = 0),
            hour as (select * from recorded union all select * from fell union all select * from planned union all select * from gone),
            unit as (
                select h.day, h.pupil_id, h.service,
                       case when bool_or(h.state = 'H') then count(*) filter (where h.state = 'H') else count(*) end::int as units,
                       case when bool_or(h.state = 'H') then sum(h.minutes) filter (where h.state = 'H') else sum(h.minutes) end::int as minutes,
                       case when bool_or(h.state = 'H') then coalesce(sum(h.minutes) filter (where h.state = 'U'), 0) else 0 end::int as lost,
                       case when bool_or(h.state = 'H') then 'H' when bool_or(h.state = 'C') then 'C' else 'U' end as state,
                       count(*) filter (where h.state = 'H' and h.section_id in (select section_id from extension))::int as special
                from hour h
                group by 1, 2, 3),
            whole as (
                select day, pupil_id, service, units, minutes, lost, state, special from unit
                union all
                select v.day, v.pupil_id, v.service, v.units, v.minutes, v.lost, 'H', 0 from before v
                where not exists (select 1 from unit u where u.day = v.day and u.pupil_id = v.pupil_id and u.service = v.service)),
            counted as materialized (
                select e.day, e.pupil_id from custody.pub_fact e
                where e.school_id = :s and e.day between :from and :until and e.day <= :known and e.kind = 'counted'
                  and not exists (select 1 from custody.pub_fact u where u.school_id = :s and u.day = e.day and u.pupil_id = e.pupil_id and u.kind = 'undone' and u.other_id = e.entry_id and (u.by = e.by or u.flag))
                group by e.day, e.pupil_id),
            away as materialized (
                select distinct w.pupil_id, d.day::date as day
                from custody.pub_leave w cross join lateral generate_series(greatest(w.from_day, :from), least(w.until_day, :until), interval '1 day') as d(day)
                where w.school_id = :s and w.from_day <= :until and w.until_day >= :from and (w.weekdays = '{}' or extract(isodow from d.day)::int = any(w.weekdays))),
            day_of as materialized (
                select q.period_id, w.day, w.pupil_id, w.service, w.units, w.minutes, w.lost, w.special, s.class_id as then_class, s.state as standing,
                       case when w.state <> 'H' then w.state
                            when g.firm then g.mark
                            when c.came then 'A'
                            when x.from_day is not null and w.day >= x.from_day then 'W'
                            when g.mark is not null then g.mark
                            when w.day > :known then case when c.away and :advance = false then 'L' else 'P' end
                            when s.state in ('on_leave', 'not_at_school') then 'L'
                            when s.pupil_id is not null then 'M'
                            when c.away then 'L'
                            when q.counts or :assumed then 'A' else 'U' end as mark,
                       not c.came and g.mark is null and s.pupil_id is not null and s.state not in ('on_leave', 'not_at_school') and (x.from_day is null or w.day < x.from_day) and w.state = 'H' as doubtful,
                       g.mark as ruled
                from whole w
                join period q on w.day between q.from_day and q.until_day
                left join standing s on s.day = w.day and s.pupil_id = w.pupil_id
                cross join lateral (select (w.day, w.pupil_id) in (select day, pupil_id from counted) as came, (w.day, w.pupil_id) in (select day, pupil_id from away) as away) c
                left join stopped x on x.pupil_id = w.pupil_id
                left join billing.ruling g on g.school_id = :s and g.period_id = q.period_id and g.pupil_id = w.pupil_id and g.day = w.day)
            """;

    /**
     * How periods of one term are read.
     *
     * @param known last day that has happened
     * @param advance as planned beforehand, whatever was told since
     * @param assumed days without any roll count as planned, for what is not locked: a family asks before finance has said a word
     */
    record Reading(UUID school, List<Period> periods, List<Bell> bells, LocalDate known, boolean advance, boolean assumed) {
        Reading {
            periods = List.copyOf(periods);
            bells = List.copyOf(bells);
        }

        Period of(UUID id) {
            return periods.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
        }
    }

    private JdbcClient.StatementSpec ask(Reading reading, String select) {
        List<Bell> bells = reading.bells();
        List<Period> periods = reading.periods();
        return sql.sql(DAYS + select)
                .param("s", reading.school())
                .param("periods", periods.stream().map(Period::id).toArray(UUID[]::new))
                .param("term", periods.getFirst().term())
                .param("from", periods.stream().map(Period::from).min(LocalDate::compareTo).orElseThrow())
                .param("until", periods.stream().map(Period::until).max(LocalDate::compareTo).orElseThrow())
                .param("known", reading.known())
                .param("advance", reading.advance())
                .param("assumed", reading.assumed())
                .param("bands", bells.stream().map(Bell::band).toArray(String[]::new))
                .param("days", bells.stream().map(b -> Date.valueOf(b.day())).toArray(Date[]::new))
                .param("slots", bells.stream().map(Bell::slot).toArray(UUID[]::new))
                .param("services", bells.stream().map(b -> b.service().name()).toArray(String[]::new))
                .param("minutes", bells.stream().map(Bell::minutes).toArray(Integer[]::new))
                .param("states", bells.stream().map(b -> String.valueOf(b.state())).toArray(String[]::new));
    }

    /**
     * Before a whole school is asked, once and for the rest of the transaction: the database can't guess how many days the parts of the question have, and would
     * look each up in all others one by one, which took a school three seconds instead of half of one.
     */
    void bySets() {
        sql.sql("select set_config('enable_nestloop', 'off', true)").query(String.class).single();
    }

    /** By period, in the order of the children's ids; a period without any has an empty list. */
    Map<UUID, List<Fact>> facts(Reading reading) {
        Map<UUID, List<Fact>> facts = new HashMap<>();
        reading.periods().forEach(period -> facts.put(period.id(), new ArrayList<>()));
        Map<String, LocalDate> known = new HashMap<>();
        ask(reading, """
                select d.period_id, d.pupil_id, p.class_id, c.grade, p.boarding, d.service, d.units, d.minutes, d.lost,
                       coalesce(sum(d.special) filter (where d.mark in ('A', 'P')), 0)::int as special, array_agg(d.day order by d.day)::text as days, string_agg(d.mark, '' order by d.day) as marks
                from day_of d
                join roster.pub_pupil_ever p on p.school_id = :s and p.pupil_id = d.pupil_id
                join roster.pub_class_ever c on c.school_id = :s and c.class_id = p.class_id
                group by d.period_id, d.pupil_id, p.class_id, c.grade, p.boarding, d.service, d.units, d.minutes, d.lost
                order by d.pupil_id, d.service, d.units, d.minutes, d.lost
                """)
                .query(r -> {
                    UUID period = r.getObject("period_id", UUID.class);
                    Objects.requireNonNull(facts.get(period)).add(fact(r, reading.of(period), known));
                });
        return facts;
    }

    private static Fact fact(ResultSet r, Period period, Map<String, LocalDate> known) throws SQLException {
        return new Fact(
                r.getObject("pupil_id", UUID.class), r.getObject("class_id", UUID.class), r.getInt("grade"), r.getBoolean("boarding"),
                new LockedFact(
                        period.from(), period.until(), period.workdays(), ServiceClass.valueOf(r.getString("service")), r.getInt("units"), r.getInt("minutes"), r.getInt("lost"), r.getInt("special"),
                        days(r.getString("days"), known), LockedFact.marks(r.getString("marks"))));
    }

    /** Days of an array as the database writes it. A school has hundreds of thousands of them, and all the same few: each is read once. */
    static List<LocalDate> days(String array, Map<String, LocalDate> known) {
        List<LocalDate> days = new ArrayList<>(array.length() / (DATE + 1));
        for (int i = 1; i + DATE <= array.length(); i += DATE + 1) days.add(known.computeIfAbsent(array.substring(i, i + DATE), LocalDate::parse));
        return days;
    }

    /** What a person has to look at before one period is locked. */
    record Open(List<Doubt> doubts, List<Unrolled> unrolled) {}

    Open open(Reading reading) {
        return ask(reading, """
                select (select json_agg(x) from (
                           select distinct d.pupil_id as pupil, p.name, c.name as class_name, c.grade, c.number, p.initials, d.day, coalesce(d.standing, '') as state, d.ruled
                           from day_of d
                           join roster.pub_pupil_ever p on p.school_id = :s and p.pupil_id = d.pupil_id
                           join roster.pub_class_ever c on c.school_id = :s and c.class_id = coalesce(d.then_class, p.class_id)
                           where d.doubtful or d.ruled is not null
                           order by c.grade, c.number, p.initials, d.pupil_id, d.day) x) as doubts,
                       (select json_agg(x) from (
                           select d.day, count(distinct d.pupil_id)::int as children from day_of d
                           where d.day <= :known and d.standing is null and d.mark not in ('C', 'W') and not exists (select 1 from rolled r where r.day = d.day)
                             and exists (select 1 from bell b where b.day = d.day and b.state = 'H') group by d.day order by d.day) x) as unrolled
                """)
                .query((r, n) -> new Open(doubts(r.getString("doubts")), unrolled(r.getString("unrolled"))))
                .single();
    }

    private static List<Doubt> doubts(@Nullable String json) {
        List<Doubt> doubts = new ArrayList<>();
        if (json != null)
            for (JsonNode d : JSON.readTree(json))
                doubts.add(new Doubt(
                        UUID.fromString(d.get("pupil").asString()), d.get("name").asString(), d.get("class_name").asString(), LocalDate.parse(d.get("day").asString()), d.get("state").asString(),
                        d.get("ruled").isNull() ? null : d.get("ruled").asString()));
        return doubts;
    }

    private static List<Unrolled> unrolled(@Nullable String json) {
        List<Unrolled> unrolled = new ArrayList<>();
        if (json != null) for (JsonNode d : JSON.readTree(json)) unrolled.add(new Unrolled(LocalDate.parse(d.get("day").asString()), d.get("children").asInt()));
        return unrolled;
    }

    /** Writes a turn of facts. */
    void lock(UUID school, Period period, int turn, List<Fact> facts) {
        sql.sql("""
                insert into billing.fact (school_id, period_id, turn, pupil_id, service, units, minutes, lost, class_id, grade, boarding, special, days, marks)
                select :s, :p, :turn, u.pupil, u.service, u.units, u.minutes, u.lost, u.class, u.grade, u.boarding, u.special, string_to_array(u.days, ',')::date[], u.marks
                from unnest(:pupils::uuid[], :services::text[], :units::int[], :minutes::int[], :losts::int[], :classes::uuid[], :grades::int[], :boarding::boolean[], :specials::int[], :days::text[], :marks::text[])
                     as u(pupil, service, units, minutes, lost, class, grade, boarding, special, days, marks)
                """)
                .param("s", school)
                .param("p", period.id())
                .param("turn", turn)
                .param("pupils", facts.stream().map(Fact::pupil).toArray(UUID[]::new))
                .param("services", facts.stream().map(f -> f.locked().service().name()).toArray(String[]::new))
                .param("units", facts.stream().map(f -> f.locked().units()).toArray(Integer[]::new))
                .param("minutes", facts.stream().map(f -> f.locked().minutes()).toArray(Integer[]::new))
                .param("losts", facts.stream().map(f -> f.locked().lost()).toArray(Integer[]::new))
                .param("classes", facts.stream().map(Fact::schoolClass).toArray(UUID[]::new))
                .param("grades", facts.stream().map(Fact::grade).toArray(Integer[]::new))
                .param("boarding", facts.stream().map(Fact::boarding).toArray(Boolean[]::new))
                .param("specials", facts.stream().map(f -> f.locked().special()).toArray(Integer[]::new))
                .param("days", facts.stream().map(f -> String.join(",", f.locked().days().stream().map(LocalDate::toString).toList())).toArray(String[]::new))
                .param("marks", facts.stream().map(f -> LockedFact.signs(f.locked().marks())).toArray(String[]::new))
                .update();
    }

    /** The facts that hold of some children under a tariff in a term: of each period the last turn. All children where none is named. */
    List<Fact> locked(UUID school, UUID term, UUID tariff, @Nullable UUID pupil) {
        Map<String, LocalDate> known = new HashMap<>();
        return sql.sql("""
                select f.pupil_id, f.class_id, f.grade, f.boarding, f.service, f.units, f.minutes, f.lost, f.special, f.days::text as days, f.marks, p.from_day, p.until_day, p.workdays
                from billing.period p
                join lateral (select max(turn) as turn from billing.locking k where k.school_id = p.school_id and k.period_id = p.period_id) l on true
                join billing.fact f on f.school_id = p.school_id and f.period_id = p.period_id and f.turn = l.turn
                where p.school_id = :s and p.term_id = :t and p.tariff_id = :tariff and (cast(:pupil as uuid) is null or f.pupil_id = :pupil)
                order by f.pupil_id, p.from_day, f.service, f.units, f.minutes, f.lost
                """)
                .param("s", school)
                .param("t", term)
                .param("tariff", tariff)
                .param("pupil", pupil, java.sql.Types.OTHER)
                .query((r, n) -> new Fact(
                        r.getObject("pupil_id", UUID.class), r.getObject("class_id", UUID.class), r.getInt("grade"), r.getBoolean("boarding"),
                        new LockedFact(
                                r.getObject("from_day", LocalDate.class), r.getObject("until_day", LocalDate.class), r.getInt("workdays"), ServiceClass.valueOf(r.getString("service")), r.getInt("units"), r.getInt("minutes"),
                                r.getInt("lost"), r.getInt("special"), days(r.getString("days"), known), LockedFact.marks(r.getString("marks")))))
                .list();
    }

    int nextTurn(UUID school, UUID period) {
        return sql.sql("select coalesce(max(turn), -1) + 1 from billing.locking where school_id = :s and period_id = :p").param("s", school).param("p", period).query(Integer.class).single();
    }
}
