package afterbell.base.calendar;

import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Terms, bells, closures and the school's own days in the database. Slices write through it after their checks; others ask {@link Calendars}. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TermStore {
    private final JdbcClient sql;
    private final Ids ids;

    TermStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** A row that a person can point at. */
    public record Row<T>(UUID id, T value) {}

    /** One change of a school's terms at a time, so that two offices can't open overlapping ones and meet a constraint instead of a sentence. */
    public void lock(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "calendar/" + school).query((r, n) -> 0).single();
    }

    public List<Term> all(UUID school) {
        return sql.sql("select * from calendar.term where school_id = :s").param("s", school).query((r, n) -> term(r)).list();
    }

    public Term get(UUID school, UUID term) {
        return sql.sql("select * from calendar.term where school_id = :s and term_id = :t")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> term(r))
                .optional()
                .orElseThrow(NotFound::new);
    }

    private static Term term(ResultSet r) throws SQLException {
        return new Term(
                r.getObject("term_id", UUID.class),
                r.getInt("start_year"),
                r.getInt("half"),
                new TermDates(r.getObject("first_day", LocalDate.class), r.getObject("last_day", LocalDate.class)),
                r.getObject("registration", LocalDate.class),
                r.getInt("service_week"),
                r.getInt("clubs_week"),
                r.getInt("add_drop_weeks"));
    }

    /** Adds or changes a term. A term that overlaps another raises; the caller checks first. */
    public void put(UUID school, Term term) {
        sql.sql("""
                insert into calendar.term (school_id, term_id, start_year, half, first_day, last_day, registration, service_week, clubs_week, add_drop_weeks)
                values (:s, :t, :year, :half, :first, :last, :registration, :service, :clubs, :adddrop)
                on conflict (school_id, term_id) do update set start_year = excluded.start_year, half = excluded.half, first_day = excluded.first_day,
                    last_day = excluded.last_day, registration = excluded.registration, service_week = excluded.service_week,
                    clubs_week = excluded.clubs_week, add_drop_weeks = excluded.add_drop_weeks
                """)
                .param("s", school)
                .param("t", term.id())
                .param("year", term.startYear())
                .param("half", term.half())
                .param("first", term.dates().first())
                .param("last", term.dates().last())
                .param("registration", term.registration())
                .param("service", term.serviceWeek())
                .param("clubs", term.clubsWeek())
                .param("adddrop", term.addDropWeeks())
                .update();
    }

    /** Bands, slots and waves in one statement: pages with a week on them have few to spend. */
    public BellGrid bells(UUID school, UUID term) {
        Map<String, GradeBand> bands = new LinkedHashMap<>();
        List<Slot> slots = new ArrayList<>();
        List<Wave> waves = new ArrayList<>();
        sql.sql("""
                select 1 as part, position as ordinal, null::uuid as id, code, name as label, grades as numbers, null::text[] as bands, null::text as band, null::int as weekday,
                       null::time as starts, null::time as ends, null::text as service, null::text as kind, null::date as valid_from, null::date as valid_until
                from calendar.band where school_id = :s and term_id = :t
                union all
                select 2, 0, slot_id, code, '', null, null, band, weekday, starts, ends, service, kind, valid_from, valid_until
                from calendar.slot where school_id = :s and term_id = :t
                union all
                select 3, 0, wave_id, '', gate, weekdays, bands, null, null, at, null, null, null, null, null
                from calendar.wave where school_id = :s and term_id = :t
                order by part, ordinal
                """)
                .param("s", school)
                .param("t", term)
                .query((r, n) -> {
                    switch (r.getInt("part")) {
                        case 1 -> bands.put(r.getString("code"), band(r));
                        case 2 -> slots.add(slot(r));
                        default -> waves.add(wave(r));
                    }
                    return r;
                })
                .list();
        return new BellGrid(bands.values(), slots, waves);
    }

    private static GradeBand band(ResultSet r) throws SQLException {
        String name = r.getString("label");
        return new GradeBand(r.getString("code"), new Bilingual(name, name), Set.copyOf(numbers(r.getArray("numbers"))));
    }

    private static Slot slot(ResultSet r) throws SQLException {
        LocalDate from = r.getObject("valid_from", LocalDate.class);
        return new Slot(
                r.getObject("id", UUID.class),
                r.getString("code"),
                r.getString("band"),
                DayOfWeek.of(r.getInt("weekday")),
                new TimeSpan(r.getObject("starts", LocalTime.class), r.getObject("ends", LocalTime.class)),
                ServiceClass.valueOf(r.getString("service")),
                SlotKind.valueOf(r.getString("kind")),
                from.equals(LocalDate.MIN) ? null : from,
                r.getObject("valid_until", LocalDate.class));
    }

    private static Wave wave(ResultSet r) throws SQLException {
        return new Wave(
                r.getString("id"), Set.of((String[]) r.getArray("bands").getArray()), days(r.getArray("numbers")), r.getObject("starts", LocalTime.class), r.getString("label"));
    }

    /** Replaces all bells of a term; slots that keep band, weekday and code keep their ids. The caller has checked that nothing overlaps; the database checks again. */
    public void putBells(UUID school, UUID term, BellGrid bells) {
        sql.sql("delete from calendar.band where school_id = :s and term_id = :t").param("s", school).param("t", term).update();
        sql.sql("delete from calendar.wave where school_id = :s and term_id = :t").param("s", school).param("t", term).update();
        int position = 0;
        for (GradeBand band : bells.bands())
            sql.sql("insert into calendar.band (school_id, term_id, code, name, grades, position) values (:s, :t, :code, :name, :grades, :position)")
                    .param("s", school)
                    .param("t", term)
                    .param("code", band.code())
                    .param("name", band.name().zh())
                    .param("grades", band.grades().toArray(Integer[]::new))
                    .param("position", position++)
                    .update();
        for (Slot slot : bells.slots()) insert(school, term, slot.in(term));
        for (Wave wave : bells.waves())
            sql.sql("insert into calendar.wave (school_id, wave_id, term_id, bands, weekdays, at, gate) values (:s, :id, :t, :bands, :days, :at, :gate)")
                    .param("s", school)
                    .param("id", ids.next())
                    .param("t", term)
                    .param("bands", wave.bands().stream().sorted().toArray(String[]::new))
                    .param("days", wave.days().stream().sorted().map(DayOfWeek::getValue).toArray(Integer[]::new))
                    .param("at", Time.valueOf(wave.at()))
                    .param("gate", wave.gate())
                    .update();
    }

    private void insert(UUID school, UUID term, Slot slot) {
        sql.sql("""
                insert into calendar.slot (school_id, slot_id, term_id, band, code, weekday, starts, ends, service, kind, valid_from, valid_until)
                values (:s, :id, :t, :band, :code, :day, :starts, :ends, :service, :kind, :from, :until)
                """)
                .param("s", school)
                .param("id", slot.id())
                .param("t", term)
                .param("band", slot.band())
                .param("code", slot.code())
                .param("day", slot.day().getValue())
                .param("starts", Time.valueOf(slot.time().from()))
                .param("ends", Time.valueOf(slot.time().until()))
                .param("service", slot.service().name())
                .param("kind", slot.kind().name())
                .param("from", slot.from() == null ? LocalDate.MIN : slot.from())
                .param("until", slot.until())
                .update();
    }

    /** What changes the days of a school: closures, its own word about a day, openings of a term, special afternoons. */
    public record Days(List<Row<Closure>> closureRows, Map<LocalDate, OwnDay> own, List<Row<Opening>> openingRows, List<Row<SpecialAfternoon>> specialRows) {
        public List<Closure> closures() {
            return closureRows.stream().map(Row::value).toList();
        }

        public List<SpecialAfternoon> specials() {
            return specialRows.stream().map(Row::value).toList();
        }

        public List<Opening> openings() {
            return openingRows.stream().map(Row::value).toList();
        }
    }

    public Days days(UUID school, UUID term) {
        List<Row<Closure>> closures = new ArrayList<>();
        Map<LocalDate, OwnDay> own = new LinkedHashMap<>();
        List<Row<Opening>> openings = new ArrayList<>();
        List<Row<SpecialAfternoon>> specials = new ArrayList<>();
        sql.sql("""
                select 1 as part, closure_id as id, from_day, until_day, bands, services, null::int[] as weekdays, false as teaches, reason as word, note, 0 as shift, null::time as ends
                from calendar.closure where school_id = :s
                union all
                select 2, null, day, day, null, null, array[follows], teaches, '', note, 0, null from calendar.own_day where school_id = :s
                union all
                select 3, opening_id, from_day, until_day, null, null, weekdays, false, '', name, 0, null from calendar.opening where school_id = :s and term_id = :t
                union all
                select 4, special_id, from_day, until_day, bands, null, null, false, '', note, shift, ends from calendar.special_afternoon where school_id = :s
                order by from_day, id
                """)
                .param("s", school)
                .param("t", term)
                .query((r, n) -> {
                    LocalDate from = r.getObject("from_day", LocalDate.class);
                    LocalDate until = r.getObject("until_day", LocalDate.class);
                    switch (r.getInt("part")) {
                        case 1 -> closures.add(new Row<>(r.getObject("id", UUID.class), closure(r, from, until)));
                        case 2 -> own.put(from, new OwnDay(r.getBoolean("teaches"), DayOfWeek.of(numbers(r.getArray("weekdays")).get(0)), r.getString("note")));
                        case 3 -> openings.add(new Row<>(r.getObject("id", UUID.class), new Opening(from, until, days(r.getArray("weekdays")), r.getString("note"))));
                        default -> specials.add(new Row<>(r.getObject("id", UUID.class), special(r, from, until)));
                    }
                    return r;
                })
                .list();
        return new Days(closures, own, openings, specials);
    }

    private static SpecialAfternoon special(ResultSet r, LocalDate from, LocalDate until) throws SQLException {
        return new SpecialAfternoon(from, until, Set.of((String[]) r.getArray("bands").getArray()), r.getInt("shift"), r.getObject("ends", LocalTime.class), r.getString("note"));
    }

    private static Closure closure(ResultSet r, LocalDate from, LocalDate until) throws SQLException {
        return new Closure(
                from,
                until,
                Set.of((String[]) r.getArray("bands").getArray()),
                Arrays.stream((String[]) r.getArray("services").getArray()).map(ServiceClass::valueOf).collect(Collectors.toUnmodifiableSet()),
                Closure.Reason.valueOf(r.getString("word")),
                r.getString("note"));
    }

    public List<Closure> closures(UUID school) {
        return days(school, new UUID(0, 0)).closures();
    }

    public UUID addClosure(UUID school, Closure closure) {
        UUID id = ids.next();
        sql.sql("""
                insert into calendar.closure (school_id, closure_id, from_day, until_day, bands, services, reason, note)
                values (:s, :id, :from, :until, :bands, :services, :reason, :note)
                """)
                .param("s", school)
                .param("id", id)
                .param("from", closure.from())
                .param("until", closure.until())
                .param("bands", closure.bands().toArray(String[]::new))
                .param("services", names(closure.services()))
                .param("reason", closure.reason().name())
                .param("note", closure.note())
                .update();
        return id;
    }

    public boolean dropClosure(UUID school, UUID closure) {
        return sql.sql("delete from calendar.closure where school_id = :s and closure_id = :c").param("s", school).param("c", closure).update() == 1;
    }

    public void putOwnDay(UUID school, LocalDate day, OwnDay own) {
        sql.sql("""
                insert into calendar.own_day (school_id, day, teaches, follows, note) values (:s, :d, :teaches, :follows, :note)
                on conflict (school_id, day) do update set teaches = excluded.teaches, follows = excluded.follows, note = excluded.note
                """)
                .param("s", school)
                .param("d", day)
                .param("teaches", own.teaches())
                .param("follows", own.follows().getValue())
                .param("note", own.reason())
                .update();
    }

    public boolean dropOwnDay(UUID school, LocalDate day) {
        return sql.sql("delete from calendar.own_day where school_id = :s and day = :d").param("s", school).param("d", Date.valueOf(day)).update() == 1;
    }

    public UUID addOpening(UUID school, UUID term, Opening opening) {
        UUID id = ids.next();
        sql.sql("""
                insert into calendar.opening (school_id, opening_id, term_id, from_day, until_day, weekdays, name)
                values (:s, :id, :t, :from, :until, :days, :name)
                """)
                .param("s", school)
                .param("id", id)
                .param("t", term)
                .param("from", opening.from())
                .param("until", opening.until())
                .param("days", opening.weekdays().stream().sorted().map(DayOfWeek::getValue).toArray(Integer[]::new))
                .param("name", opening.name())
                .update();
        return id;
    }

    public boolean dropOpening(UUID school, UUID opening) {
        return sql.sql("delete from calendar.opening where school_id = :s and opening_id = :o").param("s", school).param("o", opening).update() == 1;
    }

    public UUID addSpecial(UUID school, SpecialAfternoon special) {
        UUID id = ids.next();
        @Nullable LocalTime ends = special.ends();
        sql.sql("""
                insert into calendar.special_afternoon (school_id, special_id, from_day, until_day, bands, shift, ends, note)
                values (:s, :id, :from, :until, :bands, :shift, :ends, :note)
                """)
                .param("s", school)
                .param("id", id)
                .param("from", special.from())
                .param("until", special.until())
                .param("bands", special.bands().stream().sorted().toArray(String[]::new))
                .param("shift", special.shift())
                .param("ends", ends == null ? null : Time.valueOf(ends), Types.TIME)
                .param("note", special.note())
                .update();
        return id;
    }

    public boolean dropSpecial(UUID school, UUID special) {
        return sql.sql("delete from calendar.special_afternoon where school_id = :s and special_id = :x").param("s", school).param("x", special).update() == 1;
    }

    /** Whether the term opens for holiday care on one of these days. */
    boolean opens(UUID school, UUID term, LocalDate from, LocalDate until) {
        return sql.sql("select exists (select 1 from calendar.opening where school_id = :s and term_id = :t and from_day <= :until and until_day >= :from)")
                .param("s", school)
                .param("t", term)
                .param("from", from)
                .param("until", until)
                .query(Boolean.class)
                .single();
    }

    private static String[] names(Collection<ServiceClass> services) {
        return services.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static Set<DayOfWeek> days(@Nullable Array array) throws SQLException {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        numbers(array).forEach(day -> days.add(DayOfWeek.of(day)));
        return days;
    }

    private static List<Integer> numbers(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Integer[]) array.getArray());
    }
}
