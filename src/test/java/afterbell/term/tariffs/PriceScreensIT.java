package afterbell.term.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req({"R113", "R120", "C7"})
class PriceScreensIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Schools schools;

    @Autowired
    Tariffs tariffs;

    @Autowired
    java.time.Clock clock;

    @Autowired
    Visitor.Maker visitors;

    private UUID school;
    private String code;
    private Visitor office;
    private LocalDate today;

    @BeforeEach
    void aSchoolWithoutPrices() {
        school = given.school();
        code = given.in(school, () -> schools.get(school).code());
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
    }

    private String form(LocalDate from, String yuan, String more) {
        return "title=" + Visitor.encode("课后服务收费标准") + "&authority=" + Visitor.encode("区发展和改革局") + "&from=" + from + "&refunds=" + Visitor.encode("按实际时段结算") + "&phone=0000-12345"
                + "&item=" + Visitor.encode("课后服务") + "&yuan=" + yuan + "&unit=period&service=after-school&item=&yuan=&unit=period&service=after-school" + more;
    }

    private HttpResponse<String> add(String form) {
        office.get("/prices/new");
        return office.postRaw("/prices", form);
    }

    @Test
    void without_a_document_the_public_page_names_no_price_and_with_one_it_says_whose_what_and_where_to_complain() {
        assertThat(visitors.stranger().get("/schools/" + code + "/prices").body()).contains("现在没有收费项目").doesNotContain("¥");
        assertThat(add(form(today, "1.80", "")).statusCode()).isEqualTo(303);
        assertThat(visitors.stranger().get("/schools/" + code + "/prices").body()).contains("区发展和改革局").contains("¥1.80").contains("0000-12345").contains("按实际时段结算");
        assertThat(visitors.stranger().get("/schools/nowhere/prices").statusCode()).isEqualTo(404);
    }

    @Test
    void a_document_without_authority_refund_or_amount_is_refused_and_the_typing_stays() {
        HttpResponse<String> no = add("title=" + Visitor.encode("自己定的") + "&from=" + today + "&item=" + Visitor.encode("托管") + "&yuan=abc&unit=day&service=after-school");
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("自己定的").contains("没有主管部门核定就不能收费").contains("还没有写怎样退费").contains("金额要写元").contains("abc");
        assertThat(given.in(school, () -> tariffs.documents(school))).isEmpty();
    }

    @Test
    void what_has_been_in_force_is_ended_and_never_rewritten_nor_removed() {
        assertThat(add(form(today.minusDays(10), "1.80", "")).statusCode()).isEqualTo(303);
        UUID id = given.in(school, () -> tariffs.documents(school)).getFirst().id();
        office.get("/prices/" + id);
        HttpResponse<String> dearer = office.postRaw("/prices/" + id, form(today.minusDays(10), "2.80", ""));
        assertThat(dearer.statusCode()).isEqualTo(422);
        assertThat(dearer.body()).contains("项目和金额不能再改");
        assertThat(office.postRaw("/prices/" + id + "/removal", "").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> tariffs.documents(school))).hasSize(1);
        office.get("/prices/" + id);
        assertThat(office.postRaw("/prices/" + id, form(today.minusDays(10), "1.80", "&until=" + today.plusDays(5))).statusCode()).isEqualTo(303);
        List<PriceDocument> kept = given.in(school, () -> tariffs.inForce(school, today.plusDays(6)));
        assertThat(kept).isEmpty();
        assertThat(given.in(school, () -> tariffs.charges(school, today))).isTrue();
    }

    @Test
    void a_document_that_is_still_to_come_can_go_and_others_may_not_touch_it() {
        assertThat(add(form(today.plusDays(30), "1.80", "")).statusCode()).isEqualTo(303);
        UUID id = given.in(school, () -> tariffs.documents(school)).getFirst().id();
        assertThat(visitors.signedIn(given.staff(school, Role.FINANCE)).get("/prices").statusCode()).isEqualTo(200);
        assertThat(visitors.signedIn(given.staff(school, Role.FINANCE)).get("/prices/" + id).statusCode()).isEqualTo(403);
        assertThat(visitors.signedIn(given.staff(given.school(), Role.OFFICE)).get("/prices/" + id).statusCode()).isEqualTo(404);
        office.get("/prices/" + id);
        assertThat(office.postRaw("/prices/" + id + "/removal", "").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> tariffs.documents(school))).isEmpty();
    }
}
