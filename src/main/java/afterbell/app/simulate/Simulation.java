package afterbell.app.simulate;

import afterbell.app.scenarios.Scenario;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** A school of a scenario through its service days, one after the other. The same seed gives the same days. */
final class Simulation implements AutoCloseable {
    private static final int MOST_IN_A_CLASS = 40;

    private final SimulatedHouse house;
    private final SimulatedSchool school;
    private final Planter planter;
    private final Random random;
    private final long seed;
    private final UUID other;
    /** Empty for a school that does not charge. */
    private final String tariff;
    private LocalDate next;

    Simulation(Scenario plan, long seed, ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        this(plan, "", seed, more);
    }

    /** @param tariff the text of what the school charges; empty where it charges nothing */
    Simulation(Scenario plan, String tariff, long seed, ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        this.tariff = tariff;
        this.seed = seed;
        random = new Random(seed);
        house = new SimulatedHouse(more);
        school = new SimulatedSchool(house, plan, random);
        planter = new Planter(random);
        other = neighbour(plan);
        next = school.term.dates().first();
    }

    /** A scenario with fewer children and as many classes as they need. */
    static Scenario smaller(Scenario plan, int children) {
        if (children >= plan.pupils()) return plan;
        int grades = plan.classes().size();
        int each = Math.max(1, (int) Math.ceil(children / (double) grades / MOST_IN_A_CLASS));
        TreeMap<Integer, Integer> classes = new TreeMap<>();
        plan.classes().forEach((grade, n) -> classes.put(grade, Math.min(n, Math.max(2, each))));
        return new Scenario(
                plan.id(), plan.title(), plan.year(), plan.kind(), plan.region(), plan.setting(), plan.ownership(), children, classes, plan.half(), plan.dates(), plan.registration(), plan.serviceWeek(),
                plan.clubsWeek(), plan.addDropWeeks(), plan.bells(), plan.places(), plan.rules(), plan.clubs(), plan.walking(), plan.room());
    }

    /** Another school of the same house, which must see nothing of this one. */
    private UUID neighbour(Scenario plan) {
        UUID bureau = house.bean(Ids.class).next();
        UUID id = house.bean(Ids.class).next();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> house.bean(TransactionTemplate.class).executeWithoutResult(t -> {
            house.bean(Schools.class).addBureau(bureau, null, plan.title(), plan.region());
            house.bean(Schools.class).add(new School(id, "SIM-OTHER", plan.title(), plan.region(), plan.kind(), plan.setting(), plan.ownership(), false, "-"), List.of(bureau));
        }));
        return id;
    }

    /** Hears of each day that is over. */
    interface Over {
        void day(LocalDate day, Tally soFar);
    }

    /** Lives so many service days more, or until the term is over. @param kinds of troubles, all of them where it is empty */
    Tally live(int days, Collection<Trouble.Kind> kinds, Over over) {
        long begun = System.nanoTime();
        Tally tally = new Tally();
        tally.children = school.children.size();
        LawBook laws = new LawBook(house, school.school, tally);
        long before = laws.events();
        planter.only(kinds);
        // Who pays when is drawn apart, so that the days are the same with money and without.
        @Nullable LivedMoney money = tariff.isEmpty() ? null : new LivedMoney(school, tariff, new Random(~seed), tally);
        while (tally.days < days && !next.isAfter(school.term.dates().last())) {
            if (money != null) money.morning(next);
            if (new LivedDay(school, next, random, tally, laws).live(planter)) over.day(next, tally);
            next = next.plusDays(1);
        }
        if (money != null) money.over(next.minusDays(1));
        laws.atTheEnd(other);
        tally.events = laws.events() - before;
        tally.wall = Duration.ofNanos(System.nanoTime() - begun);
        return tally;
    }

    /** Prints the registers of the month of the last day that was lived. */
    void print(Path folder) throws IOException {
        new Printing(school).into(folder, next.minusDays(1));
    }

    @Override
    public void close() {
        house.close();
    }
}
