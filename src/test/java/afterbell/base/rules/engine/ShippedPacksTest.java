package afterbell.base.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Choices.FeeUse;
import afterbell.base.rules.Choices.Payee;
import afterbell.base.rules.Location;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShippedPacksTest {
    private static final LocalDate AUTUMN_2021 = LocalDate.of(2021, 10, 11);
    private static final LocalDate AUTUMN_2026 = LocalDate.of(2026, 9, 14);

    private final RuleBook book = Packs.book();

    @Test
    void each_rule_has_exactly_one_value_of_the_product() {
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook.of(Packs.shipped(), problems);
        assertThat(problems).isEmpty();
        RulePack product = Packs.shipped().stream().filter(RulePack::product).findFirst().orElseThrow();
        assertThat(product.entries()).extracting(RuleEntry::rule).doesNotHaveDuplicates().hasSameSizeAs(Rule.all());
    }

    @Test
    @Req("C1-C14")
    void the_plans_pack_holds_each_of_the_fourteen_rules() {
        RulePack plans = Packs.shipped().stream().filter(p -> p.code().equals("PLANS-2021")).findFirst().orElseThrow();
        Set<String> codes = plans.entries().stream().map(RuleEntry::code).collect(Collectors.toSet());
        assertThat(codes).isEqualTo(IntStream.rangeClosed(1, 14).mapToObj(n -> "C" + n).collect(Collectors.toSet()));
    }

    @Test
    @Req("C8")
    void evening_study_of_juniors_may_end_at_half_past_eight_and_not_a_minute_later() {
        Resolved<LocalTime> end = book.resolve(Rule.EVENING_LATEST_END, Situation.of("3204", AUTUMN_2021).of(Stage.JUNIOR));
        assertThat(end.value()).isEqualTo(LocalTime.of(20, 30));
        assertThat(end.clause().code()).isEqualTo("C8");
        assertThat(end.verdict(LocalTime.of(20, 30)).isAllowed()).isTrue();
        assertThat(end.verdict(LocalTime.of(20, 31))).isInstanceOfSatisfying(Verdict.Refused.class, no -> {
            assertThat(no.limit()).isEqualTo("20:30");
            assertThat(no.clause().instead().en()).isEqualTo("End at 20:30 or earlier");
        });
    }

    @Test
    @Req("C13")
    void a_club_of_twenty_one_needs_a_reason() {
        Resolved<Integer> size = book.resolve(Rule.CLUB_MAX_SIZE, Situation.of("3204", AUTUMN_2026));
        assertThat(size.verdict(20).isAllowed()).isTrue();
        assertThat(size.verdict(21)).isInstanceOf(Verdict.NeedsReason.class);
        assertThat(book.resolve(Rule.WALKING_CLASS_MAX_SIZE, Situation.of("3204", AUTUMN_2026)).value()).isEqualTo(30);
    }

    @Test
    @Req("R113")
    void evening_study_counted_as_service_until_the_notice_of_december_2023() {
        Situation school = Situation.of("3204", AUTUMN_2021);
        assertThat(book.resolve(Rule.SERVICE_CLASSES_COUNTED, school).value()).contains(ServiceClass.EVENING_STUDY);
        assertThat(book.resolve(Rule.SERVICE_CLASSES_COUNTED, school.on(LocalDate.of(2023, 12, 26))).value()).contains(ServiceClass.EVENING_STUDY);
        Resolved<Set<ServiceClass>> now = book.resolve(Rule.SERVICE_CLASSES_COUNTED, school.on(LocalDate.of(2023, 12, 27)));
        assertThat(now.value()).containsExactly(ServiceClass.AFTER_SCHOOL);
        assertThat(now.clause().pack()).isEqualTo("CN-2023-12");
        assertThat(now.verdict(Set.of(ServiceClass.NOON_CARE))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    @Req("R124")
    void a_parents_committee_may_not_take_money_since_december_2023_anywhere() {
        for (String region : List.of("", "45", "450102", "3704"))
            assertThat(book.resolve(Rule.FEE_PAYEES, Situation.of(region, AUTUMN_2026)).verdict(Set.of(Payee.PARENTS_COMMITTEE)))
                    .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void ceilings_are_those_of_the_region_of_the_school() {
        assertThat(ceilings("450102")).extracting(r -> r.money("yuan").fen()).containsExactly(12_000L);
        assertThat(ceilings("370102")).extracting(r -> r.money("yuan").fen()).containsExactly(300L, 350L);
        assertThat(ceilings("370102").get(0).one("location", Location.class)).isEqualTo(Location.RURAL);
        assertThat(ceilings("420102")).extracting(r -> r.money("yuan").fen()).containsExactly(13_000L, 11_000L);
        assertThat(ceilings("3204")).isEmpty();
    }

    private List<RuleTable.Row> ceilings(String region) {
        return book.resolve(Rule.FEE_CEILINGS, Situation.of(region, AUTUMN_2026)).value().rows();
    }

    @Test
    @Req("R122")
    void utilities_are_no_use_of_the_fee_where_the_city_forbids_it() {
        Resolved<Set<FeeUse>> uses = book.resolve(Rule.FEE_ALLOWED_USES, Situation.of("420704", AUTUMN_2026));
        assertThat(uses.verdict(Set.of(FeeUse.UTILITIES))).isInstanceOf(Verdict.Refused.class);
        assertThat(uses.verdict(Set.of(FeeUse.STAFF_PAY)).isAllowed()).isTrue();
    }

    @Test
    void every_ban_and_duty_of_an_authority_has_words_in_both_languages() {
        for (RulePack pack : Packs.shipped())
            for (RuleEntry<?> entry : pack.entries()) {
                assertThat(entry.text().zh()).as(pack.code() + " " + entry.rule()).isNotBlank();
                assertThat(entry.text().en()).as(pack.code() + " " + entry.rule()).isNotBlank();
                if (!pack.product() && entry.severity() == Severity.BAN) assertThat(entry.requirement()).isNotBlank();
            }
    }
}
