package afterbell.term.tariffs.quote;

import static afterbell.term.tariffs.quote.QuoteExamplesTest.facts;
import static afterbell.term.tariffs.quote.QuoteExamplesTest.tariff;
import static afterbell.term.tariffs.quote.QuoteExamplesTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.HalfBoundary;
import afterbell.base.rules.Rule;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.ShippedPacks;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.term.tariffs.quote.Facts.Stretch;
import afterbell.term.tariffs.quote.Tariff.Adjustment;
import afterbell.term.tariffs.quote.Tariff.Cause;
import afterbell.term.tariffs.quote.Tariff.Ceiling;
import afterbell.term.tariffs.quote.Tariff.Counted;
import afterbell.term.tariffs.quote.Tariff.Destination;
import afterbell.term.tariffs.quote.Tariff.Divisor;
import afterbell.term.tariffs.quote.Tariff.For;
import afterbell.term.tariffs.quote.Tariff.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotingTest {
    private static final RuleBook RULES = ShippedPacks.book();
    private static final LocalDate FIRST = LocalDate.of(2021, 9, 1);
    private static final String TARIFF = """
            tariff: T-1
            title: {zh: 试, en: Test}
            authority: {zh: 试, en: Test}
            region: "3301"
            effective: {from: %s}
            payee: unit-account
            timing: settle
            %s
            items:
              - item: basic
                name: {zh: 试, en: Test}
                service: [%s]
                price: 100
                unit: month
                clause: 第一条
                adjust:
                  - {%s}
            """;
    private static final String FACTS = """
            pupil: {grade: 3}
            term: {from: %s, until: %s}
            stretches:
              - {planned: 20, %s}
            %s
            """;

    @Test
    @Req("R113")
    void nothing_is_charged_before_the_standard_holds() {
        assertThat(told(quote("effective-later", "", "", "leave: 0", ""))).startsWith("refused fee.before-standard: ");
    }

    @Test
    void evening_study_is_no_after_school_service_since_the_notice_of_december_2023() {
        Tariff evening = tariff(TARIFF.formatted("2021-09-01", "", "evening-study", daily()));
        String before = FACTS.formatted("2021-09-01", "2022-01-20", "service: evening-study", "");
        String after = FACTS.formatted("2024-02-20", "2024-07-01", "service: evening-study", "");
        assertThat(told(Quoting.quote(evening, facts(before), RULES))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
        Quote refused = Quoting.quote(evening, facts(after), RULES);
        assertThat(told(refused)).startsWith("refused service.classes-counted: ");
        assertThat(refused.refusal()).satisfies(no -> assertThat(no.instead()).isNotBlank());
        Tariff ofItsOwn = tariff(TARIFF.formatted("2021-09-01", "service-fee: no", "evening-study", daily()));
        assertThat(told(Quoting.quote(ofItsOwn, facts(after), RULES))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
    }

    @Test
    void a_boarder_does_not_pay_twice() {
        assertThat(told(quote("", "", "", "leave: 0", "boarding-covers: [after-school]"))).startsWith("refused fee.boarders-twice: ");
    }

    @Test
    @Req("R119")
    void an_exemption_holds_only_while_it_is_valid_and_the_better_one_counts() {
        String both = "exempt: [{group: low-income, from: 2021-09-01}, {group: sibling, from: 2021-09-01}]";
        assertThat(told(quote("", "exemptions: [{group: low-income, percent: 50, clause: 减半}, {group: sibling, percent: 20, clause: 八折}]", "", "leave: 0", both)))
                .isEqualTo("charged 50.00 refunded 0.00 carried -50.00");
        assertThat(told(quote("", "", "", "leave: 0", "exempt: [{group: low-income, from: 2021-01-01, until: 2021-08-31}]")))
                .isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
    }

    @Test
    void absences_in_a_row_a_passed_share_of_the_term_and_fixed_daily_refunds_are_words_of_a_file() {
        String row = "rule: in-a-row, steps: [{days: 5, percent: 25}, {days: 10, percent: 50}], clause: 连续缺勤";
        assertThat(told(quote("", "", row, "leave: 7, in-a-row: 7", ""))).isEqualTo("charged 75.00 refunded 0.00 carried -75.00");
        assertThat(told(quote("", "", row, "leave: 10, in-a-row: 10", ""))).isEqualTo("charged 50.00 refunded 0.00 carried -50.00");
        String elapsed = "rule: elapsed, steps: [{up-to: 33, percent: 66}, {up-to: 66, percent: 33}], clause: 按已过时间";
        assertThat(told(quote("", "", elapsed, "withdrawn: 14", "left: {on: 2021-09-09}"))).isEqualTo("charged 34.00 refunded 0.00 carried -34.00");
        assertThat(told(quote("", "", elapsed, "withdrawn: 2", "left: {on: 2021-12-09}"))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
        String daily = "rule: daily, causes: [leave, closure], price: 3.50, clause: 每天退 3.5 元";
        assertThat(told(quote("", "", daily, "leave: 3, closed: 1", ""))).isEqualTo("charged 86.00 refunded 0.00 carried -86.00");
        assertThat(told(quote("", "", daily.replace("3.50", "30"), "leave: 10", ""))).as("never below nothing").isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
    }

    @Test
    void a_leaver_gets_money_where_others_carry_it_into_the_next_term() {
        String paid = "paid: [{on: 2021-09-02, yuan: 150}]";
        assertThat(told(quote("", "refund-to: next-term", "", "leave: 0", paid))).isEqualTo("charged 100.00 refunded 0.00 carried 50.00");
        assertThat(told(quote("", "refund-to: next-term", "", "leave: 0", paid + "\nleft: {on: 2022-01-20}"))).isEqualTo("charged 100.00 refunded 50.00 carried 0.00");
    }

    @Test
    @Req("R115")
    void two_halves_of_a_month_share_the_ceiling_of_the_month() {
        String halves = """
                pupil: {grade: 3}
                term: {from: 2021-09-01, until: 2022-01-20}
                stretches:
                  - {from: 2021-09-01, until: 2021-09-15, per-day: 2, planned: 11}
                  - {from: 2021-09-16, until: 2021-09-30, per-day: 2, planned: 11}
                """;
        String capped = byPeriod("2", "ceilings: [{per: month, yuan: 80, services: [after-school], clause: 封顶}]");
        Quote quote = Quoting.quote(tariff(capped), facts(halves), RULES);
        assertThat(told(quote)).isEqualTo("charged 80.00 refunded 0.00 carried -80.00");
        assertThat(quote.lines().getLast()).satisfies(cut -> {
            assertThat(cut.unit()).isEqualTo("month-ceiling");
            assertThat(cut.from()).isEqualTo(FIRST);
            assertThat(cut.until()).isEqualTo(LocalDate.of(2021, 9, 30));
        });
        String half = capped + "exemptions: [{group: low-income, percent: 50, clause: 减半}]\n";
        assertThat(told(Quoting.quote(tariff(half), facts(halves + "exempt: [{group: low-income, from: 2021-09-01}]\n"), RULES))).as("half of what is asked, not of what was capped").isEqualTo("charged 40.00 refunded 0.00 carried -40.00");
        String guangxi = byPeriod("4", "").replace("\"3301\"", "\"45\"");
        assertThat(told(Quoting.quote(tariff(guangxi), facts(halves), RULES))).as("88 and 88 are above the region's 120 a month").startsWith("refused fee.ceilings: EXAMPLE-45-GX ");
        assertThat(told(Quoting.quote(tariff(guangxi.replace("[after-school]", "[after-school, noon-care]")), facts(halves), RULES))).as("also where the item is for two services").startsWith("refused fee.ceilings: ");
    }

    @Test
    @Req("R115")
    void what_the_document_allows_for_a_month_holds_for_the_sum_of_its_days() {
        String limited = byPeriod("5", "limits: [{unit: month, yuan: 200, services: [after-school], clause: 每月不超过 200 元}]");
        String days = FACTS.formatted("2021-09-01", "2021-09-30", "per-day: 2", "");
        assertThat(told(Quoting.quote(tariff(limited), facts(days), RULES))).isEqualTo("charged 200.00 refunded 0.00 carried -200.00");
        Quote refused = Quoting.quote(tariff(limited), facts(days.replace("planned: 20", "planned: 21")), RULES);
        assertThat(told(refused)).isEqualTo("refused fee.above-standard: T-2 每月不超过 200 元");
        assertThat(refused.refusal()).satisfies(no -> assertThat(no.instead()).isNotBlank());
        String capped = limited + "ceilings: [{per: month, yuan: 200, services: [after-school], clause: 封顶}]\n";
        assertThat(told(Quoting.quote(tariff(capped), facts(days.replace("planned: 20", "planned: 21")), RULES))).as("a cap of the document's own").isEqualTo("charged 200.00 refunded 0.00 carried -200.00");
    }

    @Test
    void a_month_that_is_for_two_services_is_asked_once() {
        String two = TARIFF.formatted("2021-09-01", "service-fee: no", "evening-study, weekend-care", daily());
        String both = """
                pupil: {grade: 8}
                term: {from: 2021-09-01, until: 2022-01-20}
                stretches:
                  - {from: 2021-09-01, until: 2021-09-30, service: evening-study, planned: 20}
                  - {from: 2021-09-01, until: 2021-09-30, service: weekend-care, planned: 4}
                  - {from: 2021-10-01, until: 2021-10-31, service: evening-study, planned: 17}
                """;
        assertThat(told(Quoting.quote(tariff(two), facts(both), RULES))).isEqualTo("charged 200.00 refunded 0.00 carried -200.00");
    }

    @Test
    @Req("R117")
    void a_month_wholly_after_the_withdrawal_costs_nothing_and_days_after_it_count_only_where_the_document_prices_a_late_one() {
        assertThat(told(quote("", "", "rule: in-a-row, steps: [{days: 5, percent: 25}], clause: 连续缺勤", "withdrawn: 20", "left: {on: 2021-08-31}"))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        assertThat(told(quote("", "", "rule: elapsed, steps: [{up-to: 33, percent: 66}], clause: 按已过时间", "withdrawn: 20", "left: {on: 2021-09-01}"))).isEqualTo("charged 34.00 refunded 0.00 carried -34.00");
        String planned = byPeriod("2", "").replace("unit: period", "unit: day\n    counts: planned");
        assertThat(told(Quoting.quote(tariff(planned), facts(FACTS.formatted("2021-09-01", "2021-09-30", "withdrawn: 12", "left: {on: 2021-09-15}")), RULES))).isEqualTo("charged 16.00 refunded 0.00 carried -16.00");
    }

    @Test
    @Req("R117")
    void a_closed_day_in_a_month_wholly_after_the_withdrawal_brings_the_month_back_for_nobody() {
        assertThat(told(quote("", "", "", "withdrawn: 18, closed: 1, undelivered: 1", "left: {on: 2021-08-31}"))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        assertThat(told(quote("", "", "", "closed: 20", "left: {on: 2021-08-31}"))).as("all closed").isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        String proportional = "rule: proportional, causes: [withdrawal], divisor: planned-days, clause: 按天退";
        assertThat(told(quote("", "", proportional, "withdrawn: 19, closed: 1", "left: {on: 2021-08-31}"))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        assertThat(told(quote("", "", "", "withdrawn: 18, closed: 1", "left: {on: 2021-09-02}"))).as("it came to one day").isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
        String planned = byPeriod("2", "").replace("unit: period", "unit: day\n    counts: planned");
        assertThat(told(Quoting.quote(tariff(planned), facts(FACTS.formatted("2021-09-01", "2021-09-30", "withdrawn: 19, closed: 1", "left: {on: 2021-08-31}")), RULES))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
    }

    @Test
    @Req("R117")
    void a_day_of_two_services_that_are_paid_as_one_is_given_back_once() {
        String both = """
                pupil: {grade: 8}
                term: {from: 2021-09-01, until: 2022-01-20}
                stretches:
                  - {from: 2021-09-01, until: 2021-09-30, service: evening-study, planned: 20, leave: 5}
                  - {from: 2021-09-01, until: 2021-09-30, service: weekend-care, planned: 20, leave: 5}
                """;
        String daily = TARIFF.formatted("2021-09-01", "service-fee: no", "evening-study, weekend-care", "rule: daily, causes: [leave], price: 3, clause: 每天退 3 元");
        assertThat(told(Quoting.quote(tariff(daily), facts(both), RULES))).isEqualTo("charged 85.00 refunded 0.00 carried -85.00");
        String fixed = TARIFF.formatted("2021-09-01", "service-fee: no", "evening-study, weekend-care", "rule: proportional, causes: [leave], divisor: 20, clause: 按 20 天");
        assertThat(told(Quoting.quote(tariff(fixed), facts(both), RULES))).isEqualTo("charged 75.00 refunded 0.00 carried -75.00");
        assertThat(told(Quoting.quote(tariff(fixed.replace("divisor: 20", "divisor: planned-days")), facts(both), RULES))).isEqualTo("charged 75.00 refunded 0.00 carried -75.00");
    }

    @Test
    void a_bound_of_days_holds_for_long_and_short_days_of_a_time_together_and_a_plain_number_still_is_one() {
        String days = """
                pupil: {grade: 3}
                term: {from: 2021-09-01, until: 2021-09-28}
                stretches:
                  - {from: 2021-09-01, until: 2021-09-28, per-day: 1, planned: 4}
                  - {from: 2021-09-01, until: 2021-09-28, per-day: 2, planned: 4}
                """;
        String weekly = byPeriod("2", "").replace("unit: period", "unit: period\n    most: {days: 1, per: week}");
        assertThat(told(Quoting.quote(tariff(weekly), facts(days), RULES))).as("five weeks: four days of 2 yuan and one of 4").isEqualTo("charged 12.00 refunded 0.00 carried -12.00");
        String plain = byPeriod("2", "").replace("unit: period", "unit: period\n    most: 6");
        assertThat(tariff(plain).items().getFirst().most()).isEqualTo(new Tariff.Most(6, Tariff.Most.Per.STRETCH));
        assertThat(told(Quoting.quote(tariff(plain), facts(days), RULES))).isEqualTo("charged 16.00 refunded 0.00 carried -16.00");
    }

    @Test
    @Req("R119")
    void on_which_days_an_exemption_has_to_hold_is_a_word_of_the_file() {
        String late = "exempt: [{group: low-income, from: 2021-10-04, until: 2021-11-05}]";
        assertThat(told(quote("", "", "", "leave: 0", late))).as("silent: a single day is enough").isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        assertThat(told(quote("", "exempt-on: first-day", "", "leave: 0", late))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
        String whole = "exempt: [{group: low-income, from: 2021-09-01, until: 2021-11-05}]";
        assertThat(told(quote("", "exempt-on: first-day", "", "leave: 0", whole))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        assertThat(told(quote("", "exempt-on: every-day", "", "leave: 0", whole))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
    }

    @Test
    @Req("R115")
    void exactly_half_and_nothing_at_all_cost_what_the_region_says_where_the_document_is_silent() {
        String silent = "rule: threshold, of: statutory-workdays, share: 50, below: 50, clause: 不足一半";
        assertThat(told(quote("", "", silent, "workdays: 20, attended: 10", ""))).isEqualTo("charged 50.00 refunded 0.00 carried -50.00");
        assertThat(told(quote("", "", silent, "workdays: 20, attended: 0", ""))).isEqualTo("charged 0.00 refunded 0.00 carried 0.00");
        RuleBook other = with("""
                - {rule: fee.half-boundary, value: full, severity: advice, requirement: R115, zh: 恰好一半按全额, en: Exactly half costs all}
                  - {rule: fee.zero-attendance-percent, value: 30, severity: advice, requirement: R115, zh: 未参加按三成, en: Nothing attended costs 30 percent}
                """);
        Tariff tariff = tariff(TARIFF.formatted("2021-09-01", "", "after-school", silent));
        assertThat(told(Quoting.quote(tariff, facts(FACTS.formatted("2021-09-01", "2022-01-20", "workdays: 20, attended: 10", "")), other))).isEqualTo("charged 100.00 refunded 0.00 carried -100.00");
        assertThat(told(Quoting.quote(tariff, facts(FACTS.formatted("2021-09-01", "2022-01-20", "workdays: 20, attended: 0", "")), other))).isEqualTo("charged 30.00 refunded 0.00 carried -30.00");
    }

    @Test
    void a_late_fee_where_it_is_allowed_doubles_within_a_month_begins_anew_with_the_next_and_ends_the_place() {
        RuleBook abroad = with("- {rule: fee.late-collection, value: yes, severity: advice, requirement: R114, zh: 可以收取迟接费, en: Coming late may cost money}\n");
        String fee = "late-fee: {on: yes, currency: USD, per-minute: 1.00, doubles: yes, removals: [{times: 4, months: 1}, {times: 7, months: 3}], clause: late collection}";
        Tariff tariff = tariff(byPeriod("1", fee));
        String three = """
                pupil: {grade: 3}
                term: {from: 2021-09-01, until: 2022-01-20}
                late: [{on: 2021-10-11, minutes: 3}, {on: 2021-09-06, minutes: 10}, {on: 2021-09-13, minutes: 5}]
                """;
        Quote quote = Quoting.quote(tariff, facts(three), abroad);
        assertThat(quote.lines()).extracting(Quote.Line::amountFen).as("10 minutes at 1, 5 at 2, and October begins anew").containsExactly(1_000L, 1_000L, 300L);
        String fourInOne = three.replace("{on: 2021-10-11, minutes: 3}", "{on: 2021-09-20, minutes: 1}, {on: 2021-09-27, minutes: 1}");
        quote = Quoting.quote(tariff, facts(fourInOne), abroad);
        assertThat(quote.lines()).extracting(Quote.Line::amountFen).containsExactly(1_000L, 1_000L, 400L, 800L, 0L);
        assertThat(quote.lines().getLast().unit()).isEqualTo("removal");
        String seven = "pupil: {grade: 3}\nterm: {from: 2021-09-01, until: 2022-01-20}\nlate: ["
                + String.join(", ", List.of("09-06", "09-07", "09-08", "10-11", "10-12", "11-01", "11-02").stream().map(d -> "{on: 2021-" + d + ", minutes: 1}").toList()) + "]\n";
        assertThat(Quoting.quote(tariff, facts(seven), abroad).lines()).filteredOn(line -> line.unit().equals("removal")).singleElement().satisfies(line -> assertThat(line.from()).isEqualTo(LocalDate.of(2021, 11, 2)));
    }

    @Test
    void each_rule_that_refuses_a_tariff_says_what_is_lawful_instead() {
        List<Rule<?>> refusing = List.of(
                Rule.FEE_PAYEES, Rule.FEE_BEFORE_STANDARD, Rule.FEE_CEILINGS, Rule.FEE_ABOVE_STANDARD, Rule.SERVICE_CLASSES_COUNTED, Rule.FEE_BOARDERS_TWICE, Rule.FEE_THIRD_PARTY_SURCHARGE, Rule.FEE_LATE_COLLECTION);
        for (String region : List.of("", "37", "4201", "45", "31", "3502"))
            for (LocalDate on : List.of(LocalDate.of(2021, 10, 1), LocalDate.of(2024, 3, 1)))
                for (Rule<?> rule : refusing)
                    if (RULES.resolve(rule, Situation.of(region, on)).severity() != Severity.ADVICE)
                        assertThat(RULES.resolve(rule, Situation.of(region, on)).clause().instead().zh()).as("%s in %s on %s", rule.key(), region, on).isNotBlank();
    }

    @Test
    void a_file_with_faults_is_refused_with_all_of_them_and_their_lines() {
        List<YamlProblem> problems = new ArrayList<>();
        String text = TARIFF.formatted("2021-09-01", "colour: red", "after-school", "rule: moon, clause: 月").replace("price: 100", "price: -3").replace("payee: unit-account", "payee: aunt");
        assertThat(TariffReader.read("t.yaml", text, problems)).isEmpty();
        assertThat(problems).extracting(YamlProblem::code).containsExactlyInAnyOrder("unknown-key", "not-money", "not-one-of", "not-one-of");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isPositive());
        problems.clear();
        String impossible = FACTS.formatted("2021-09-01", "2021-09-30", "held: 25, attended: 30", "");
        assertThat(FactsReader.read("f.yaml", impossible, problems)).isEmpty();
        assertThat(problems).extracting(YamlProblem::code).containsExactlyInAnyOrder("tariffs.more-than-planned", "tariffs.more-than-held");
    }

    @Test
    @Req("R117")
    void twenty_thousand_terms_balance_and_round_once() {
        long seed = 20210901;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refunds = 0;
        for (int i = 0; i < 20_000; i++) {
            Tariff tariff = anyTariff(random);
            Facts facts = anyFacts(random);
            Quote quote = Quoting.quote(tariff, facts, RULES);
            assertThat(findings(quote, facts)).as("term %d of seed %d: %s %s", i, seed, tariff, facts).isEmpty();
            assertThat(Quoting.quote(tariff, facts, RULES)).isEqualTo(quote);
            if (quote.refundedFen() > 0) refunds++;
        }
        assertThat(refunds).isGreaterThan(1_000);
    }

    @Test
    void a_planted_rounding_bug_is_caught() {
        Random random = new Random(3);
        int caught = 0;
        for (int i = 0; i < 500; i++) {
            Facts facts = anyFacts(random);
            Quote quote = Quoting.quote(anyTariff(random), facts, RULES);
            List<Quote.Line> cut = quote.lines().stream()
                    .map(line -> new Quote.Line(
                            line.from(), line.until(), line.quantity(), line.unit(), line.unitPriceFen(),
                            line.quantity().multiply(BigDecimal.valueOf(line.unitPriceFen())).setScale(0, RoundingMode.CEILING).longValueExact(), line.clause()))
                    .toList();
            long charged = cut.stream().mapToLong(Quote.Line::amountFen).sum();
            if (!findings(new Quote(cut, charged, 0, paid(facts) - charged, quote.destination(), null), facts).isEmpty()) caught++;
        }
        assertThat(caught).isPositive();
    }

    /** What must be so of any quote, told again without the engine's own means. */
    private static List<String> findings(Quote quote, Facts facts) {
        List<String> found = new ArrayList<>();
        if (quote.refusal() != null) {
            if (!quote.lines().isEmpty() || quote.chargedFen() != 0) found.add("a refusal that charges");
            return found;
        }
        long sum = quote.lines().stream().mapToLong(Quote.Line::amountFen).sum();
        if (sum != quote.chargedFen()) found.add("the lines sum up to " + sum + ", not " + quote.chargedFen());
        if (quote.chargedFen() < 0) found.add("a negative charge");
        if (quote.refundedFen() < 0 || quote.refundedFen() > paid(facts)) found.add("more back than was paid");
        if (quote.chargedFen() + quote.refundedFen() + quote.carriedFen() != paid(facts)) found.add("money lost");
        for (Quote.Line line : quote.lines()) {
            // The sum that an exemption is taken from is itself a rounded one.
            BigDecimal slack = new BigDecimal(line.unit().equals("exemption") ? "1" : "0.5").add(new BigDecimal("0.000001").multiply(BigDecimal.valueOf(line.unitPriceFen())));
            BigDecimal exact = line.quantity().multiply(BigDecimal.valueOf(line.unitPriceFen()));
            if (exact.subtract(BigDecimal.valueOf(line.amountFen())).abs().compareTo(slack) > 0) found.add("a line rounded wrongly: " + line);
        }
        return found;
    }

    private static long paid(Facts facts) {
        return facts.payments().stream().mapToLong(Facts.Payment::fen).sum();
    }

    private static Tariff anyTariff(Random random) {
        List<Adjustment> adjustments = new ArrayList<>();
        if (random.nextBoolean()) adjustments.add(new Adjustment.Proportional(causes(random), divisor(random), "c"));
        if (random.nextInt(3) == 0) adjustments.add(new Adjustment.Threshold(divisor(random), 50, random.nextInt(101), random.nextInt(3) == 0 ? null : HalfBoundary.values()[random.nextInt(2)], random.nextInt(3) == 0 ? null : random.nextInt(101), "c"));
        if (random.nextInt(4) == 0) adjustments.add(new Adjustment.Joining(divisor(random), "c"));
        if (random.nextInt(4) == 0) adjustments.add(new Adjustment.Daily(causes(random), random.nextInt(2_000), "c"));
        if (random.nextInt(4) == 0) adjustments.add(new Adjustment.InARow(List.of(new Adjustment.Step(3, 10), new Adjustment.Step(8, 60)), "c"));
        FeeUnit unit = FeeUnit.values()[random.nextInt(FeeUnit.values().length)];
        Item item = new Item(
                "i", afterbell.base.rules.Bilingual.NONE, Set.of(ServiceClass.AFTER_SCHOOL), For.ALL, random.nextInt(50_000), unit, Counted.values()[random.nextInt(3)], List.of(),
                random.nextInt(5) == 0 ? new BigDecimal("4.5") : null, random.nextInt(6) == 0 ? Set.of(9, 10) : Set.of(), most(random), null, "c", adjustments, List.of(new Tariff.Surcharge("special", random.nextInt(500), false, "c")));
        List<Ceiling> ceilings = random.nextInt(3) == 0 ? List.of(new Ceiling(random.nextBoolean(), random.nextInt(60_000), EnumSet.allOf(ServiceClass.class), "c")) : List.of();
        return new Tariff(
                "T", afterbell.base.rules.Bilingual.NONE, afterbell.base.rules.Bilingual.NONE, "", "3301", FIRST, null, afterbell.base.rules.Choices.Payee.UNIT_ACCOUNT, Tariff.Timing.SETTLE,
                Destination.values()[random.nextInt(3)], true, Tariff.Rounding.USUAL, List.of(item), ceilings, List.of(), List.of(new Tariff.Exemption("a", 1 + random.nextInt(100), "c")), Tariff.ExemptOn.values()[random.nextInt(3)], List.of(), null, null, null);
    }

    private static Tariff.@Nullable Most most(Random random) {
        return random.nextInt(4) == 0 ? new Tariff.Most(1 + random.nextInt(20), Tariff.Most.Per.values()[random.nextInt(3)]) : null;
    }

    private static Set<Cause> causes(Random random) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (Cause cause : Cause.values()) if (random.nextBoolean()) causes.add(cause);
        return causes;
    }

    private static Divisor divisor(Random random) {
        Divisor.Kind kind = Divisor.Kind.values()[random.nextInt(3)];
        return new Divisor(kind, kind == Divisor.Kind.FIXED ? new BigDecimal("20.83") : null);
    }

    private static Facts anyFacts(Random random) {
        List<Stretch> stretches = new ArrayList<>();
        int months = random.nextInt(5);
        for (int i = 0; i < months; i++) {
            int planned = random.nextInt(23), undelivered = random.nextInt(3), closed = random.nextInt(3);
            int held = Math.max(0, planned - undelivered - closed);
            int leave = random.nextInt(held + 1), withdrawn = random.nextInt(held - leave + 1), attended = held - leave - withdrawn;
            LocalDate from = FIRST.plusMonths(i);
            stretches.add(new Stretch(
                    from, from.plusMonths(1).minusDays(1), ServiceClass.AFTER_SCHOOL, new BigDecimal(random.nextBoolean() ? "2" : "1.5"), 1 + random.nextInt(2), 18 + random.nextInt(5), planned, held, attended, leave,
                    Math.min(undelivered, planned), Math.min(closed, planned), withdrawn, leave, random.nextInt(4) == 0 ? random.nextInt(9) : 0));
        }
        List<Facts.Payment> payments = random.nextBoolean() ? List.of(new Facts.Payment(FIRST, random.nextInt(100_000))) : List.of();
        List<Facts.Exempt> exempt = random.nextInt(4) == 0 ? List.of(new Facts.Exempt("a", FIRST.plusMonths(1), null)) : List.of();
        return new Facts(
                new Facts.Pupil(afterbell.base.rules.Stage.PRIMARY, 3, afterbell.base.rules.Location.URBAN, afterbell.base.rules.Ownership.PUBLIC, false), FIRST, FIRST.plusMonths(5), Set.of(), stretches,
                random.nextInt(4) == 0 ? FIRST.plusDays(random.nextInt(80)) : null, random.nextInt(4) == 0 ? new Facts.Left(FIRST.plusMonths(2), false) : null, exempt, payments, List.of());
    }

    private static Quote quote(String when, String more, String adjust, String stretch, String facts) {
        String from = when.isEmpty() ? "2021-09-01" : "2021-10-01";
        return Quoting.quote(
                tariff(TARIFF.formatted(from, more, "after-school", adjust.isEmpty() ? daily() : adjust)),
                facts(FACTS.formatted("2021-09-01", "2022-01-20", stretch, facts)),
                RULES);
    }

    private static String byPeriod(String price, String more) {
        return """
                tariff: T-2
                title: {zh: 试, en: Test}
                authority: {zh: 试, en: Test}
                region: "3301"
                effective: {from: 2021-09-01}
                payee: unit-account
                timing: settle
                items:
                  - item: basic
                    name: {zh: 试, en: Test}
                    service: [after-school]
                    price: %s
                    unit: period
                    clause: 第一条
                %s
                """.formatted(price, more);
    }

    /** The shipped rules and a region's own besides. */
    private static RuleBook with(String rules) {
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook book = ShippedPacks.book(List.of(new ShippedPacks.Text("T.yaml", """
                pack: T-33
                title: {zh: 试, en: Test}
                authority: {zh: 试, en: Test}
                region: "33"
                effective: {from: 2021-09-01}
                source: {zh: 试, en: Test}
                rules:
                  %s""".formatted(rules))), problems);
        assertThat(problems).isEmpty();
        return book;
    }

    /** An adjustment that does nothing here. */
    private static String daily() {
        return "rule: daily, causes: [undelivered], price: 1, clause: 未开课";
    }
}
