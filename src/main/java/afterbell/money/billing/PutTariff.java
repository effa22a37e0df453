package afterbell.money.billing;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Quoting;
import afterbell.term.tariffs.quote.Tariff;
import afterbell.term.tariffs.quote.TariffReader;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Puts a tariff file to use: read whole, judged by the rules of the place for a child of each stage, announced, and asked for money after its days on show. */
@Component
public class PutTariff {
    /** Grades of the examples: the first of each stage that the school has. */
    private static final String FILE = "file";

    private final TariffsInUse tariffs;
    private final Periods periods;
    private final Calendars calendars;
    private final Schools schools;
    private final Rules rules;
    private final ChargingSchools charging;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    PutTariff(TariffsInUse tariffs, Periods periods, Calendars calendars, Schools schools, Rules rules, ChargingSchools charging, Audit audit, Ids ids, Clock clock) {
        this.tariffs = tariffs;
        this.periods = periods;
        this.calendars = calendars;
        this.schools = schools;
        this.rules = rules;
        this.charging = charging;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a month would cost a typical child.
     *
     * @param days on which it comes
     */
    public record Example(int grade, YearMonth month, Habit habit, int days, Quote quote) {}

    /** How a typical child comes. */
    public enum Habit {
        /** Every day. */
        EVERY,
        /** Half of the days, on leave on the others. */
        HALF,
        /** A third of the days, then it gives up. */
        STOPS;

        int days(int planned) {
            return switch (this) {
                case EVERY -> planned;
                case HALF -> planned / 2;
                case STOPS -> planned / 3;
            };
        }

        DayMark absent() {
            return this == STOPS ? DayMark.WITHDRAWN : DayMark.LEAVE;
        }
    }

    /**
     * What putting a tariff to use would mean; nothing is written.
     *
     * @param tariff null where the file has faults
     * @param refusals why it can't be put to use; empty where it can
     * @param unlawful the rule of the place that forbids it, with its clause and the lawful way
     * @param collectsFrom first day on which money may be asked
     * @param reviewDue day by which the standard should have been looked at again; null where that lies ahead or the place asks no review
     */
    public record Trial(
            @Nullable Tariff tariff,
            List<Refusal> refusals,
            Quote.@Nullable Refused unlawful,
            List<Example> examples,
            LocalDate from,
            LocalDate collectsFrom,
            int publicityDays,
            @Nullable LocalDate reviewDue) {
        public Trial {
            refusals = List.copyOf(refusals);
            examples = List.copyOf(examples);
        }

        public boolean possible() {
            return refusals.isEmpty() && unlawful == null;
        }
    }

    @Transactional(readOnly = true)
    public Trial trial(UUID school, String body, LocalDate from) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        int days = rules.value(school, today, Rule.FEE_PUBLICITY_DAYS);
        List<YamlProblem> problems = new ArrayList<>();
        Optional<Tariff> read = TariffReader.read(FILE, body, problems);
        LocalDate shown = today.plusDays(days);
        LocalDate collects = shown.isAfter(from) ? shown : from;
        if (read.isEmpty()) return new Trial(null, List.copyOf(problems.subList(0, Math.min(problems.size(), 20))), null, List.of(), from, collects, days, null);
        Tariff tariff = read.get();
        School here = schools.get(school);
        List<Refusal> no = new ArrayList<>();
        if (!here.region().startsWith(tariff.region())) no.add(new Refusal.Simple("billing.choose.refused.region", FILE, List.of(tariff.region(), here.region())));
        Optional<LocalDate> locked = periods.lockedUntil(school);
        if (locked.isPresent() && !from.isAfter(locked.get())) no.add(new Refusal.Simple("billing.choose.refused.locked", "from", List.of(locked.get().toString(), locked.get().plusDays(1).toString())));
        if (tariff.until() != null && from.isAfter(tariff.until())) no.add(new Refusal.Simple("billing.choose.refused.over", "from", List.of(tariff.until().toString())));
        List<Example> examples = examples(school, tariff, from);
        // Boarders are judged too where their other fee pays for something, so that no closing finds it out.
        Set<ServiceClass> covered = rules.value(school, from, Rule.FEE_BOARDING_COVERS);
        List<Example> judged = new ArrayList<>(examples);
        if (!covered.isEmpty()) judged.addAll(examples(school, tariff, from, covered));
        Quote.@Nullable Refused unlawful = judged.stream().map(e -> e.quote().refusal()).filter(r -> r != null).findFirst().orElse(null);
        return new Trial(tariff, no, unlawful, examples, from, collects, days, reviewDue(school, tariff, from));
    }

    /** The day by which the authority has to look at the standard again, where that has passed. */
    private @Nullable LocalDate reviewDue(UUID school, Tariff tariff, LocalDate from) {
        int years = rules.value(school, from, Rule.FEE_REVIEW_YEARS);
        LocalDate due = tariff.from().plusYears(years);
        return years > 0 && from.isAfter(due) ? due : null;
    }

    /** Announces the tariff of a trial that is possible; answers with its id. */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID put(UUID school, String body, boolean shipped, LocalDate from, LocalDate collectsFrom, @Nullable UUID by) {
        UUID id = ids.next();
        tariffs.put(school, id, body, shipped, from, collectsFrom, clock.instant(), by);
        periods.lay(school);
        audit.record(school, "billing.tariff_announced", "tariff", id, Map.of("from", from.toString(), "collects", collectsFrom.toString(), "shipped", shipped));
        remember(school);
        return id;
    }

    /** The school charges no more after a day; what is locked stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(UUID school, LocalDate last) {
        tariffs.end(school, last, clock.instant());
        periods.lay(school);
        audit.record(school, "billing.tariff_ended", "school", school, Map.of("last", last.toString()));
        remember(school);
    }

    private void remember(UUID school) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                charging.forget(school);
            }
        });
    }

    // --- what a month costs ---

    /** Three typical children of each stage in the first whole month: one comes every day, one half of the days, one gives up after a third. */
    @Transactional(readOnly = true)
    public List<Example> examples(UUID school, Tariff tariff, LocalDate from) {
        return examples(school, tariff, from, Set.of());
    }

    /** @param covered services that a boarder's other fee pays; where there are some, the children are boarders who take them */
    private List<Example> examples(UUID school, Tariff tariff, LocalDate from, Set<ServiceClass> covered) {
        Optional<Term> term = calendars.termAt(school, from);
        if (term.isEmpty()) return List.of();
        TermCalendar calendar = calendars.of(school, term.get());
        Holidays holidays = calendars.holidays(school);
        Situation situation = rules.situation(school, from);
        LocalDate start = from.isAfter(term.get().dates().first()) ? from : term.get().dates().first();
        YearMonth month = start.getDayOfMonth() == 1 ? YearMonth.from(start) : YearMonth.from(start).plusMonths(1);
        if (month.atEndOfMonth().isAfter(term.get().dates().last())) month = YearMonth.from(start);
        List<Example> examples = new ArrayList<>();
        Set<Stage> seen = EnumSet.noneOf(Stage.class);
        for (GradeBand band : calendar.bells().bands().stream().sorted(Comparator.comparing(b -> Collections.min(b.grades()))).toList()) {
            int grade = Collections.min(band.grades());
            if (grade < 1 || !seen.add(Stage.ofGrade(grade))) continue;
            LocalDate last = term.get().dates().last();
            YearMonth looked = month;
            Set<ServiceClass> services = covered.isEmpty() ? Set.of(ServiceClass.AFTER_SCHOOL) : covered;
            List<LockedFact> all = services.stream().sorted().flatMap(service -> everyDay(calendar, band.code(), service, looked, start, last, holidays.workdays(looked)).stream()).toList();
            Facts.Pupil pupil = new Facts.Pupil(
                    Stage.ofGrade(grade), grade, situation.location() == null ? Location.URBAN : situation.location(), situation.ownership() == null ? Ownership.PUBLIC : situation.ownership(), !covered.isEmpty());
            LocalDate until = tariff.until() != null && tariff.until().isBefore(term.get().dates().last()) ? tariff.until() : term.get().dates().last();
            for (Habit habit : Habit.values()) {
                List<LockedFact> facts = all.stream().map(f -> came(f, habit)).toList();
                Facts.@Nullable Left left = habit == Habit.STOPS && !all.isEmpty() ? new Facts.Left(all.getFirst().days().get(habit.days(all.getFirst().days().size())), false) : null;
                Facts whole = TermFacts.of(tariff, pupil, start, until.isBefore(start) ? start : until, facts, null, left, List.of(), covered);
                examples.add(new Example(grade, month, habit, facts.stream().mapToInt(f -> habit.days(f.days().size())).sum(), Quoting.quote(tariff, whole, rules.of(school))));
            }
        }
        return examples;
    }

    private static LockedFact came(LockedFact planned, Habit habit) {
        int came = habit.days(planned.days().size());
        List<DayMark> marks = new ArrayList<>();
        for (int i = 0; i < planned.days().size(); i++) marks.add(i < came ? DayMark.ATTENDED : habit.absent());
        return new LockedFact(planned.from(), planned.until(), planned.workdays(), planned.service(), planned.units(), planned.minutes(), planned.lost(), planned.special(), planned.days(), marks);
    }

    private static List<LockedFact> everyDay(TermCalendar calendar, String band, ServiceClass service, YearMonth month, LocalDate start, LocalDate last, int workdays) {
        LocalDate first = month.atDay(1).isBefore(start) ? start : month.atDay(1);
        LocalDate until = month.atEndOfMonth().isAfter(last) ? last : month.atEndOfMonth();
        List<LocalDate> days = calendar.serviceDays(band, Set.of(service)).stream().filter(d -> !d.isBefore(first) && !d.isAfter(until)).toList();
        if (days.isEmpty()) return List.of();
        var slots = calendar.slotsOn(band, days.getFirst()).stream().filter(s -> s.kind() == SlotKind.PERIOD && s.service() == service).toList();
        return List.of(new LockedFact(
                first, until, workdays, service, Math.max(1, slots.size()), slots.stream().mapToInt(s -> s.time().minutes()).sum(), 0, 0, days, Collections.nCopies(days.size(), DayMark.PLANNED)));
    }
}
