package afterbell.desk.desk.bureau;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.audit.VerifyChain;
import afterbell.base.identity.Accounts;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A second school on one node: opened by its bureau, run by its own people, seen by the bureau without a name. */
@HouseTest
@Req("R14")
class BureauSchoolsIT {
    private static final Pattern LINK = Pattern.compile("/e/[0-9A-Z]{16}");
    private static final Pattern AT = Pattern.compile("/bureau/schools/([0-9a-f-]{36})");
    private static final UUID NODE = new UUID(0, 0);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Schools schools;

    @Autowired
    Accounts accounts;

    @Autowired
    VerifyChain chain;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    UUID district;
    Visitor officer;
    String code;

    @BeforeEach
    void a_district_below_a_city() {
        UUID city = ids.next();
        given.within(Scope.bureau(city, NODE), () -> {
            schools.addBureau(city, null, "\u67d0\u5e02\u6559\u80b2\u5c40", "320900");
            return city;
        });
        district = ids.next();
        String user = "district-" + district;
        given.within(Scope.bureau(district, NODE), () -> {
            schools.addBureau(district, city, "\u67d0\u533a\u6559\u80b2\u5c40", "320902");
            accounts.grant(accounts.add(user, user, GivenSchool.PASSWORD), new Wearer.Grant(Role.BUREAU, null, null, null, null, district), null);
            return district;
        });
        officer = visitors.signedIn(user);
        code = "s" + ids.next().toString().substring(20, 32).replace("-", "");
    }

    @Test
    void a_bureau_opens_a_school_whose_office_comes_in_by_a_link_and_works() {
        assertThat(officer.get("/bureau/schools/new").body()).contains("320902");
        UUID school = open();
        HttpResponse<String> page = officer.get("/bureau/schools/" + school);
        Matcher link = LINK.matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();

        Visitor head = visitors.stranger();
        head.get(link.group());
        assertThat(head.post(link.group(), Map.of()).statusCode()).isEqualTo(303);
        assertThat(head.get("/families").statusCode()).isEqualTo(200);
        assertThat(head.get("/roles").statusCode()).isEqualTo(200);
        assertThat(head.get("/bureau/schools").statusCode()).isEqualTo(403);

        // The link is used: the bureau gets no second way in, whatever it sends.
        assertThat(LINK.matcher(officer.get("/bureau/schools/" + school).body()).find()).isFalse();
        assertThat(officer.post("/bureau/schools/" + school + "/invitations", Map.of()).statusCode()).isEqualTo(303);
        assertThat(LINK.matcher(officer.get("/bureau/schools/" + school).body()).find()).isFalse();
        assertThat(given.in(school, () -> schools.get(school)).name()).isEqualTo("\u65b0\u6821");
        assertThat(given.in(school, () -> schools.grades(school))).hasSize(6);
        assertThat(head.get("/audit").body()).contains("\u5f00\u8bbe\u4e86\u5b66\u6821");
        assertThat(officer.get("/bureau/audit").body()).contains("\u5f00\u8bbe\u4e86\u5b66\u6821");
    }

    @Test
    void a_bureau_makes_no_way_into_a_school_that_has_people_of_its_own() {
        UUID school = ids.next();
        given.within(Scope.bureau(district, NODE), () -> {
            schools.add(new School(school, code, "\u8001\u6821", "320902", "primary", "urban", "public", false, ""), List.of(district));
            return school;
        });
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/roles").statusCode()).isEqualTo(200);
        officer.get("/bureau/schools/" + school);
        assertThat(officer.post("/bureau/schools/" + school + "/invitations", Map.of()).statusCode()).isEqualTo(303);
        HttpResponse<String> page = officer.get("/bureau/schools/" + school);
        assertThat(LINK.matcher(page.body()).find()).isFalse();
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'desk.school_invited'").param("s", school).query(Long.class).single())).isZero();
    }

    @Test
    void the_city_above_sees_the_school_and_no_bureau_sees_a_name() {
        UUID school = open();
        UUID klass = family.schoolClass(school);
        family.pupil(school, klass, "\u6bdb\u5c0f\u8f69");
        assertThat(officer.get("/bureau/schools").body()).contains("\u65b0\u6821");
        for (String path : List.of("/families", "/pupils", "/families/" + klass, "/protections", "/erasures")) assertThat(officer.get(path).statusCode()).as(path).isEqualTo(403);
        for (String path : List.of("/bureau/schools", "/bureau/schools/" + school, "/bureau/audit")) assertThat(officer.get(path).body()).as(path).doesNotContain("\u6bdb\u5c0f\u8f69");
        Visitor other = visitors.signedIn(given.bureauOfficer());
        assertThat(other.get("/bureau/schools/" + school).statusCode()).isEqualTo(404);
        assertThat(other.post("/bureau/schools/" + school + "/invitations", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void the_form_sent_twice_opens_one_school_and_a_code_in_use_is_refused_with_the_typing() {
        Map<String, String> form = typed();
        form.put("_key", UUID.randomUUID().toString());
        officer.get("/bureau/schools/new");
        HttpResponse<String> first = officer.post("/bureau/schools", form);
        HttpResponse<String> second = officer.post("/bureau/schools", form);
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(second.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
        form.put("_key", UUID.randomUUID().toString());
        HttpResponse<String> taken = officer.post("/bureau/schools", form);
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("f-code-fault").contains(code);
        HttpResponse<String> empty = officer.post("/bureau/schools", Map.of());
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("f-school-fault", "f-person-fault").doesNotContain("?desk.");
    }

    @Test
    void what_a_bureau_does_is_recorded_in_the_chain_of_no_school_and_read_by_itself_alone() {
        officer.get("/bureau/holidays/2029");
        String text = "year: 2029\nconfirmed: false\nsource: {zh: \u8bd5\u884c, en: trial}\noff:\n  - {zh: \u5143\u65e6, en: New Year, from: 2029-01-01}\n";
        HttpResponse<String> saved = officer.post("/bureau/holidays/2029", Map.of("text", text));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        assertThat(officer.get("/bureau/audit").body()).contains("\u4fdd\u5b58\u4e86\u653e\u5047\u5b89\u6392");
        assertThat(visitors.signedIn(given.bureauOfficer()).get("/bureau/audit").body()).doesNotContain("\u4fdd\u5b58\u4e86\u653e\u5047\u5b89\u6392");
        assertThat(officer.post("/bureau/holidays/2029/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(Scopes.within(Scope.school(NODE, null), () -> chain.run(NODE, Map.of())).lies()).isEmpty();
    }

    private UUID open() {
        officer.get("/bureau/schools/new");
        HttpResponse<String> opened = officer.post("/bureau/schools", typed());
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(303);
        Matcher at = AT.matcher(opened.headers().firstValue("Location").orElse(""));
        assertThat(at.find()).isTrue();
        return UUID.fromString(at.group(1));
    }

    private Map<String, String> typed() {
        return new HashMap<>(Map.of(
                "school", "\u65b0\u6821", "code", code, "region", "320902", "kind", "primary", "setting", "rural", "ownership", "public", "person", "\u5468\u6821\u957f"));
    }
}
