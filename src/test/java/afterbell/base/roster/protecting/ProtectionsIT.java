package afterbell.base.roster.protecting;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.term.timetable.Feeds;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A court's paper: works at once and at every door, is read by the office alone and with a purpose, and is never told to anybody. */
@HouseTest
@Req("R86")
class ProtectionsIT {
    private static final String FATHER = "\u5218\u5927\u5f3a";
    private static final String SECRET = "\u4e0d\u5f97\u63a5\u8fd1\u5b69\u5b50";
    private static final String OFFICE_WORDS = "\u8fd9\u4e00\u6b65\u8bf7\u5230\u5b66\u6821\u8bfe\u540e\u670d\u52a1\u529e\u516c\u5ba4\u529e\u7406";

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Accounts accounts;

    @Autowired
    Invitations invitations;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Feeds feeds;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID klass;
    UUID child;
    UUID adult;
    UUID fatherAccount;
    Visitor father;
    Visitor mother;
    Visitor office;
    Visitor teacher;

    @BeforeEach
    void two_guardians() {
        school = given.school();
        klass = family.schoolClass(school);
        child = family.pupil(school, klass, "\u5218\u5c0f\u96e8");
        String user = given.guardian(school, child);
        fatherAccount = given.in(school, () -> sql.sql("select account_id from identity.role_grant where school_id = :s").param("s", school).query(UUID.class).single());
        adult = family.adult(school, child, FATHER, "guardian", "father", fatherAccount);
        father = visitors.signedIn(user);
        mother = visitors.signedIn(given.guardian(school, child));
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        teacher = visitors.signedIn(given.classTeacher(school, klass));
    }

    @Test
    void the_limited_guardian_is_out_at_once_and_nobody_reads_why() {
        assertThat(father.get(people()).statusCode()).isEqualTo(200);
        limit(adult.toString(), "");
        assertThat(father.get(people()).statusCode()).isIn(403, 404);
        assertThat(father.get("/children/" + child + "/week").statusCode()).isIn(403, 404);
        father.get("/waiting");
        assertThat(father.post("/children/" + child + "/going-home/collectors", Map.of("name", "\u674e\u56db")).statusCode()).isIn(403, 404);
        // The others see what they saw before.
        for (Visitor other : List.of(mother, teacher)) {
            String page = other.get(other == mother ? people() : "/families/" + klass).body();
            assertThat(page).doesNotContain(SECRET).doesNotContain("\u6cd5\u9662").doesNotContain("\u9650\u5236");
        }
        assertThat(mother.get(people()).body()).contains("guardian");
        assertThat(mother.get("/protections").statusCode()).isEqualTo(403);
        assertThat(teacher.get("/protections").statusCode()).isEqualTo(403);
        assertThat(visitors.signedIn(given.staff(school, Role.PRINCIPAL)).get("/protections").statusCode()).isEqualTo(403);
    }

    @Test
    void the_calendar_address_of_the_limited_guardian_dies_with_the_rights() {
        String secret = given.within(Scope.family(fatherAccount, List.of(school), List.of(child)), () -> feeds.add(school, "child", child, fatherAccount));
        Supplier<Optional<Feeds.Feed>> look = () -> given.within(Scope.DOOR, () -> feeds.find(secret));
        assertThat(look.get()).isPresent();
        limit(adult.toString(), "");
        assertThat(look.get()).isEmpty();
    }

    @Test
    void no_slip_class_code_or_invitation_lets_the_limited_person_back_in() {
        limit(adult.toString(), "");
        String slip = slip();
        Visitor stranger = visitors.stranger();
        stranger.get(slip);
        HttpResponse<String> asHimself = stranger.post(slip, Map.of("adult", adult.toString()));
        assertThat(asHimself.statusCode()).isEqualTo(422);
        assertThat(asHimself.body()).contains(OFFICE_WORDS);
        stranger.get(slip + "?who=other");
        assertThat(stranger.post(slip, Map.of("name", "\u4ed6\u4eba", "relation", "relative", "fresh", "true")).statusCode()).isEqualTo(422);

        // Through the class code he asks; the class teacher can't admit him and isn't told why.
        String join = given.in(school, () -> invitations.path(invitations.classCode(school, klass).orElseThrow()));
        Visitor again = visitors.stranger();
        again.get(join);
        again.post(join, Map.of("child", "\u5218\u5c0f\u96e8", "name", FATHER, "relation", "father", "fresh", "true"));
        Matcher request = Pattern.compile("/requests/([0-9a-f-]{36})").matcher(teacher.get("/families/" + klass).body());
        assertThat(request.find()).isTrue();
        HttpResponse<String> tap = teacher.post("/families/" + klass + "/requests/" + request.group(1), Map.of("decision", "approve", "pupil", child.toString()));
        assertThat(tap.statusCode()).isEqualTo(422);
        assertThat(tap.body()).contains(OFFICE_WORDS).doesNotContain("\u6cd5\u9662");
        assertThat(given.in(school, () -> sql.sql("select count(*) from identity.role_grant where school_id = :s and pupil_id = :p").param("s", school).param("p", child).query(Long.class).single())).isEqualTo(2);
    }

    @Test
    void the_paper_is_sealed_and_read_by_a_post_with_a_purpose_that_the_audit_keeps() {
        limit(adult.toString(), "");
        assertThat(office.get("/protections").body()).doesNotContain(SECRET).doesNotContain(FATHER);
        UUID id = given.in(school, () -> sql.sql("select protection_id from roster.protection where school_id = :s").param("s", school).query(UUID.class).single());
        String stored = given.in(school, () -> sql.sql("select x::text from roster.protection x where school_id = :s").param("s", school).query(String.class).single());
        assertThat(stored).doesNotContain(SECRET).doesNotContain(FATHER);
        assertThat(office.post("/protections/" + id + "/readings", Map.of()).statusCode()).isEqualTo(422);
        HttpResponse<String> read = office.post("/protections/" + id + "/readings", Map.of("purpose", "gate"));
        assertThat(read.body()).contains(SECRET).contains(FATHER);
        assertThat(given.in(school, () -> sql.sql("select facts::text from audit.entry where school_id = :s and action = 'roster.protection_read'").param("s", school).query(String.class).list()))
                .singleElement()
                .asString()
                .contains("gate")
                .doesNotContain(FATHER);
    }

    @Test
    void ending_the_limit_gives_the_rights_back() {
        limit(adult.toString(), "");
        UUID id = given.in(school, () -> sql.sql("select protection_id from roster.protection where school_id = :s").param("s", school).query(UUID.class).single());
        office.get("/protections");
        assertThat(office.post("/protections/" + id + "/end", Map.of()).statusCode()).isEqualTo(303);
        assertThat(father.get(people()).statusCode()).isEqualTo(200);
    }

    @Test
    void somebody_kept_away_cannot_be_named_as_a_collector() {
        limit("other", "\u9648\u751f");
        mother.get("/children/" + child + "/going-home");
        HttpResponse<String> refused = mother.post("/children/" + child + "/going-home/collectors", Map.of("name", "\u9648 \u751f", "relation", "other"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(OFFICE_WORDS);
        assertThat(father.get(people()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_form_without_a_paper_limits_nobody_and_keeps_the_typing() {
        office.get("/protections/new/" + child);
        HttpResponse<String> refused = office.post("/protections/new/" + child, Map.of("whom", adult.toString(), "said", SECRET));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(SECRET);
        assertThat(father.get(people()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_photographed_paper_is_sealed_and_opened_by_the_office_with_a_purpose() {
        byte[] pdf = "%PDF-1.4\nthe judgment\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        office.get("/protections/new/" + child);
        String key = UUID.randomUUID().toString();
        Map<String, String> form = Map.of("whom", adult.toString(), "document", "123", "said", SECRET, "_key", key);
        assertThat(office.postFiles("/protections/new/" + child, form, "scan", Map.of("a.pdf", pdf)).statusCode()).isEqualTo(303);
        // The same sheet sent twice, by a second tap or a second tab, is one entry with one page.
        assertThat(office.postFiles("/protections/new/" + child, form, "scan", Map.of("a.pdf", pdf)).statusCode()).isEqualTo(303);
        UUID id = given.in(school, () -> sql.sql("select protection_id from roster.protection where school_id = :s").param("s", school).query(UUID.class).single());
        UUID file = given.in(school, () -> sql.sql("select file_id from roster.protection_scan where school_id = :s").param("s", school).query(UUID.class).single());
        byte[] stored = given.in(school, () -> sql.sql("select content from shared.file_piece where school_id = :s and file_id = :f").param("s", school).param("f", file).query((r, n) -> r.getBytes(1)).single());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("judgment");

        String page = "/protections/" + id + "/scans/" + file;
        assertThat(office.post(page + "/readings", Map.of()).statusCode()).isEqualTo(422);
        assertThat(office.get(page + "/readings").statusCode()).isIn(404, 405);
        assertThat(opened()).isEmpty();
        HttpResponse<String> shown = office.post(page + "/readings", Map.of("purpose", "authority"));
        assertThat(shown.body()).contains("the judgment");
        assertThat(shown.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(opened()).singleElement().asString().contains("authority").contains(file.toString());

        for (Visitor other : List.of(teacher, mother, visitors.signedIn(given.staff(school, Role.PRINCIPAL)), visitors.signedIn(given.staff(school, Role.SUPERVISOR))))
            assertThat(other.post(page + "/readings", Map.of("purpose", "gate")).statusCode()).isEqualTo(403);
        UUID elsewhere = given.school();
        assertThat(visitors.signedIn(given.staff(elsewhere, Role.OFFICE)).post(page + "/readings", Map.of("purpose", "gate")).statusCode()).isEqualTo(404);
        assertThat(office.post("/protections/" + id + "/scans/" + UUID.randomUUID() + "/readings", Map.of("purpose", "gate")).statusCode()).isEqualTo(404);
        assertThat(opened()).hasSize(1);

        assertThat(office.post(page + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.post(page + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.post(page + "/readings", Map.of("purpose", "gate")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_that_is_no_picture_limits_nobody_and_keeps_nothing() {
        office.get("/protections/new/" + child);
        Map<String, String> form = Map.of("whom", adult.toString(), "document", "123", "said", SECRET);
        HttpResponse<String> refused = office.postFiles("/protections/new/" + child, form, "scan", Map.of("paper.pdf", "MZ a program".getBytes(StandardCharsets.US_ASCII)));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(SECRET);
        assertThat(father.get(people()).statusCode()).isEqualTo(200);
        assertThat(given.in(school, () -> sql.sql("select (select count(*) from roster.protection where school_id = :s) + (select count(*) from shared.file where school_id = :s)").param("s", school).query(Long.class).single())).isZero();
        limit(adult.toString(), "");
        UUID id = given.in(school, () -> sql.sql("select protection_id from roster.protection where school_id = :s").param("s", school).query(UUID.class).single());
        office.get("/protections");
        assertThat(office.postFiles("/protections/" + id + "/scans", Map.of(), "scan", Map.of("", new byte[0])).statusCode()).isEqualTo(422);
        assertThat(office.postFiles("/protections/" + id + "/scans", Map.of(), "scan", Map.of("p.png", "GIF89a".getBytes(StandardCharsets.US_ASCII))).statusCode()).isEqualTo(422);
        assertThat(office.postFiles("/protections/" + id + "/scans", Map.of(), "scan", Map.of("p.pdf", "%PDF-1.7\n%%EOF".getBytes(StandardCharsets.US_ASCII))).statusCode()).isEqualTo(303);
    }

    private List<String> opened() {
        return given.in(school, () -> sql.sql("select facts::text from audit.entry where school_id = :s and action = 'roster.protection_scan_opened'").param("s", school).query(String.class).list());
    }

    private void limit(String whom, String name) {
        office.get("/protections/new/" + child);
        Map<String, String> form = new HashMap<>(Map.of("whom", whom, "name", name, "document", "\uff082026\uff09123", "said", SECRET, "until", "2027-08-01"));
        assertThat(office.post("/protections/new/" + child, form).statusCode()).isEqualTo(303);
    }

    private String slip() {
        return given.in(school, () -> {
            invitations.print(school, klass, List.of(child), fatherAccount);
            return invitations.path(invitations.printed(school, klass).getFirst().slip());
        });
    }

    private String people() {
        return "/children/" + child + "/people";
    }
}
