package afterbell.base.rules.engine;

import static afterbell.base.rules.engine.Packs.bare;
import static afterbell.base.rules.engine.Packs.pack;
import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Clause;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Resolved.Why;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.rules.engine.RuleBook.MaySet;
import afterbell.base.rules.engine.RuleBook.SchoolChoice;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
    private static final Situation NANNING = Situation.of("450102", DAY);

    @Test
    void the_products_value_holds_where_nobody_says_anything() {
        Resolved<Integer> hours = bare().resolve(Rule.OFFER_HOLD_HOURS, NANNING);
        assertThat(hours.value()).isEqualTo(24);
        assertThat(hours.clause().pack()).isEqualTo("AFTERBELL-DEFAULT");
        assertThat(hours.overridden()).isEmpty();
    }

    @Test
    void the_smaller_region_wins_even_if_it_is_older() {
        RuleBook book = bare(
                pack("CITY", "4501", "2020-01-01", "rule: club.max-size, value: 25, severity: advice"),
                pack("LAND", "", "2025-01-01", "rule: club.max-size, value: 18, severity: advice"));
        Resolved<Integer> size = book.resolve(Rule.CLUB_MAX_SIZE, NANNING);
        assertThat(size.value()).isEqualTo(25);
        assertThat(size.overridden()).extracting(Resolved.Overridden::why).containsExactly(Why.LARGER_REGION, Why.PRODUCT_DEFAULT);
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, Situation.of("4502", DAY)).value()).isEqualTo(18);
    }

    @Test
    void of_one_region_the_later_pack_wins() {
        RuleBook book = bare(
                pack("OLD", "45", "2020-01-01", "rule: club.max-size, value: 25, severity: ban"),
                pack("NEW", "45", "2024-01-01", "rule: club.max-size, value: 35, severity: advice"));
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, NANNING).value()).isEqualTo(35);
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, NANNING.on(LocalDate.of(2023, 12, 31))).value()).isEqualTo(25);
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, NANNING).overridden().get(0).why()).isEqualTo(Why.EARLIER_PACK);
    }

    @Test
    void a_region_may_tighten_a_floor_and_never_loosen_it() {
        String floor = pack("LAND", "", "2020-01-01", "rule: club.max-size, value: 20, severity: ban, floor: true");
        assertThat(bare(floor, pack("P", "45", "2021-01-01", "rule: club.max-size, value: 15, severity: ban"))
                        .resolve(Rule.CLUB_MAX_SIZE, NANNING)
                        .value())
                .isEqualTo(15);
        Resolved<Integer> kept = bare(floor, pack("P", "45", "2021-01-01", "rule: club.max-size, value: 30, severity: advice"))
                .resolve(Rule.CLUB_MAX_SIZE, NANNING);
        assertThat(kept.value()).isEqualTo(20);
        assertThat(kept.severity()).isEqualTo(Severity.BAN);
        assertThat(kept.overridden().get(0).why()).isEqualTo(Why.WOULD_LOOSEN_A_FLOOR);
    }

    @Test
    void a_tighter_floor_below_that_is_lifted_again_does_not_lift_the_one_above() {
        RuleBook book = bare(
                pack("LAND", "", "2020-01-01", "rule: club.max-size, value: 20, severity: ban, floor: true"),
                pack("PROVINCE-1", "45", "2021-01-01", "rule: club.max-size, value: 15, severity: ban, floor: true"),
                pack("PROVINCE-2", "45", "2022-01-01", "rule: club.max-size, value: 25, severity: advice"));
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, NANNING).value()).isEqualTo(15);
        RuleBook lifted = bare(
                pack("LAND", "", "2020-01-01", "rule: club.max-size, value: 20, severity: ban, floor: true"),
                pack("PROVINCE-1", "45", "2021-01-01", "rule: club.max-size, value: 15, severity: ban, floor: true"),
                pack("PROVINCE-2", "45", "2022-01-01", "rule: club.max-size, value: 18, severity: advice"));
        assertThat(lifted.resolve(Rule.CLUB_MAX_SIZE, NANNING).value()).isEqualTo(18);
    }

    @Test
    void a_newer_law_of_the_same_region_may_lift_its_own_floor() {
        RuleBook book = bare(
                pack("LAW-1", "", "2020-01-01", "rule: round.first-come, value: no, severity: ban, floor: true"),
                pack("LAW-2", "", "2025-01-01", "rule: round.first-come, value: yes, severity: advice"));
        assertThat(book.resolve(Rule.ROUND_FIRST_COME, NANNING).value()).isTrue();
    }

    @Test
    void a_rule_for_juniors_answers_for_juniors_only() {
        RuleBook book = bare(pack("P", "45", "2021-01-01", "rule: club.per-child-max, value: 1, severity: ban, stages: [junior]"));
        assertThat(book.resolve(Rule.CLUB_PER_CHILD_MAX, NANNING.of(Stage.JUNIOR)).value()).isEqualTo(1);
        assertThat(book.resolve(Rule.CLUB_PER_CHILD_MAX, NANNING.of(Stage.PRIMARY)).value()).isEqualTo(3);
        assertThat(book.resolve(Rule.CLUB_PER_CHILD_MAX, NANNING.of(Stage.PRIMARY, Stage.JUNIOR)).value()).isEqualTo(3);
        assertThat(book.resolve(Rule.CLUB_PER_CHILD_MAX, NANNING).value()).isEqualTo(3);
    }

    @Test
    void a_school_may_replace_advice_and_only_tighten_the_rest() {
        RuleBook book = bare(pack("P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: cap-soft-with-reason"));
        Resolved<Integer> cap = book.resolve(Rule.CLUB_MAX_SIZE, NANNING);
        assertThat(RuleBook.maySet(cap, 16)).isEqualTo(MaySet.YES);
        assertThat(RuleBook.maySet(cap, 24)).isEqualTo(MaySet.LOOSER);
        assertThat(RuleBook.maySet(book.resolve(Rule.WALKING_CLASS_MAX_SIZE, NANNING), 40)).isEqualTo(MaySet.YES);
        assertThat(book.resolve(Rule.CLUB_MAX_SIZE, NANNING, choice(24)).value()).isEqualTo(20);
        Resolved<Integer> own = book.resolve(Rule.CLUB_MAX_SIZE, NANNING, choice(16));
        assertThat(own.value()).isEqualTo(16);
        assertThat(own.overridden().get(0).value()).isEqualTo("20");
    }

    private static SchoolChoice<Integer> choice(int value) {
        return new SchoolChoice<>(value, new Clause("SCHOOL", "", Bilingual.NONE, Bilingual.NONE, "", Bilingual.NONE, Bilingual.NONE, "", DAY, null));
    }

    @Test
    void two_editions_of_a_pack_may_not_overlap() {
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook.of(
                List.of(
                        one(pack("P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: ban")),
                        one(pack("P", "45", "2022-01-01", "rule: club.max-size, value: 21, severity: ban"))),
                problems);
        assertThat(problems).extracting(YamlProblem::code).contains("rules.dates-overlap");
    }

    @Test
    void two_packs_of_one_region_and_day_may_not_say_different_things() {
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook.of(
                List.of(
                        one(pack("P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: ban")),
                        one(pack("Q", "45", "2021-01-01", "rule: club.max-size, value: 21, severity: ban"))),
                problems);
        assertThat(problems).extracting(YamlProblem::code).contains("rules.tie");
    }

    @Test
    void a_diff_says_what_changes_for_a_school_and_whether_it_loosens() {
        RuleBook before = bare(pack("P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: ban"));
        RuleBook after = bare(
                pack("P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: ban"),
                pack("Q", "4501", "2021-01-01", "rule: club.max-size, value: 25, severity: ban"));
        assertThat(PackDiff.between(before, after, NANNING).changes()).singleElement().satisfies(c -> {
            assertThat(c.rule()).isEqualTo(Rule.CLUB_MAX_SIZE);
            assertThat(c.looser()).isTrue();
        });
        assertThat(PackDiff.between(before, after, Situation.of("4502", DAY)).changes()).isEmpty();
    }

    /** Against a naive reading of the precedence, over random books of one rule. */
    @Test
    void twenty_thousand_random_books_agree_with_the_plain_words_of_the_precedence() {
        long seed = 20260914;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RulePack product = Packs.shipped().stream().filter(RulePack::product).findFirst().orElseThrow();
        String[] regions = {"", "45", "4501", "450102", "37", "3701"};
        for (int round = 0; round < 20_000; round++) {
            List<RulePack> packs = new ArrayList<>(List.of(product));
            int n = random.nextInt(6);
            for (int i = 0; i < n; i++)
                packs.add(one("P" + i, regions[random.nextInt(regions.length)], LocalDate.of(2020, 1, 1).plusDays(i * 37L), 10 + random.nextInt(30), random.nextBoolean()));
            Collections.shuffle(packs, random);
            List<YamlProblem> problems = new ArrayList<>();
            RuleBook book = RuleBook.of(packs, problems);
            assertThat(problems).isEmpty();
            Resolved<Integer> got = book.resolve(Rule.CLUB_MAX_SIZE, NANNING);
            assertThat(got.value()).as("seed %d round %d", seed, round).isEqualTo(plainly(packs));
            assertThat(got.overridden()).hasSize((int) packs.stream().filter(p -> p.covers("450102")).count() - 1);
        }
    }

    /** Level by level: the latest pack that doesn't loosen the floors above it. */
    private static int plainly(List<RulePack> packs) {
        int value = 20;
        int tightest = Integer.MAX_VALUE;
        for (String region : List.of("", "45", "4501", "450102")) {
            int above = tightest;
            RulePack latest = packs.stream()
                    .filter(p -> !p.product() && p.region().equals(region) && (Integer) p.entries().get(0).value() <= above)
                    .max((a, b) -> a.from().compareTo(b.from()))
                    .orElse(null);
            if (latest == null) continue;
            value = (Integer) latest.entries().get(0).value();
            if (latest.entries().get(0).floor()) tightest = Math.min(tightest, value);
        }
        return value;
    }

    private static RulePack one(String code, String region, LocalDate from, int value, boolean floor) {
        RuleEntry<Integer> entry = new RuleEntry<>(
                Rule.CLUB_MAX_SIZE, value, Severity.BAN, floor, "", Bilingual.NONE, Bilingual.NONE, "", Set.of(), Set.of(), null, null, 1);
        return new RulePack(code, Bilingual.NONE, Bilingual.NONE, false, region, from, null, Bilingual.NONE, "", List.of(entry), code);
    }

    private static RulePack one(String text) {
        return Packs.one(text);
    }
}
