package afterbell.base.rules.today;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Rule;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class RulesTodayIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    private UUID school;
    private Visitor office;

    @BeforeEach
    void an_office() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    @Test
    void the_office_sees_which_rules_hold_today_and_their_source() {
        String page = office.get("/rules").body();
        assertThat(page).contains("现行规则", "学生自愿参加", "硬性规定").doesNotContain("?rules.");
        assertThat(office.get("/rules?page=2").body()).doesNotContain("?rules.");
        assertThat(office.get("/rules?q=C13").body()).contains("社团每班人数上限", "C13").doesNotContain("晚自习最晚");
        assertThat(office.get("/rules?area=fee&stage=JUNIOR&on=2021-10-01").statusCode()).isEqualTo(200);
        assertThat(office.get("/rules?on=yesterday&page=-4&sort=x").statusCode()).isEqualTo(200);
    }

    @Test
    @Req("R113")
    void the_same_rule_reads_differently_on_an_earlier_day() {
        assertThat(office.get("/rules/service.classes-counted?on=2021-10-11").body()).contains("晚自习");
        assertThat(office.get("/rules/service.classes-counted").body()).contains("不得纳入课后服务范围", "这是底线");
    }

    @Test
    void every_rule_has_a_page_in_both_languages() {
        for (Rule<?> rule : Rule.all()) {
            HttpResponse<String> page = office.get("/rules/" + rule.key());
            assertThat(page.statusCode()).as(rule.key()).isEqualTo(200);
            assertThat(page.body()).as(rule.key()).doesNotContain("?rules.", "?identity.");
        }
    }

    @Test
    void a_school_tightens_a_cap_and_takes_it_back() {
        office.get("/rules/club.max-size");
        assertThat(office.post("/rules/club.max-size/own", Map.of("value", "16")).statusCode()).isEqualTo(303);
        assertThat(office.get("/rules/club.max-size").body()).contains("16 人", "按文件应为：20 人");
        assertThat(office.post("/rules/club.max-size/own/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.get("/rules/club.max-size").body()).doesNotContain("按文件应为");
    }

    @Test
    void loosening_is_refused_with_the_clause_and_the_typing_stays() {
        office.get("/rules/club.max-size");
        HttpResponse<String> no = office.post("/rules/club.max-size/own", Map.of("value", "25"));
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("不能放宽", "社团原则上不超过 20 人/班", "value=\"25\"");
    }

    @Test
    void nonsense_is_refused_and_never_fails() {
        office.get("/rules/club.max-size");
        for (String nonsense : List.of("", "many", "99999", "20\nrule: x", "\"", "\\", "{", "'", "é".repeat(3000)))
            assertThat(office.post("/rules/club.max-size/own", Map.of("value", nonsense)).statusCode()).as(nonsense).isEqualTo(422);
        assertThat(office.post("/rules/second-factor.roles/own", Map.of("value", "NOBODY")).statusCode()).isEqualTo(422);
        assertThat(office.post("/rules/second-factor.roles/own", Map.of()).statusCode()).isEqualTo(422);
        assertThat(office.post("/rules/fee.ceilings/own", Map.of("value", "x")).statusCode()).isEqualTo(422);
        assertThat(office.post("/rules/no.rule/own", Map.of("value", "1")).statusCode()).isEqualTo(404);
        assertThat(office.get("/rules/no.rule").statusCode()).isEqualTo(404);
    }

    @Test
    void several_values_are_set_at_once() {
        office.get("/rules/second-factor.roles");
        assertThat(office.postRaw("/rules/second-factor.roles/own", "value=finance&value=bureau&value=office").statusCode()).isEqualTo(303);
        assertThat(office.get("/rules/second-factor.roles").body()).contains("财务、", "课后服务办公室");
        office.get("/rules/review.steps");
        assertThat(office.postRaw("/rules/review.steps/own", "value=class-teacher&value=grade&value=school").statusCode()).isEqualTo(303);
        assertThat(office.get("/rules/review.steps").body()).contains("班主任 → 年级 → 学校");
        office.get("/rules/homework.none-at-home-grades");
        assertThat(office.post("/rules/quiet-hours.from/own", Map.of("value", "20:30")).statusCode()).isEqualTo(303);
    }

    @Test
    void others_read_and_only_office_and_principal_write() {
        Visitor guard = visitors.signedIn(given.staff(school, Role.GUARD));
        assertThat(guard.get("/rules").statusCode()).isEqualTo(403);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get("/rules").statusCode()).isEqualTo(200);
        assertThat(finance.get("/rules/club.max-size").body()).doesNotContain("/own");
        assertThat(finance.post("/rules/club.max-size/own", Map.of("value", "16")).statusCode()).isEqualTo(403);
        Visitor parent = visitors.signedIn(given.guardian(school, new UUID(1, 1)));
        assertThat(parent.get("/rules").statusCode()).isEqualTo(403);
    }
}
