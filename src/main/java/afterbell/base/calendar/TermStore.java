package afterbell.base.calendar;

import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Date;
import java.sql.Time;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
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
    private static final String TERM = "select term_id as id, start_year, half, first_day, last_day, registration, service_week, clubs_week, add_drop_weeks from calendar.term ";

    private final JdbcClient sql;
    private final Questions questions;
    private final Ids ids;

    TermStore(JdbcClient sql, Questions questions, Ids ids) {
        this.sql = sql;
        this.questions = questions;
        this.ids = ids;
    }

    /** A row that a person can point at. */
    public record Row<T>(UUID id, T value) {}

    /** One change of a school's terms at a time, so that two offices can't open overlapping ones and meet a constraint instead of a sentence. */
    public void lock(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "calendar/" + school).query((r, n) -> 0).single();
    }

    private record TermRow(UUID id, int startYear, int half, LocalDate firstDay, LocalDate lastDay, LocalDate registration, int serviceWeek, int clubsWeek, int addDropWeeks) {
        Term term() {
            return new Term(id, startYear, half, new TermDates(firstDay, lastDay), registration, serviceWeek, clubsWeek, addDropWeeks);
        }
    }

    private static Question<TermRow> termOf(UUID school, UUID term) {
        return new Question<>(TermRow.class, TERM + "where school_id = :s and term_id = :t", Map.of("s", school, "t", term));
    }

    public List<Term> all(UUID school) {
        return questions.ask(new Question<>(TermRow.class, TERM + "where school_id = :s", Map.of("s", school))).stream().map(TermRow::term).toList();
    }

    public Term get(UUID school, UUID term) {
        return questions.ask(termOf(school, term)).stream().map(TermRow::term).findFirst().orElseThrow(NotFound::new);
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

    private record BandRow(String code, String name, Set<Integer> grades) {
        GradeBand band() {
            return new GradeBand(code, new Bilingual(name, name), grades);
        }
    }

    private static Question<BandRow> bandsOf(UUID school, UUID term) {
        return new Question<>(BandRow.class, "select code, name, grades from calendar.band where school_id = :s and term_id = :t order by position", Map.of("s", school, "t", term));
    }

    private record SlotRow(
            UUID id, String code, String band, int weekday, LocalTime starts, LocalTime ends, ServiceClass service, SlotKind kind, @Nullable LocalDate validFrom, @Nullable LocalDate validUntil) {
        Slot slot() {
            return new Slot(id, code, band, DayOfWeek.of(weekday), new TimeSpan(starts, ends), service, kind, validFrom, validUntil);
        }
    }

    private static Question<SlotRow> slotsOf(UUID school, UUID term) {
        return new Question<>(
                SlotRow.class,
                """
                select slot_id as id, code, band, weekday, starts, ends, service, kind, nullif(valid_from, '-infinity') as valid_from, valid_until
                from calendar.slot where school_id = :s and term_id = :t
                """,
                Map.of("s", school, "t", term));
    }

    private record WaveRow(UUID id, Set<String> bands, Set<Integer> weekdays, LocalTime at, String gate) {
        Wave wave() {
            return new Wave(id.toString(), bands, days(weekdays), at, gate);
        }
    }

    private static Question<WaveRow> wavesOf(UUID school, UUID term) {
        return new Question<>(WaveRow.class, "select wave_id as id, bands, weekdays, at, gate from calendar.wave where school_id = :s and term_id = :t", Map.of("s", school, "t", term));
    }

    /** A term with its bells and days. */
    public record Times(Term term, BellGrid bells, Days days) {}

    public Times times(UUID school, UUID term) {
        Question<TermRow> terms = termOf(school, term);
        Question<BandRow> bands = bandsOf(school, term);
        Question<SlotRow> slots = slotsOf(school, term);
        Question<WaveRow> waves = wavesOf(school, term);
        Question<ClosureRow> closures = closuresOf(school);
        Question<OwnDayRow> own = ownDaysOf(school);
        Question<OpeningRow> openings = openingsOf(school, term);
        Question<SpecialRow> specials = specialsOf(school);
        Questions.Answers all = questions.ask(terms, bands, slots, waves, closures, own, openings, specials);
        return new Times(
                all.one(terms).orElseThrow(NotFound::new).term(),
                new BellGrid(
                        all.of(bands).stream().map(BandRow::band).toList(),
                        all.of(slots).stream().map(SlotRow::slot).toList(),
                        all.of(waves).stream().map(WaveRow::wave).toList()),
                new Days(
                        all.of(closures).stream().map(ClosureRow::row).toList(),
                        all.of(own).stream().collect(Collectors.toMap(OwnDayRow::day, OwnDayRow::own, (a, b) -> a, LinkedHashMap::new)),
                        all.of(openings).stream().map(OpeningRow::row).toList(),
                        all.of(specials).stream().map(SpecialRow::row).toList()));
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

    private record ClosureRow(UUID id, LocalDate fromDay, LocalDate untilDay, Set<String> bands, Set<ServiceClass> services, Closure.Reason reason, String note) {
        Row<Closure> row() {
            return new Row<>(id, new Closure(fromDay, untilDay, bands, services, reason, note));
        }
    }

    private static Question<ClosureRow> closuresOf(UUID school) {
        return new Question<>(
                ClosureRow.class,
                "select closure_id as id, from_day, until_day, bands, services, reason, note from calendar.closure where school_id = :s order by from_day, closure_id",
                Map.of("s", school));
    }

    private record OwnDayRow(LocalDate day, boolean teaches, int follows, String note) {
        OwnDay own() {
            return new OwnDay(teaches, DayOfWeek.of(follows), note);
        }
    }

    private static Question<OwnDayRow> ownDaysOf(UUID school) {
        return new Question<>(OwnDayRow.class, "select day, teaches, follows, note from calendar.own_day where school_id = :s order by day", Map.of("s", school));
    }

    private record OpeningRow(UUID id, LocalDate fromDay, LocalDate untilDay, Set<Integer> weekdays, String name) {
        Row<Opening> row() {
            return new Row<>(id, new Opening(fromDay, untilDay, TermStore.days(weekdays), name));
        }
    }

    private static Question<OpeningRow> openingsOf(UUID school, UUID term) {
        return new Question<>(
                OpeningRow.class,
                "select opening_id as id, from_day, until_day, weekdays, name from calendar.opening where school_id = :s and term_id = :t order by from_day, opening_id",
                Map.of("s", school, "t", term));
    }

    private record SpecialRow(UUID id, LocalDate fromDay, LocalDate untilDay, Set<String> bands, int shift, @Nullable LocalTime ends, String note) {
        Row<SpecialAfternoon> row() {
            return new Row<>(id, new SpecialAfternoon(fromDay, untilDay, bands, shift, ends, note));
        }
    }

    private static Question<SpecialRow> specialsOf(UUID school) {
        return new Question<>(
                SpecialRow.class,
                "select special_id as id, from_day, until_day, bands, shift, ends, note from calendar.special_afternoon where school_id = :s order by from_day, special_id",
                Map.of("s", school));
    }

    public List<Closure> closures(UUID school) {
        return questions.ask(closuresOf(school)).stream().map(c -> c.row().value()).toList();
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

    private static Set<DayOfWeek> days(Set<Integer> weekdays) {
        return weekdays.stream().map(DayOfWeek::of).collect(Collectors.toUnmodifiableSet());
    }
}
