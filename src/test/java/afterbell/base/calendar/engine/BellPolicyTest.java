package afterbell.base.calendar.engine;

import afterbell.Req;
import afterbell.base.calendar.BellGrid;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Verdict;
import afterbell.base.rules.engine.ShippedRules;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;


class BellPolicyTest {
    private static final Situation IN_2021 = Situation.of("320400", LocalDate.of(2021, 10, 11));
    private static final Situation IN_2026 = Situation.of("320400", LocalDate.of(2026, 10, 12));
    private final RuleSource rules = ShippedRules.book();

    @Test
    @Req({"C8", "R20"})
    void plan_000_keeps_every_rule_of_2021() {
        assertThat(BellPolicy.judge(SourcePlanBellsTest.plan("000"), rules, IN_2021)).isEmpty();
    }

    @Test
    @Req("R113")
    void since_december_2023_the_evening_of_plan_000_is_no_service() {
        assertThat(BellPolicy.judge(SourcePlanBellsTest.plan("000"), rules, IN_2026))
                .hasSize(3)
                .allMatch(r -> r.slot().equals("EVENING_STUDY") && r.verdict() instanceof Verdict.Refused no && no.clause().pack().equals("CN-2023-12"));
    }

    @Test
    @Req("C8")
    void an_evening_past_half_past_eight_is_refused() {
        List<YamlProblem> problems = new ArrayList<>();
        BellGrid late = BellReader.read(
                        "late.yaml",
                        """
                        bands: [{code: g9, zh: 初三, en: Grade 9, grades: [9]}]
                        slots: [{code: E1, bands: [g9], days: mon-fri, from: "18:30", until: "20:40", service: evening-study}]
                        """,
                        problems)
                .orElseThrow();
        assertThat(BellPolicy.judge(late, rules, IN_2021)).hasSize(5).allMatch(r -> r.verdict() instanceof Verdict.Refused no && no.limit().equals("20:30"));
    }

    @Test
    @Req("R17")
    void an_hour_a_day_on_four_days_is_too_little() {
        List<YamlProblem> problems = new ArrayList<>();
        BellGrid thin = BellReader.read(
                        "thin.yaml",
                        """
                        bands: [{code: g1, zh: 一年级, en: Grade 1, grades: [1]}]
                        slots: [{code: S1, bands: [g1], days: mon-thu, from: "16:00", until: "17:00", service: after-school}]
                        """,
                        problems)
                .orElseThrow();
        assertThat(BellPolicy.judge(thin, rules, IN_2021)).extracting(r -> ((Verdict.Refused) r.verdict()).rule()).contains("service.min-minutes-per-day", "service.days-per-week", "service.end-not-before-off-work");
    }
}
