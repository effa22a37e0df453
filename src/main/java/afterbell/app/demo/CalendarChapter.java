package afterbell.app.demo;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.calendar.Wave;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo school's last term and this one, with the same bells. */
@Component
@Order(10)
@ConditionalOnProperty("afterbell.demo")
final class CalendarChapter implements DemoChapter {
    static final String NOON = "N1";
    private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private final TermStore terms;
    private final Ids ids;
    private final TransactionTemplate transactions;

    CalendarChapter(TermStore terms, Ids ids, TransactionTemplate transactions) {
        this.terms = terms;
        this.ids = ids;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        int year = plan.startYear();
        BellGrid bells = bells(plan);
        transactions.executeWithoutResult(t -> {
            add(school, new Term(ids.next(), year - 1, 2, new TermDates(LocalDate.of(year, 3, 2), LocalDate.of(year, 7, 3)), null, 2, 4, 2), bells);
            add(school, new Term(ids.next(), year, 1, new TermDates(LocalDate.of(year, 9, 1), LocalDate.of(year + 1, 1, 22)), LocalDate.of(year, 8, 30), 2, 4, 2), bells);
        });
    }

    private void add(UUID school, Term term, BellGrid bells) {
        terms.put(school, term);
        terms.putBells(school, term.id(), bells);
    }

    private static BellGrid bells(DemoSchool plan) {
        List<GradeBand> bands = plan.bands().stream()
                .map(b -> new GradeBand(b.key(), new Bilingual(b.name(), b.name()), IntStream.rangeClosed(b.fromGrade(), b.untilGrade()).boxed().collect(Collectors.toSet())))
                .toList();
        List<Slot> slots = new ArrayList<>();
        List<Wave> waves = new ArrayList<>();
        for (DemoSchool.Slot slot : plan.slots()) {
            int step = 0;
            for (DemoSchool.Band band : plan.bands()) {
                if (DemoSchool.Stage.of(band.fromGrade()) != slot.stage()) continue;
                // After 18:00 juniors study; by law that is no after-school service.
                ServiceClass service = slot.from().isBefore(LocalTime.of(18, 0)) ? ServiceClass.AFTER_SCHOOL : ServiceClass.EVENING_STUDY;
                for (DayOfWeek day : WEEK)
                    slots.add(Slot.of("S" + slot.index(), band.key(), day, new TimeSpan(slot.from(), slot.until()), service, SlotKind.PERIOD, null, null));
                waves.add(new Wave("W" + waves.size(), Set.of(band.key()), Set.of(), slot.until().plusMinutes(5L * step++), ""));
            }
        }
        // Primary children may stay over noon; by law that is no after-school service either.
        for (DemoSchool.Band band : plan.bands())
            if (DemoSchool.Stage.of(band.fromGrade()) == DemoSchool.Stage.PRIMARY)
                for (DayOfWeek day : WEEK)
                    slots.add(Slot.of(NOON, band.key(), day, new TimeSpan(LocalTime.of(11, 50), LocalTime.of(13, 50)), ServiceClass.NOON_CARE, SlotKind.PERIOD, null, null));
        return new BellGrid(bands, slots, waves);
    }
}
