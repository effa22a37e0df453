package afterbell.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.app.simulate.Trouble.Kind;
import afterbell.base.roster.PlantedWays;
import afterbell.day.custody.PlantedCustody;
import afterbell.day.dismissal.clearing.PlantedClearing;
import afterbell.day.safety.PlantedSafety;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A bug for each law of the afternoon is put into the running house; a single lived day must name that law, or miss a trouble. */
@Tag("house")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedInTheHouseIT {
    private static final Map<PlantedCustody.Bug, List<Kind>> TROUBLES = Map.ofEntries(
            Map.entry(PlantedCustody.Bug.NOTHING_RINGS, List.of(Kind.FORGOTTEN_ROLL, Kind.SICK_WITHOUT_NOTICE)),
            Map.entry(PlantedCustody.Bug.THE_CLOCK_STANDS, List.of(Kind.FORGOTTEN_HAND_OVER, Kind.FORGOTTEN_ROLL)),
            Map.entry(PlantedCustody.Bug.A_CARD_CHECKS_OUT, List.of(Kind.CARD_SAYS_LEFT)),
            Map.entry(PlantedCustody.Bug.THE_CLOCK_CHECKS_OUT, List.of(Kind.PARENT_LATE)),
            Map.entry(PlantedCustody.Bug.THE_BATON_NEVER_MOVES, List.of(Kind.TEACHERS_SWAP)),
            Map.entry(PlantedCustody.Bug.THE_LAST_CLAIM_WINS, List.of(Kind.TWO_CLAIMS)),
            Map.entry(PlantedCustody.Bug.THE_PRESENT_COUNT_AS_GONE, List.of(Kind.PARENT_LATE)),
            Map.entry(PlantedCustody.Bug.KEYS_ARE_LOST, List.of(Kind.PHONE_OFF_LINE)),
            Map.entry(PlantedCustody.Bug.ORDER_OF_ARRIVAL, List.of(Kind.PHONE_OFF_LINE)),
            Map.entry(PlantedCustody.Bug.SOMEBODY_ELSE_ACCOUNTS, List.of(Kind.SICK_WITHOUT_NOTICE)),
            Map.entry(PlantedCustody.Bug.CLOCKS_ARE_BELIEVED, List.of(Kind.SICK_WITHOUT_NOTICE)),
            Map.entry(PlantedCustody.Bug.NOTHING_FALLS_SILENT, List.of(Kind.SICK_WITHOUT_NOTICE)));

    /** What must be heard of each: the beginning of a law, or the kind of trouble that goes unnoticed. */
    private static final Map<PlantedCustody.Bug, String> HEARD = Map.ofEntries(
            Map.entry(PlantedCustody.Bug.NOTHING_RINGS, "2 what is red rings"),
            Map.entry(PlantedCustody.Bug.THE_CLOCK_STANDS, "FORGOTTEN_"),
            Map.entry(PlantedCustody.Bug.A_CARD_CHECKS_OUT, "2 a swipe never moves the baton"),
            Map.entry(PlantedCustody.Bug.THE_CLOCK_CHECKS_OUT, "2 nothing checks a child out by itself"),
            Map.entry(PlantedCustody.Bug.THE_BATON_NEVER_MOVES, "2 exactly one custodian"),
            Map.entry(PlantedCustody.Bug.THE_LAST_CLAIM_WINS, "TWO_CLAIMS"),
            Map.entry(PlantedCustody.Bug.THE_PRESENT_COUNT_AS_GONE, "2 the school can't be cleared while a child is open"),
            Map.entry(PlantedCustody.Bug.KEYS_ARE_LOST, "6 what a device sends twice"),
            Map.entry(PlantedCustody.Bug.ORDER_OF_ARRIVAL, "6 reordering ends in the same state"),
            Map.entry(PlantedCustody.Bug.SOMEBODY_ELSE_ACCOUNTS, "2 only the duty leader accounts"),
            Map.entry(PlantedCustody.Bug.CLOCKS_ARE_BELIEVED, "2 nothing is of the future"),
            Map.entry(PlantedCustody.Bug.NOTHING_FALLS_SILENT, "2 an alarm ends with its cause"));

    private final AtomicReference<PlantedCustody.@Nullable Bug> custody = new AtomicReference<>();
    private final AtomicReference<PlantedWays.@Nullable Bug> ways = new AtomicReference<>();
    private final AtomicReference<PlantedSafety.@Nullable Bug> safety = new AtomicReference<>();
    private final AtomicReference<PlantedClearing.@Nullable Bug> clearing = new AtomicReference<>();
    private @Nullable Simulation simulation;

    @BeforeAll
    void a_house_that_bugs_can_be_put_into() {
        simulation = new Simulation(Scenarios.read("000", 90), 11, this::spoil);
    }

    private void spoil(ConfigurableApplicationContext context) {
        var beans = context.getBeanFactory();
        var chain = PlantedCustody.instead(() -> beans.getBean(JdbcClient.class), custody::get);
        var home = PlantedWays.instead(beans, ways::get);
        var record = PlantedSafety.instead(beans, safety::get);
        var clear = PlantedClearing.instead(beans, clearing::get);
        beans.addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                return clear.apply(record.apply(home.apply(chain.apply(bean))));
            }
        });
    }

    @AfterAll
    void taken_away() {
        if (simulation != null) simulation.close();
    }

    private Set<String> heard(List<Kind> troubles) {
        Tally tally = Objects.requireNonNull(simulation).live(1, troubles, (day, t) -> {});
        Set<String> heard = tally.violations.keySet().stream().collect(Collectors.toSet());
        tally.troubles.forEach((kind, count) -> {
            if (count[1] < count[0]) heard.add(kind.name());
        });
        return heard;
    }

    @Test
    void the_house_without_a_bug_breaks_nothing() {
        assertThat(heard(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Req({"R78", "R84", "R87"})
    void a_bug_in_the_chain_is_heard(PlantedCustody.Bug bug) {
        custody.set(bug);
        try {
            assertThat(heard(Objects.requireNonNull(TROUBLES.get(bug)))).anyMatch(law -> law.startsWith(Objects.requireNonNull(HEARD.get(bug))));
        } finally {
            custody.set(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Req({"R85", "R86"})
    void a_bug_in_who_may_take_a_child_is_heard(PlantedWays.Bug bug) {
        ways.set(bug);
        try {
            String law = bug == PlantedWays.Bug.EVERYBODY_CONSENTS ? "2 a line takes only" : "2 nobody is handed to whom";
            assertThat(heard(List.of(Kind.BARRED_AT_THE_GATE))).as(bug.name().toLowerCase(Locale.ROOT)).anyMatch(said -> said.startsWith(law));
        } finally {
            ways.set(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Req({"R88", "R91", "R103"})
    void a_bug_in_the_record_of_gate_walks_and_drills_is_heard(PlantedSafety.Bug bug) {
        safety.set(bug);
        try {
            String law = switch (bug) {
                case A_NO_IS_FORGOTTEN -> "safety: nobody is inside";
                case DRILLS_ARE_REAL -> "safety: a drill tells no family";
                case WALKS_GET_LOST -> "2 the school is cleared";
            };
            assertThat(heard(List.of(Kind.VISITOR_WITHOUT_A_YES, Kind.DRILL))).anyMatch(said -> said.startsWith(law));
        } finally {
            safety.set(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Req("R87")
    void a_bug_in_clearing_the_school_is_heard(PlantedClearing.Bug bug) {
        clearing.set(bug);
        try {
            String law = bug == PlantedClearing.Bug.CHILDREN_ARE_NOT_LOOKED_FOR ? "2 the school can't be cleared while a child is open" : "2 the school can't be cleared before every area is walked";
            assertThat(heard(List.of(Kind.AREA_FORGOTTEN))).anyMatch(said -> said.startsWith(law));
        } finally {
            clearing.set(null);
        }
    }
}
