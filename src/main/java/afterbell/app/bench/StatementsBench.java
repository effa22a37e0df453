package afterbell.app.bench;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.ShippedPacks;
import afterbell.base.rules.Stage;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.ClosePeriod;
import afterbell.money.billing.Periods;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.ShippedTariffs;
import afterbell.money.billing.VerifyLedger;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Tariff;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long one statement takes in the engine, and how long it takes to settle the rest of a term for a large school. What the figures mean is in bench/statements. */
@Command(name = "statements", description = "Reckons statements and settles a term for a large school: microseconds, seconds.", mixinStandardHelpOptions = true)
public final class StatementsBench implements Callable<Integer> {
    private static final double STATEMENT_GOAL_MICROS = 1_000;
    private static final double TERM_GOAL_SECONDS = 10;
    private static final int WARM = 3_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--pupils", defaultValue = "3000", description = "children of the school (3000)")
    private int pupils = 3_000;

    @Option(names = "--statements", defaultValue = "20000", description = "statements in the engine (20000), after some to warm up")
    private int statements = 20_000;

    @Override
    public Integer call() {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        boolean engine = engine(out);
        boolean term = term(out);
        out.flush();
        return engine && term ? 0 : 1;
    }

    /** The whole account of a term, from marks to the texts that are kept. */
    private boolean engine(PrintWriter out) {
        RuleBook rules = ShippedPacks.book();
        Tariff tariff = new ShippedTariffs().of("EXAMPLE-320999").orElseThrow().tariff();
        List<LockedFact> facts = new ArrayList<>();
        for (YearMonth month = YearMonth.of(2026, 9); !month.isAfter(YearMonth.of(2027, 1)); month = month.plusMonths(1)) {
            List<LocalDate> days = month.atDay(1).datesUntil(month.atEndOfMonth().plusDays(1)).filter(d -> d.getDayOfWeek().getValue() < 6).toList();
            List<DayMark> marks = new ArrayList<>();
            for (LocalDate day : days) marks.add(day.getDayOfMonth() % 7 == 0 ? DayMark.LEAVE : DayMark.ATTENDED);
            facts.add(new LockedFact(month.atDay(1), month.atEndOfMonth(), 22, ServiceClass.AFTER_SCHOOL, 2, 100, 0, 0, days, marks));
        }
        Facts.Pupil pupil = new Facts.Pupil(Stage.PRIMARY, 3, Location.URBAN, Ownership.PUBLIC, false);
        long begun = 0;
        long bytes = 0;
        for (int i = -WARM; i < statements; i++) {
            if (i == 0) begun = System.nanoTime();
            Facts all = TermFacts.of(tariff, pupil, LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 31), facts, null, null, List.of(), Set.of());
            if (Reckoning.charge(tariff, all, rules, 0) instanceof Reckoning.Outcome.Due due) bytes += Kept.facts(all).length() + Kept.lines(due.lines()).length();
        }
        double micros = (System.nanoTime() - begun) / 1_000.0 / statements;
        out.printf(Locale.ROOT, "one statement of five months in the engine: %.0f microseconds (goal %.0f), %d characters kept%n", micros, STATEMENT_GOAL_MICROS, bytes / (statements + WARM));
        return micros < STATEMENT_GOAL_MICROS;
    }

    private boolean term(PrintWriter out) {
        try (BenchWorld world = new BenchWorld()) {
            UUID term = grown(world);
            Periods periods = world.bean(Periods.class);
            ClosePeriod close = world.bean(ClosePeriod.class);
            List<Period> open = world.asSchool(() -> periods.all(world.school)).stream().filter(p -> p.term().equals(term) && !p.settled()).sorted(Comparator.comparing(Period::from)).toList();
            double all = 0;
            for (Period period : open) {
                world.asSchool(() -> {
                    periods.countUnrolled(world.school, period.id(), true);
                    return true;
                });
                Instant at = period.until().plusDays(2).atStartOfDay(Screen.ZONE).toInstant();
                long begun = System.nanoTime();
                ClosePeriod.Outcome outcome = Scopes.within(Scope.school(world.school, null), () -> close.close(world.school, period.id(), false, at));
                double seconds = (System.nanoTime() - begun) / 1e9;
                all += seconds;
                if (!(outcome instanceof ClosePeriod.Outcome.Done done)) {
                    out.println("refused: " + outcome);
                    return false;
                }
                out.printf(Locale.ROOT, "%s: %d children charged in %.2f s%n", YearMonth.from(period.from()), done.children(), seconds);
            }
            out.printf(Locale.ROOT, "%d months of a term settled in %.2f s (goal %.0f)%n", open.size(), all, TERM_GOAL_SECONDS);
            long begun = System.nanoTime();
            VerifyLedger.Report report = Scopes.within(Scope.school(world.school, null), () -> world.bean(VerifyLedger.class).run(world.school));
            out.printf(Locale.ROOT, "verified again: %d charges, %d lies, %.2f s%n", report.charges(), report.lies().size(), (System.nanoTime() - begun) / 1e9);
            return all < TERM_GOAL_SECONDS && report.lies().isEmpty();
        }
    }

    /** More children in the demo school's classes, all with a whole week asked for. */
    private UUID grown(BenchWorld world) {
        Roster roster = world.bean(Roster.class);
        Enrolments enrolments = world.bean(Enrolments.class);
        Ids ids = world.bean(Ids.class);
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), Screen.ZONE);
        Term term = world.asSchool(() -> world.bean(Calendars.class).termAt(world.school, today)).orElseThrow();
        List<Pupil> known = world.asSchool(() -> roster.pupils(world.school));
        List<Roster.NewPupil> more = new ArrayList<>();
        for (int i = known.size(); i < pupils; i++) more.add(new Roster.NewPupil(ids.next(), known.get(i % known.size()).schoolClass(), "B" + i, null, null, "b" + i, null));
        world.asSchool(() -> {
            roster.addPupils(world.school, more);
            return true;
        });
        Instant opens = world.clock.instant().minus(Duration.ofDays(3));
        Round round = new Round(ids.next(), term.id(), "bench", opens, opens.plus(Duration.ofDays(2)), opens.plus(Duration.ofDays(2)), Round.State.OPEN, null, false, List.of(), "fair");
        Map<Integer, Menu> menus = new HashMap<>();
        return world.asSchool(() -> {
            enrolments.put(world.school, round);
            List<Enrolments.Entry> entries = roster.pupils(world.school).stream()
                    .map(p -> new Enrolments.Entry(p.id(), p.grade(), wholeWeek(menus.computeIfAbsent(p.grade(), g -> enrolments.menu(world.school, term.id(), g))), new UUID(0, 2), opens.plusSeconds(60)))
                    .toList();
            enrolments.enterAll(world.school, round.id(), entries, true);
            enrolments.close(world.school, round.id(), round.closesAt().plusSeconds(60));
            return term.id();
        });
    }

    private static Sheet wholeWeek(Menu menu) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        for (int day : menu.weekdays()) menu.on(day).stream().mapToInt(Menu.Slot::ordinal).max().ifPresent(o -> until.put(day, o));
        return new Sheet(true, until, Map.of(), Set.of(), Sheet.Waiting.ASK);
    }
}
