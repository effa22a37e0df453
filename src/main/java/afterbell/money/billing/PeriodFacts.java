package afterbell.money.billing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Closure;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TermCalendar;
import afterbell.money.billing.FactStore.Bell;
import afterbell.money.billing.FactStore.Fact;
import afterbell.money.billing.FactStore.Reading;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.LockedFact;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the children had in a period: read from the child-day, the calendar and the seats, and locked by a person. */
@Component
@Transactional(readOnly = true)
public class PeriodFacts {
    /** Closures that an authority orders; the others are the school's own. */
    private static final Set<Closure.Reason> ORDERED = EnumSet.of(Closure.Reason.EPIDEMIC, Closure.Reason.AIR, Closure.Reason.WEATHER, Closure.Reason.EMERGENCY);

    private final FactStore store;
    private final Calendars calendars;
    private final Periods periods;
    private final JdbcClient sql;

    PeriodFacts(FactStore store, Calendars calendars, Periods periods, JdbcClient sql) {
        this.store = store;
        this.calendars = calendars;
        this.periods = periods;
        this.sql = sql;
    }

    /** A day of a child that nobody said anything about. @param ruled the mark that finance gave it, or null */
    public record Doubt(UUID pupil, String name, String className, LocalDate day, String state, @Nullable String ruled) {}

    /** A day with service and without any roll. */
    public record Unrolled(LocalDate day, int children) {}

    /**
     * A period before it is locked.
     *
     * @param marks child-days by what they came to
     * @param corrected children whose locked facts of earlier periods read otherwise now, by period
     */
    public record Preview(Period period, int children, Map<DayMark, Integer> marks, List<Doubt> doubts, List<Unrolled> unrolled, Map<Period, Integer> corrected) {
        public Preview {
            doubts = List.copyOf(doubts);
            unrolled = List.copyOf(unrolled);
        }

        public int days(DayMark mark) {
            return marks.getOrDefault(mark, 0);
        }
    }

    /**
     * @param all the periods of the school, as {@link Periods} gives them
     * @param today days before it have happened
     */
    public Preview preview(UUID school, Period period, List<Period> all, LocalDate today) {
        List<Period> earlier = earlier(period, all);
        List<Period> read = new ArrayList<>(earlier);
        read.add(period);
        TermCalendar calendar = calendars.of(school, period.term());
        store.bySets();
        Map<UUID, List<Fact>> facts = store.facts(reading(school, calendar, read, today.minusDays(1), false, false));
        List<Fact> own = Objects.requireNonNull(facts.get(period.id()));
        Map<DayMark, Integer> marks = new EnumMap<>(DayMark.class);
        for (Fact fact : own) for (DayMark mark : fact.locked().marks()) marks.merge(mark, 1, Integer::sum);
        FactStore.Open open = store.open(reading(school, calendar, List.of(period), today.minusDays(1), false, false));
        Map<Period, Integer> corrected = new LinkedHashMap<>();
        if (!earlier.isEmpty()) corrections(earlier, facts, store.locked(school, period.term(), period.tariff(), null)).forEach((before, again) -> corrected.put(before, again.children()));
        return new Preview(
                period,
                (int) own.stream().map(Fact::pupil).distinct().count(),
                marks,
                open.doubts().stream().map(d -> new Doubt(d.pupil(), d.name(), d.className(), d.day(), d.state(), d.ruled())).toList(),
                open.unrolled().stream().map(u -> new Unrolled(u.day(), u.children())).toList(),
                corrected);
    }

    /** Facts of a period as they stand now, days to come and days without any roll as planned. Under a family's scope those of its own children. */
    List<Fact> now(UUID school, Period period, TermCalendar calendar, LocalDate today) {
        return Objects.requireNonNull(store.facts(reading(school, calendar, List.of(period), today.minusDays(1), false, true)).get(period.id()));
    }

    /**
     * Locks the facts of a period: beforehand as planned, or as they happened. Locked facts of earlier periods of the term that read otherwise now are locked
     * anew, so that the next charge takes them up as an adjustment. Answers with the turn.
     *
     * @param objectionsUntil last day on which families look at the bill before it is collected; null where the tariff asks no such days
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int lock(UUID school, Period period, boolean advance, LocalDate today, @Nullable LocalDate objectionsUntil, Instant at, @Nullable UUID by) {
        List<Period> earlier = advance ? List.of() : earlier(period, periods.all(school));
        List<Period> read = new ArrayList<>(earlier);
        read.add(period);
        LocalDate known = advance ? period.from().minusDays(1) : today.minusDays(1);
        store.bySets();
        Map<UUID, List<Fact>> facts = store.facts(reading(school, calendars.of(school, period.term()), read, known, advance, false));
        if (!earlier.isEmpty())
            corrections(earlier, facts, store.locked(school, period.term(), period.tariff(), null)).forEach((before, again) -> write(school, before, false, again.facts(), null, at, by));
        return write(school, period, advance, Objects.requireNonNull(facts.get(period.id())), objectionsUntil, at, by);
    }

    private int write(UUID school, Period period, boolean advance, List<Fact> facts, @Nullable LocalDate objectionsUntil, Instant at, @Nullable UUID by) {
        // What happened is turn 1 at least, whether or not it was locked beforehand.
        int turn = Math.max(advance ? 0 : 1, store.nextTurn(school, period.id()));
        sql.sql("""
                insert into billing.locking (school_id, period_id, turn, at, by, children, objections_until)
                select :s, :p, :turn, :at, :by, :children, coalesce(
                    (select min(k.objections_until) from billing.locking k where k.school_id = :s and k.period_id = :p and (k.turn > 0) = (:turn > 0)), cast(:objections as date))
                """)
                .param("objections", objectionsUntil, Types.DATE)
                .param("s", school)
                .param("p", period.id())
                .param("turn", turn)
                .param("at", Timestamp.from(at))
                .param("by", by, Types.OTHER)
                .param("children", facts.stream().map(Fact::pupil).distinct().count())
                .update();
        store.lock(school, period, turn, facts);
        return turn;
    }

    private record Again(int children, List<Fact> facts) {}

    private static List<Period> earlier(Period period, List<Period> all) {
        return all.stream()
                .filter(p -> p.term().equals(period.term()) && p.tariff().equals(period.tariff()) && p.settled() && p.until().isBefore(period.from()))
                .sorted(Comparator.comparing(Period::from))
                .toList();
    }

    /** Earlier periods whose facts, locked after they were over, read otherwise now. */
    private static Map<Period, Again> corrections(List<Period> earlier, Map<UUID, List<Fact>> fresh, List<Fact> locked) {
        Map<LocalDate, Map<UUID, List<Fact>>> before = locked.stream().collect(Collectors.groupingBy(f -> f.locked().from(), Collectors.groupingBy(Fact::pupil)));
        Map<Period, Again> again = new LinkedHashMap<>();
        for (Period p : earlier) {
            List<Fact> facts = Objects.requireNonNull(fresh.get(p.id()));
            Map<UUID, List<Fact>> now = facts.stream().collect(Collectors.groupingBy(Fact::pupil));
            Map<UUID, List<Fact>> then = before.getOrDefault(p.from(), Map.of());
            Set<UUID> all = new HashSet<>(now.keySet());
            all.addAll(then.keySet());
            int changed = (int) all.stream().filter(pupil -> !what(now.getOrDefault(pupil, List.of())).equals(what(then.getOrDefault(pupil, List.of())))).count();
            if (changed > 0) again.put(p, new Again(changed, facts));
        }
        return again;
    }

    private static List<LockedFact> what(List<Fact> facts) {
        return facts.stream().map(Fact::locked).toList();
    }

    /** A person's word about a doubtful day; null takes it back. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void rule(UUID school, UUID period, UUID pupil, LocalDate day, @Nullable DayMark mark, UUID by, Instant at) {
        rule(school, period, pupil, day, mark, false, by, at);
    }

    /** @param firm stronger than what the roll says: a family's objection was accepted */
    @Transactional(propagation = Propagation.MANDATORY)
    public void rule(UUID school, UUID period, UUID pupil, LocalDate day, @Nullable DayMark mark, boolean firm, UUID by, Instant at) {
        if (mark == null) {
            sql.sql("delete from billing.ruling where school_id = :s and period_id = :p and pupil_id = :c and day = :d").param("s", school).param("p", period).param("c", pupil).param("d", day).update();
            return;
        }
        sql.sql("""
                insert into billing.ruling (school_id, period_id, pupil_id, day, mark, firm, said_by, said_at) values (:s, :p, :c, :d, :m, :firm, :by, :at)
                on conflict (school_id, period_id, pupil_id, day) do update set mark = excluded.mark, firm = excluded.firm, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("firm", firm)
                .param("s", school)
                .param("p", period)
                .param("c", pupil)
                .param("d", day)
                .param("m", String.valueOf(mark.sign()))
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    private static Reading reading(UUID school, TermCalendar calendar, List<Period> read, LocalDate known, boolean advance, boolean assumed) {
        List<Bell> bells = new ArrayList<>();
        read.forEach(period -> bells.addAll(bells(calendar, period)));
        return new Reading(school, read, bells, known, advance, assumed);
    }

    /** Bells of the days on which there is service, those of closed ones with why. */
    static List<Bell> bells(TermCalendar calendar, Period period) {
        List<Bell> bells = new ArrayList<>();
        LocalDate first = calendar.basicFrom().isAfter(period.from()) ? calendar.basicFrom() : period.from();
        for (SchoolDay day : calendar.days().all()) {
            if (day.date().isBefore(first) || day.date().isAfter(period.until())) continue;
            for (GradeBand band : calendar.bells().bands())
                for (Slot slot : calendar.bells().slots(band.code(), day, List.of(), calendar.specials()))
                    if (slot.kind() == SlotKind.PERIOD)
                        bells.add(new Bell(band.code(), day.date(), slot.id(), slot.service(), slot.time().minutes(), state(calendar.closures(), day.date(), band.code(), slot)));
        }
        return bells;
    }

    private static char state(List<Closure> closures, LocalDate day, String band, Slot slot) {
        char state = 'H';
        for (Closure closure : closures)
            if (closure.closes(day, band, slot.service())) {
                if (ORDERED.contains(closure.reason())) return 'C';
                state = 'U';
            }
        return state;
    }
}
