package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the demo school's families asked: last term's round, closed; the days of this term, asked at registration, by which the basic service runs; and this
 * term's clubs, in which about six of ten have answered. Popular clubs are wished far more often than others, as everywhere. The family of the demo card has
 * said its days and has not chosen clubs yet.
 */
@Component
@Order(60)
@ConditionalOnProperty("afterbell.demo")
final class EnrolmentChapter implements DemoChapter {
    private static final double ANSWERED_NOW = 0.62;
    private static final double ANSWERED_LAST_TERM = 0.96;
    private static final double TAKES_PART = 0.87;
    private static final int TYPED_BY_ONE_TEACHER = 24;

    private final Enrolments enrolments;
    private final Calendars calendars;
    private final Roster roster;
    private final Rules rules;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    EnrolmentChapter(Enrolments enrolments, Calendars calendars, Roster roster, Rules rules, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.enrolments = enrolments;
        this.calendars = calendars;
        this.roster = roster;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Optional<Term> now = transactions.execute(t -> calendars.termAt(school, today));
        if (now == null || now.isEmpty()) return;
        List<Pupil> pupils = transactions.execute(t -> roster.pupils(school));
        if (pupils == null) return;
        transactions.execute(t -> calendars.terms(school)).stream()
                .filter(term -> term.dates().first().isBefore(now.get().dates().first()))
                .findFirst()
                .ifPresent(term -> lastTerm(plan, school, term, pupils));
        daysOfThisTerm(plan, school, now.get(), pupils);
        thisTerm(plan, school, now.get(), today, pupils);
    }

    // Asked on the day of registration, before any club was on the menu.
    private void daysOfThisTerm(DemoSchool plan, UUID school, Term term, List<Pupil> pupils) {
        LocalDate closing = term.dates().first().plusDays(3);
        Round clubs = round(school, term, "days", at(closing.minusDays(5), 8), at(closing, 20));
        Round round = new Round(clubs.id(), clubs.term(), clubs.name(), clubs.opensAt(), clubs.closesAt(), clubs.reviewUntil(), clubs.state(), null, false, List.of(), "fair");
        transactions.executeWithoutResult(t -> enrolments.put(school, round));
        Set<String> shown = shown(plan);
        Random random = new Random(plan.seed() + 4);
        enter(school, round, pupils, p -> {
            if (shown.contains(p.name())) return wholeWeek(menu(school, round, p.grade()));
            return random.nextDouble() < ANSWERED_LAST_TERM ? days(menu(school, round, p.grade()), random) : null;
        }, random);
        closed(school, round);
    }

    private static Set<String> shown(DemoSchool plan) {
        return plan.pupils().stream().filter(p -> p.family().equals(RosterChapter.shownFamily(plan))).map(DemoSchool.Pupil::name).collect(Collectors.toSet());
    }

    private static Sheet wholeWeek(Menu menu) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        for (int day : menu.weekdays()) menu.on(day).stream().mapToInt(Menu.Slot::ordinal).max().ifPresent(o -> until.put(day, o));
        return new Sheet(true, until, Map.of(), menu.noon().stream().map(Menu.Slot::id).collect(Collectors.toSet()), Sheet.Waiting.ASK);
    }

    private void lastTerm(DemoSchool plan, UUID school, Term term, List<Pupil> pupils) {
        LocalDate closing = term.dates().first().plusDays(3);
        Round round = round(school, term, "lastTerm", at(closing.minusDays(4), 8), at(closing, 20));
        transactions.executeWithoutResult(t -> enrolments.put(school, round));
        answer(plan, school, round, pupils, ANSWERED_LAST_TERM, new Random(plan.seed() + 1));
        closed(school, round);
    }

    // With its review, where that is over: else the house's clock would end it some seconds after the doors are open.
    private void closed(UUID school, Round round) {
        transactions.executeWithoutResult(t -> {
            enrolments.close(school, round.id(), round.closesAt().plusSeconds(60));
            enrolments.forwardReviews(school, clock.instant());
        });
    }

    private void thisTerm(DemoSchool plan, UUID school, Term term, LocalDate today, List<Pupil> pupils) {
        Round round = round(school, term, "thisTerm", at(today.minusDays(2), 8), at(today.plusDays(3), 20));
        transactions.executeWithoutResult(t -> enrolments.put(school, round));
        Set<String> shown = shown(plan);
        typedByTeacher(plan, school, round, pupils);
        answer(plan, school, round, pupils.stream().filter(p -> !shown.contains(p.name())).toList(), ANSWERED_NOW, new Random(plan.seed() + 2));
    }

    private Round round(UUID school, Term term, String name, Instant opens, Instant closes) {
        int most = rules.value(school, LocalDate.ofInstant(opens, Screen.ZONE), Rule.CLUB_PER_CHILD_MAX);
        return new Round(ids.next(), term.id(), DataFile.load("demo/enrolment.yaml").text(name), opens, closes, closes.plus(Duration.ofDays(2)), Round.State.OPEN, most, false, List.of("class", "grade", "school"), "fair");
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(Screen.ZONE).toInstant();
    }

    // One class teacher has typed most of her class from paper: the office sees that at a glance.
    private void typedByTeacher(DemoSchool plan, UUID school, Round round, List<Pupil> pupils) {
        UUID typed = pupils.stream().filter(p -> p.grade() == 2).map(Pupil::schoolClass).findFirst().orElseThrow();
        Random random = new Random(plan.seed() + 3);
        Menu menu = menu(school, round, 2);
        Instant at = round.opensAt().plus(Duration.ofHours(10));
        List<Enrolments.Entry> entries = pupils.stream()
                .filter(p -> p.schoolClass().equals(typed))
                .limit(TYPED_BY_ONE_TEACHER)
                .map(p -> new Enrolments.Entry(p.id(), p.grade(), days(menu, random), new UUID(0, 2), at))
                .toList();
        transactions.executeWithoutResult(t -> enrolments.enterAll(school, round.id(), entries, true));
    }

    private void answer(DemoSchool plan, UUID school, Round round, List<Pupil> pupils, double share, Random random) {
        Map<UUID, Integer> fame = new HashMap<>();
        Map<Integer, Menu> menus = new HashMap<>();
        enter(school, round, pupils, p -> {
            if (random.nextDouble() >= share) return null;
            Menu menu = menus.computeIfAbsent(p.grade(), g -> menu(school, round, g));
            return wishes(menu, days(menu, random), fame, random);
        }, random);
    }

    private void enter(UUID school, Round round, List<Pupil> pupils, Function<Pupil, @Nullable Sheet> answer, Random random) {
        List<Enrolments.Entry> entries = new ArrayList<>();
        long open = Duration.between(round.opensAt(), earlier(round.closesAt(), clock.instant())).toSeconds();
        for (Pupil p : pupils) {
            @Nullable Sheet sheet = answer.apply(p);
            if (sheet == null) continue;
            Instant at = round.opensAt().plusSeconds((long) (random.nextDouble() * Math.max(1, open - 60)));
            entries.add(new Enrolments.Entry(p.id(), p.grade(), sheet, family(p.id()), at));
        }
        // Class by class: PostgreSQL looks each child up in the list of those that the scope names.
        Map<UUID, UUID> classes = pupils.stream().collect(Collectors.toMap(Pupil::id, Pupil::schoolClass));
        entries.stream().collect(Collectors.groupingBy(e -> classes.get(e.child()), LinkedHashMap::new, Collectors.toList())).values().forEach(some -> {
            Scope families = Scope.family(new UUID(0, 1), List.of(school), some.stream().map(Enrolments.Entry::child).toList());
            Scopes.within(families, () -> transactions.executeWithoutResult(t -> enrolments.enterAll(school, round.id(), some, false)));
        });
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Menu menu(UUID school, Round round, int grade) {
        return transactions.execute(t -> enrolments.menu(school, round.term(), grade));
    }

    private static UUID family(UUID child) {
        return UUID.nameUUIDFromBytes(("guardian of " + child).getBytes(StandardCharsets.UTF_8));
    }

    private static Sheet days(Menu menu, Random random) {
        if (random.nextDouble() >= TAKES_PART || menu.slots().isEmpty()) return Sheet.NO;
        IntSummaryStatistics periods = menu.slots().stream().mapToInt(Menu.Slot::ordinal).summaryStatistics();
        int until = random.nextDouble() < 0.75 ? periods.getMax() : periods.getMin();
        boolean noon = random.nextDouble() < 0.45;
        double leave = random.nextDouble() < 0.6 ? 0 : 0.35;
        Map<Integer, Integer> days = new LinkedHashMap<>();
        for (int day : menu.weekdays()) if (random.nextDouble() >= leave) menu.on(day).stream().mapToInt(Menu.Slot::ordinal).filter(o -> o <= until).max().ifPresent(o -> days.put(day, o));
        Set<UUID> noons = noon ? menu.noon().stream().filter(s -> days.containsKey(s.weekday())).map(Menu.Slot::id).collect(Collectors.toSet()) : Set.of();
        return days.isEmpty() ? Sheet.NO : new Sheet(true, days, Map.of(), noons, Sheet.Waiting.values()[random.nextInt(3)]);
    }

    // The n-th most famous club of a slot is wished about 1/n as often as the first.
    private static Sheet wishes(Menu menu, Sheet days, Map<UUID, Integer> fame, Random random) {
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        Set<String> activities = new HashSet<>();
        for (Menu.Slot slot : menu.choices()) {
            if (!days.stays(slot) || random.nextDouble() < 0.2) continue;
            List<Menu.Section> famous = menu.in(slot.id()).stream().sorted(Comparator.comparing(s -> fame.computeIfAbsent(s.id(), id -> s.code().hashCode() * 31 % 97))).toList();
            Set<UUID> list = new LinkedHashSet<>();
            int count = 1 + random.nextInt(Math.min(4, famous.size()));
            for (int tries = 0; list.size() < count && tries < 12; tries++) {
                Menu.Section wished = famous.get(Math.min(famous.size() - 1, (int) (Math.exp(random.nextDouble() * Math.log(famous.size() + 1)) - 1)));
                if (wished.slots().size() == 1 && activities.add(wished.activity())) list.add(wished.id());
            }
            if (!list.isEmpty()) wishes.put(slot.id(), List.copyOf(list));
        }
        return new Sheet(days.takesPart(), days.until(), wishes, days.noon(), days.waiting());
    }
}
