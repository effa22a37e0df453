package afterbell.base.identity.entering;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.identity.Invitations;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class FirstVisitIT {
    private static final Pattern SLIP = Pattern.compile("<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</b>");
    private static final Pattern JOIN = Pattern.compile("/join/[0-9A-Z]{16}");
    private static final Pattern ADULT = Pattern.compile("name=\"adult\" value=\"([^\"]+)\"");
    private static final Pattern REQUEST = Pattern.compile("/requests/([0-9a-f-]{36})");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Invitations invitations;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID klass;
    UUID child;
    Visitor teacher;

    @BeforeEach
    void a_class_with_one_child() {
        school = given.school();
        klass = family.schoolClass(school);
        child = family.pupil(school, klass, "\u6797\u5c0f\u96e8");
        teacher = visitors.signedIn(given.classTeacher(school, klass));
    }

    @Test
    void a_slip_admits_with_one_tap_and_only_once() {
        family.adult(school, child, "\u6797\u5927\u5c71", "guardian", "father", null);
        String slip = print(child);
        Visitor father = visitors.stranger();
        HttpResponse<String> page = father.get(slip);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("\u6797\u5c0f\u96e8").contains("\u6797*\u5c71").doesNotContain("\u6797\u5927\u5c71");
        assertThat(grants()).isZero();
        // A chat app looked at it: nothing is consumed.
        assertThat(visitors.stranger().get(slip).statusCode()).isEqualTo(200);

        assertThat(father.post(slip, Map.of("adult", first(ADULT, page.body()))).statusCode()).isEqualTo(303);
        assertThat(grants()).isOne();
        // The same phone knocks again: the same answer, nothing new.
        father.get("/sign-in");
        assertThat(father.post(slip, Map.of("adult", first(ADULT, page.body()))).statusCode()).isEqualTo(303);
        assertThat(grants()).isOne();

        Visitor thief = visitors.stranger();
        assertThat(thief.get(slip).statusCode()).isEqualTo(410);
        thief.get("/sign-in");
        assertThat(thief.post(slip, Map.of("adult", first(ADULT, page.body()))).statusCode()).isEqualTo(410);
        assertThat(grants()).isOne();
    }

    @Test
    void a_new_slip_makes_the_old_one_worthless() {
        String old = print(child);
        String fresh = print(child);
        assertThat(old).isNotEqualTo(fresh);
        assertThat(visitors.stranger().get(old).statusCode()).isEqualTo(410);
        assertThat(visitors.stranger().get(fresh).statusCode()).isEqualTo(200);
    }

    @Test
    void of_ten_phones_at_once_one_gets_in() throws Exception {
        String slip = print(child);
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> knocks = java.util.stream.IntStream.range(0, 10).<Callable<Integer>>mapToObj(i -> () -> {
                Visitor v = visitors.stranger();
                v.get(slip + "?who=other");
                return v.post(slip, Map.of("name", "\u6765\u5ba2" + i, "relation", "father", "fresh", "true")).statusCode();
            }).toList();
            List<Integer> answers = all.invokeAll(knocks).stream().map(f -> f.resultNow()).sorted().toList();
            assertThat(answers).containsExactly(303, 410, 410, 410, 410, 410, 410, 410, 410, 410);
        }
        assertThat(grants()).isOne();
    }

    @Test
    void a_form_without_a_name_keeps_what_was_typed_and_the_slip() {
        String slip = print(child);
        Visitor v = visitors.stranger();
        v.get(slip + "?who=other");
        HttpResponse<String> refused = v.post(slip, Map.of("name", " ", "relation", "mother", "fresh", "true"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("value=\"mother\" checked");
        assertThat(v.get(slip).statusCode()).isEqualTo(200);
    }

    @Test
    void a_lost_phone_is_replaced_by_a_new_slip_for_this_child_alone() {
        UUID sister = family.pupil(school, klass, "\u6797\u5c0f\u96ea");
        UUID mother = family.adult(school, child, "\u738b\u79c0", "guardian", "mother", null);
        Visitor lost = enterAs(child, mother);
        String second = print(sister);
        assertThat(lost.post(second, Map.of()).statusCode()).isEqualTo(303);
        assertThat(grants()).isEqualTo(2);

        Visitor fresh = enterAs(child, mother);
        assertThat(fresh.get("/").headers().firstValue("Location").orElse("")).startsWith("/consent");
        List<UUID> children = given.in(school, () -> sql.sql("select pupil_id from identity.role_grant where school_id = :s and pupil_id is not null group by pupil_id, account_id").param("s", school).query(UUID.class).list());
        assertThat(children).containsExactlyInAnyOrder(child, sister);
    }

    @Test
    void through_the_class_code_a_family_sees_nothing_until_the_class_teacher_taps_once() {
        String join = first(JOIN, teacher.get("/families/" + klass).body(), 0);
        Visitor mother = visitors.stranger();
        assertThat(mother.get(join).body()).doesNotContain("\u6797\u5c0f\u96e8");
        assertThat(mother.post(join, Map.of("child", "\u6797 \u5c0f\u96e8", "name", "\u5218\u6885", "relation", "mother", "fresh", "true")).headers().firstValue("Location")).contains("/waiting");
        assertThat(mother.get("/").headers().firstValue("Location")).contains("/waiting");
        assertThat(grants()).isZero();

        String page = teacher.get("/families/" + klass).body();
        assertThat(page).contains("\u5218\u6885");
        assertThat(teacher.get("/").body()).contains("/families/" + klass);
        String request = first(REQUEST, page);
        assertThat(teacher.post("/families/" + klass + "/requests/" + request, Map.of("decision", "approve", "pupil", child.toString())).statusCode()).isEqualTo(303);
        assertThat(grants()).isOne();
        assertThat(mother.get("/").headers().firstValue("Location").orElse("")).startsWith("/consent");
        mother.get("/consent");
        assertThat(mother.post("/consent/" + child, Map.of("decision", "given", "version", afterbell.base.identity.Consents.VERSION)).statusCode()).isEqualTo(303);
        assertThat(mother.get("/").statusCode()).isEqualTo(200);
        assertThat(teacher.get("/families/" + klass).body()).doesNotContain("/requests/");
        assertThat(given.in(school, () -> sql.sql("select count(*) from identity.entry_request where school_id = :s and (child_cipher is not null or person_key is not null)").param("s", school).query(Long.class).single()))
                .isZero();
    }

    @Test
    void whoever_only_helps_waits_for_a_guardian_even_where_none_has_entered() {
        String join = given.in(school, () -> invitations.path(invitations.classCode(school, klass).orElseThrow()));
        Visitor helper = visitors.stranger();
        helper.get(join);
        assertThat(helper.post(join, Map.of("child", "\u6797\u5c0f\u96e8", "name", "\u5468\u963f\u59e8", "relation", "relative", "guardian", "false", "fresh", "true")).statusCode()).isEqualTo(303);
        String asking = first(REQUEST, teacher.get("/families/" + klass).body());
        assertThat(teacher.post("/families/" + klass + "/requests/" + asking, Map.of("decision", "approve", "pupil", child.toString())).statusCode()).isEqualTo(303);
        assertThat(teacher.get("/families/" + klass).body()).contains("\u76d1\u62a4\u4eba\u8fd8\u6ca1\u6709\u8fdb\u5165");
        assertThat(grants()).isZero();
        assertThat(helper.get("/waiting").body()).contains("\u5df2\u7ecf\u544a\u8bc9\u5b69\u5b50\u7684\u5bb6\u957f").doesNotContain("\u53ef\u4ee5\u8fdb\u5165\u4e86");
        // Two tabs: the second tap of the class teacher changes nothing.
        assertThat(teacher.post("/families/" + klass + "/requests/" + asking, Map.of("decision", "approve", "pupil", child.toString())).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select count(*) from identity.kin_request where school_id = :s").param("s", school).query(Long.class).single())).isOne();

        Visitor mother = visitors.signedIn(given.guardian(school, child));
        HttpResponse<String> people = mother.get("/children/" + child + "/people");
        assertThat(people.body()).contains("\u5468\u963f\u59e8");
        String waiting = first(REQUEST, people.body());
        assertThat(teacher.post("/families/" + klass + "/invited/" + waiting, Map.of("decision", "approve")).statusCode()).isEqualTo(303);
        assertThat(grants()).as("a class teacher lets no carer in").isOne();
        assertThat(mother.post("/children/" + child + "/people/requests/" + waiting, Map.of("decision", "approve")).statusCode()).isEqualTo(303);
        assertThat(grants()).isEqualTo(2);
        assertThat(helper.get("/children/" + child + "/people").statusCode()).as("a carer manages nobody").isEqualTo(403);
    }

    @Test
    void a_declined_family_stays_outside() {
        String join = first(JOIN, teacher.get("/families/" + klass).body(), 0);
        Visitor stranger = visitors.stranger();
        stranger.get(join);
        stranger.post(join, Map.of("child", "\u6797\u5c0f\u96e8", "name", "\u67d0\u4eba", "relation", "other", "fresh", "true"));
        String request = first(REQUEST, teacher.get("/families/" + klass).body());
        teacher.post("/families/" + klass + "/requests/" + request, Map.of("decision", "decline"));
        assertThat(grants()).isZero();
        assertThat(stranger.get("/").headers().firstValue("Location")).contains("/waiting");
        // Approving after that changes nothing.
        teacher.post("/families/" + klass + "/requests/" + request, Map.of("decision", "approve", "pupil", child.toString()));
        assertThat(grants()).isZero();
    }

    @Test
    void a_teacher_of_another_class_or_school_finds_no_families() {
        Visitor other = visitors.signedIn(given.classTeacher(school, family.schoolClass(school)));
        assertThat(other.get("/families/" + klass).statusCode()).isEqualTo(404);
        assertThat(other.post("/families/" + klass + "/slips", Map.of()).statusCode()).isEqualTo(404);
        UUID far = given.school();
        Visitor foreign = visitors.signedIn(given.staff(far, afterbell.base.shared.access.Role.OFFICE));
        assertThat(foreign.get("/families/" + klass).statusCode()).isEqualTo(404);
        assertThat(foreign.get("/families/" + klass + "/slips").statusCode()).isEqualTo(404);
    }

    @Test
    void secrets_that_do_not_exist_are_not_found_and_typed_ones_are_forgiven() {
        assertThat(visitors.stranger().get("/e/0000000000000000").statusCode()).isEqualTo(404);
        assertThat(visitors.stranger().get("/join/0000000000000000").statusCode()).isEqualTo(404);
        String slip = print(child);
        String typed = slip.substring(3).toLowerCase(java.util.Locale.ROOT).replace('0', 'o').replaceAll("(.{4})(?=.)", "$1-");
        assertThat(visitors.stranger().get("/e/" + typed).statusCode()).isEqualTo(200);
    }

    private Visitor enterAs(UUID pupil, UUID adult) {
        String slip = print(pupil);
        Visitor v = visitors.stranger();
        v.get(slip);
        assertThat(v.post(slip, Map.of("adult", adult.toString())).statusCode()).isEqualTo(303);
        v.get("/sign-in");
        return v;
    }

    private String print(UUID pupil) {
        teacher.get("/families/" + klass);
        assertThat(teacher.post("/families/" + klass + "/slips", Map.of("pupil", pupil.toString())).statusCode()).isEqualTo(303);
        return "/e/" + first(SLIP, teacher.get("/families/" + klass + "/slips?pupil=" + pupil).body()).replace("-", "");
    }

    private long grants() {
        return given.in(school, () -> sql.sql("select count(*) from identity.role_grant where school_id = :s and pupil_id is not null").param("s", school).query(Long.class).single());
    }

    private static String first(Pattern pattern, String text) {
        return first(pattern, text, 1);
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher m = pattern.matcher(text);
        if (!m.find()) throw new AssertionError("no " + pattern + " in " + text);
        return m.group(group);
    }
}
