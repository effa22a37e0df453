package afterbell.base.identity.relations;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who lets whom in: a second guardian by the class teacher, a carer by the guardian, nobody by a link alone. */
@HouseTest
@Req("R90")
class RelationsIT {
    private static final Pattern LINK = Pattern.compile("/e/[0-9A-Z]{16}");
    private static final Pattern REQUEST = Pattern.compile("/people/requests/([0-9a-f-]{36})");
    private static final Pattern INVITED = Pattern.compile("/invited/([0-9a-f-]{36})");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID klass;
    UUID child;
    Visitor mother;

    @BeforeEach
    void a_child_with_a_guardian() {
        school = given.school();
        klass = family.schoolClass(school);
        child = family.pupil(school, klass, "\u6797\u5c0f\u96e8");
        mother = visitors.signedIn(given.guardian(school, child));
    }

    @Test
    void a_carer_waits_for_the_guardians_tap_and_then_is_a_carer_and_nothing_more() {
        Visitor grandmother = opens(invite("CARER"), "\u738b\u5976\u5976", "grandmother");
        assertThat(roles()).containsExactly("GUARDIAN");
        assertThat(grandmother.get("/letters").statusCode()).isEqualTo(403);
        assertThat(mother.get("/").body()).contains("\u738b\u5976\u5976");

        HttpResponse<String> page = mother.get(people());
        assertThat(mother.post(people() + "/requests/" + first(REQUEST, page.body()), Map.of("decision", "approve")).statusCode()).isEqualTo(303);
        assertThat(roles()).containsExactlyInAnyOrder("GUARDIAN", "CARER");
        assertThat(mother.get(people()).body()).contains("\u738b\u5976\u5976").contains("\u7531\u60a8\u786e\u8ba4");
        // Chooses nothing, invites nobody, sees no page of people.
        assertThat(grandmother.get(people()).statusCode()).isEqualTo(403);
        assertThat(grandmother.post(people() + "/invitations", Map.of("role", "GUARDIAN")).statusCode()).isEqualTo(403);
        // A second tap on the same page changes nothing.
        assertThat(mother.post(people() + "/requests/" + first(REQUEST, page.body()), Map.of("decision", "approve")).statusCode()).isEqualTo(303);
        assertThat(roles()).hasSize(2);
    }

    @Test
    void the_class_teacher_does_not_decide_about_carers_nor_a_guardian_about_guardians() {
        opens(invite("CARER"), "\u738b\u5976\u5976", "grandmother");
        opens(invite("GUARDIAN"), "\u6797\u5927\u5c71", "father");
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass));
        String class_ = teacher.get("/families/" + klass).body();
        assertThat(class_).contains("\u6797\u5927\u5c71").doesNotContain("\u738b\u5976\u5976");
        List<UUID> requests = given.in(school, () -> sql.sql("select request_id from identity.kin_request where school_id = :s and role = 'GUARDIAN'").param("s", school).query(UUID.class).list());
        mother.get(people());
        assertThat(mother.post(people() + "/requests/" + requests.getFirst(), Map.of("decision", "approve")).statusCode()).isEqualTo(404);
        assertThat(roles()).containsExactly("GUARDIAN");

        teacher.get("/families/" + klass);
        assertThat(teacher.post("/families/" + klass + "/invited/" + first(INVITED, class_), Map.of("decision", "approve")).statusCode()).isEqualTo(303);
        assertThat(roles()).containsExactly("GUARDIAN", "GUARDIAN");
    }

    @Test
    void a_guardian_withdraws_a_carer_at_once_and_never_another_guardian() {
        Visitor grandmother = opens(invite("CARER"), "\u738b\u5976\u5976", "grandmother");
        mother.post(people() + "/requests/" + first(REQUEST, mother.get(people()).body()), Map.of("decision", "approve"));
        assertThat(grandmother.get("/letters").statusCode()).isEqualTo(200);
        UUID carer = account("CARER");
        mother.get(people());
        assertThat(mother.post(people() + "/" + carer + "/withdrawal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(roles()).containsExactly("GUARDIAN");
        assertThat(grandmother.get("/letters").statusCode()).isEqualTo(403);

        given.guardian(school, child);
        List<UUID> guardians = given.in(school, () -> sql.sql("select account_id from identity.role_grant where school_id = :s and role = 'GUARDIAN'").param("s", school).query(UUID.class).list());
        mother.get(people());
        for (UUID guardian : guardians) assertThat(mother.post(people() + "/" + guardian + "/withdrawal", Map.of()).statusCode()).isEqualTo(404);
        assertThat(roles()).containsExactly("GUARDIAN", "GUARDIAN");
    }

    @Test
    void a_link_works_once_and_a_cancelled_one_not_at_all() {
        String link = invite("COLLECTOR");
        opens(link, "\u674e\u4f2f\u4f2f", "relative");
        assertThat(visitors.stranger().get(link).statusCode()).isEqualTo(410);

        String other = invite("CARER");
        Matcher slip = Pattern.compile("/invitations/([0-9a-f-]{36})/withdrawal").matcher(mother.get(people()).body());
        assertThat(slip.find()).isTrue();
        assertThat(mother.post(people() + "/invitations/" + slip.group(1) + "/withdrawal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(visitors.stranger().get(other).statusCode()).isEqualTo(410);
    }

    @Test
    void the_same_command_makes_one_invitation_and_a_wrong_role_none() {
        mother.get(people());
        UUID key = UUID.randomUUID();
        String one = mother.post(people() + "/invitations", Map.of("role", "CARER", "_key", key.toString())).headers().firstValue("Location").orElseThrow();
        String two = mother.post(people() + "/invitations", Map.of("role", "CARER", "_key", key.toString())).headers().firstValue("Location").orElseThrow();
        assertThat(two).isEqualTo(one);
        assertThat(mother.post(people() + "/invitations", Map.of("role", "OFFICE")).statusCode()).isEqualTo(422);
    }

    @Test
    void a_guardian_of_another_child_finds_nothing() {
        Visitor stranger = visitors.signedIn(given.guardian(school, family.pupil(school, klass, "\u8d75\u516d")));
        assertThat(stranger.get(people()).statusCode()).isEqualTo(404);
        stranger.get("/people");
        assertThat(stranger.post(people() + "/invitations", Map.of("role", "CARER")).statusCode()).isEqualTo(404);
    }

    private String people() {
        return "/children/" + child + "/people";
    }

    private String invite(String role) {
        mother.get(people());
        String to = mother.post(people() + "/invitations", Map.of("role", role, "_key", UUID.randomUUID().toString())).headers().firstValue("Location").orElseThrow();
        return first(LINK, mother.get(to).body(), 0);
    }

    private Visitor opens(String link, String name, String relation) {
        Visitor v = visitors.stranger();
        assertThat(v.get(link).statusCode()).isEqualTo(200);
        HttpResponse<String> done = v.post(link, Map.of("name", name, "relation", relation, "fresh", "true"));
        assertThat(done.headers().firstValue("Location")).contains("/waiting");
        assertThat(v.get("/waiting").statusCode()).isEqualTo(200);
        return v;
    }

    private List<String> roles() {
        return given.in(school, () -> sql.sql("select role from identity.role_grant where school_id = :s and pupil_id = :p").param("s", school).param("p", child).query(String.class).list());
    }

    private UUID account(String role) {
        return given.in(school, () -> sql.sql("select account_id from identity.role_grant where school_id = :s and role = :r").param("s", school).param("r", role).query(UUID.class).single());
    }

    private static String first(Pattern pattern, String text) {
        return first(pattern, text, 1);
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher m = pattern.matcher(text);
        assertThat(m.find()).as(pattern.pattern()).isTrue();
        return m.group(group);
    }
}
