package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.DayKind;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermStore;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.DayStays;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Post;
import afterbell.day.duty.PostKind;
import afterbell.term.timetable.Sessions;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The demo school's afternoon: most classes are handed over and rolled, the class of the demo card is just about to be, one class has been forgotten, one child
 * is being looked for. Told through the same bean as every teacher's tap.
 */
@Component
@Order(95)
@ConditionalOnProperty("afterbell.demo")
final class CustodyChapter implements DemoChapter {
    /** Stands for colleagues without a demo card. */
    private static final Teller COLLEAGUE = new Teller(new UUID(0, 1), Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER));

    /** No day has more periods: the child stays to the end. */
    private static final int LAST = 20;

    private final ChildDays days;
    private final DayOpening opening;
    private final DayStays stays;
    private final Duties duties;
    private final Sessions sessions;
    private final Calendars calendars;
    private final TermStore terms;
    private final Roster roster;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    CustodyChapter(
            ChildDays days, DayOpening opening, DayStays stays, Duties duties, Sessions sessions, Calendars calendars, TermStore terms, Roster roster, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.days = days;
        this.opening = opening;
        this.stays = stays;
        this.duties = duties;
        this.sessions = sessions;
        this.calendars = calendars;
        this.terms = terms;
        this.roster = roster;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        transactions.executeWithoutResult(t -> {
            Optional<Term> term = calendars.termAt(school, today).filter(found -> !found.dates().first().isAfter(today) && !found.dates().last().isBefore(today));
            if (term.isEmpty()) return;
            teach(school, term.get(), today);
            if (!sessions.filled(school, term.get().id())) sessions.fill(school, term.get().id());
            List<Pupil> pupils = roster.pupils(school);
            coach(plan, school, today);
            opening.open(school, today);
            // A day for which no family has said anything, such as a holiday that is worked.
            if (days.ofDay(school, today).values().stream().noneMatch(ChildStanding::stays)) stays.put(school, today, answers(pupils, new Random(plan.seed() + 9)), DayStays.Source.OFFICE, new UUID(0, 2));
            afternoon(school, today, pupils, new Random(plan.seed() + 10));
        });
    }

    /** On a holiday the demo school works all the same. */
    private void teach(UUID school, Term term, LocalDate today) {
        Optional<SchoolDay> day = calendars.days(school, term.id()).on(today);
        boolean service = day.filter(d -> d.kind() == DayKind.TEACHING || d.kind() == DayKind.SWAPPED).isPresent();
        if (!service) terms.putOwnDay(school, today, new OwnDay(true, DayOfWeek.FRIDAY, DataFile.load("demo/custody.yaml").text("openDay")));
    }

    /** The coach of the demo card stands in today for a colleague: a first session with children. */
    private void coach(DemoSchool plan, UUID school, LocalDate today) {
        UUID coach = roster.staff(school).stream().filter(m -> m.code().equals(RosterChapter.coach(plan))).map(StaffMember::id).findFirst().orElseThrow();
        SchoolClass third = roster.classes(school).stream().filter(c -> c.grade() == 3 && c.number() == 3).findFirst().orElseThrow();
        duties.day(school, today).posts().stream()
                .filter(p -> p.key().kind() == PostKind.SESSION && third.room() != null && third.room().equals(p.room()))
                .filter(p -> p.starts() != null && !p.starts().isBefore(LocalTime.of(15, 0)))
                .min(Comparator.comparing(Post::starts, Comparator.nullsLast(Comparator.naturalOrder())))
                .ifPresent(p -> duties.put(school, List.of(new Duties.Written(today, p.key(), coach, Duties.Source.SUBSTITUTE, true)), null));
    }

    private static Map<UUID, Integer> answers(List<Pupil> pupils, Random random) {
        Map<UUID, Integer> until = new HashMap<>();
        for (Pupil p : pupils) {
            double dice = random.nextDouble();
            until.put(p.id(), dice < 0.18 ? 0 : LAST);
        }
        return until;
    }

    private void afternoon(UUID school, LocalDate today, List<Pupil> pupils, Random random) {
        Map<UUID, ChildStanding> standings = days.ofDay(school, today);
        Instant now = clock.instant();
        List<UUID> classes = pupils.stream().map(Pupil::schoolClass).distinct().toList();
        List<UUID> third = pupils.stream().filter(p -> p.grade() == 3).map(Pupil::schoolClass).distinct().toList();
        UUID shown = third.get(1);
        UUID coached = third.get(2);
        Set<UUID> later = Set.of(shown, classes.get(1));
        Map<UUID, UUID> called = new HashMap<>();
        List<ToldOf> told = new ArrayList<>();
        boolean sought = false;
        for (Pupil p : pupils) {
            ChildStanding day = standings.get(p.id());
            if (day == null) continue;
            double dice = random.nextDouble();
            if (dice < 0.02) {
                told.add(told(p.id(), day.bell().minus(Duration.ofHours(7)), new Fact.Away()));
                continue;
            }
            if (!day.stays()) continue;
            if (dice < 0.04) {
                told.add(told(p.id(), day.bell().minus(Duration.ofMinutes(40)), new Fact.Excused(day.bell(), day.ends().getLast(), dice < 0.03 ? Fact.Told.CHAT : Fact.Told.PHONE)));
                continue;
            }
            Instant over = day.bell().plusSeconds(60 + random.nextInt(150));
            Instant rolled = day.bell().plusSeconds(240 + random.nextInt(120));
            if (later.contains(p.schoolClass()) || rolled.isAfter(now)) continue;
            UUID custodian = day.custodians().getFirst();
            told.add(told(p.id(), over, new Fact.Sent(day.classTeacher(), day.sessions().getFirst(), null)));
            if (p.schoolClass().equals(coached)) continue;
            if (!sought && p.grade() == 4) {
                sought = true;
                told.add(told(p.id(), rolled, new Fact.Missed(custodian, day.sessions().getFirst())));
                told.add(told(p.id(), rolled.plusSeconds(70), new Fact.Traced(Fact.Step.ASKED_CLASS)));
                continue;
            }
            told.add(told(p.id(), rolled, new Fact.Counted(custodian, day.sessions().getFirst(), day.ends().getFirst())));
            if (called.size() < 5 && random.nextInt(60) == 0 && called.putIfAbsent(day.sessions().getFirst(), p.id()) == null)
                told.add(told(p.id(), rolled.plusSeconds(50), new Fact.CalledOut(custodian, called.size() % 3 == 0 ? Fact.Where.INFIRMARY : Fact.Where.TOILET)));
        }
        Map<Boolean, List<ToldOf>> ready = told.stream().collect(Collectors.partitioningBy(t -> !t.telling().at().isAfter(now)));
        days.tell(school, today, ready.getOrDefault(true, List.of()));
    }

    private ToldOf told(UUID pupil, Instant at, Fact fact) {
        return new ToldOf(pupil, new Telling(ids.next(), at, COLLEAGUE, fact, true));
    }
}
