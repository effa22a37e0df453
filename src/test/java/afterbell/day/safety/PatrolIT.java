package afterbell.day.safety;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R88")
class PatrolIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Accounts accounts;

    @Autowired
    Roster roster;

    @Autowired
    Ids ids;

    @Autowired
    Ledger ledger;

    @Autowired
    Patrols patrols;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    UUID stairs;
    UUID playground;
    Colleagues colleagues;
    Colleagues.One leader;
    Colleagues.One caretaker;
    Visitor walker;

    @BeforeEach
    void grounds() {
        school = given.school();
        colleagues = new Colleagues(given, accounts, roster, ids);
        leader = colleagues.of(school, Role.DUTY_LEADER);
        caretaker = colleagues.of(school, Role.SERVICE_TEACHER);
        stairs = area("东楼梯");
        playground = area("操场");
        walker = visitors.signedIn(leader.user());
        walker.get("/patrol");
    }

    private UUID area(String name) {
        UUID id = ids.next();
        given.in(school, () -> sql.sql("insert into schools.area (school_id, area_id, name) values (:s, :id, :n)").param("s", school).param("id", id).param("n", name).update());
        return id;
    }

    private Map<String, String> problem() {
        return new HashMap<>(Map.of("rating", "danger", "note", "扶手松了", "contact", caretaker.staff().toString(), "_key", UUID.randomUUID().toString()));
    }

    private HttpResponse<String> report(Map<String, String> fields, byte @Nullable [] photo) {
        walker.get("/patrol/areas/" + stairs);
        return Posting.file(walker, visitors.base(), "/patrol/areas/" + stairs, fields, "photo", photo);
    }

    private List<String> missing() {
        return given.in(school, () -> patrols.walked(school, ledger.today()).missing().stream().map(Patrols.Area::name).toList());
    }

    @Test
    @Req("R87")
    void every_area_must_be_walked_on_the_day_itself() {
        assertThat(missing()).containsExactlyInAnyOrder("东楼梯", "操场");
        walker.post("/patrol/areas/" + stairs + "/order", Map.of("_key", UUID.randomUUID().toString()));
        assertThat(missing()).containsExactly("操场");
        walker.post("/patrol/areas/" + playground + "/order", Map.of("_key", UUID.randomUUID().toString()));
        assertThat(missing()).isEmpty();
        assertThat(given.in(school, () -> patrols.walked(school, ledger.today().plusDays(1)).complete())).as("tomorrow begins anew").isFalse();
    }

    @Test
    void a_problem_tells_the_colleague_in_charge_who_settles_it() {
        assertThat(report(problem(), Posting.picture()).statusCode()).isEqualTo(303);
        assertThat(missing()).as("found a problem, but was there").containsExactly("操场");
        assertThat(walker.get("/patrol").body()).contains("扶手松了", "有危险", "已通知 " + caretaker.name());
        Visitor mender = visitors.signedIn(caretaker.user());
        assertThat(mender.get("/").body()).contains("东楼梯");
        assertThat(mender.get("/inbox").body()).contains("巡查发现问题");
        UUID id = given.in(school, () -> ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()).keySet().iterator().next());
        assertThat(mender.get("/patrol/problems/" + id).body()).contains("扶手松了", "/safety/photos/");
        assertThat(Posting.file(mender, visitors.base(), "/patrol/problems/" + id + "/settling", Map.of("note", "拧紧了", "_key", UUID.randomUUID().toString()), "photo", Posting.picture()).statusCode()).isEqualTo(303);
        assertThat(walker.get("/patrol/problems/" + id).body()).contains("拧紧了", "已处理");
        assertThat(walker.get("/patrol").body()).doesNotContain("还没处理的问题");
    }

    @Test
    void a_fake_picture_and_missing_words_are_refused_at_the_field_and_nothing_is_kept() {
        HttpResponse<String> fake = report(problem(), "MZ this is a program".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(fake.statusCode()).isEqualTo(422);
        assertThat(fake.body()).contains("f-photo-fault", "扶手松了");
        Map<String, String> empty = problem();
        empty.put("note", "");
        empty.put("contact", "somebody");
        HttpResponse<String> no = report(empty, null);
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("f-note-fault", "f-contact-fault");
        assertThat(given.in(school, () -> ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()))).isEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from shared.file where school_id = :s").param("s", school).query(Integer.class).single())).isZero();
    }

    @Test
    void a_huge_photo_is_refused_and_not_a_crash() {
        byte[] huge = new byte[24 * 1024 * 1024];
        byte[] head = Posting.picture();
        System.arraycopy(head, 0, huge, 0, head.length);
        assertThat(report(problem(), huge).statusCode()).isIn(413, 422);
        assertThat(given.in(school, () -> ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()))).isEmpty();
    }

    @Test
    void a_report_sent_twice_is_one_report() {
        Map<String, String> once = problem();
        String first = report(once, Posting.picture()).headers().firstValue("Location").orElseThrow();
        String second = report(once, Posting.picture()).headers().firstValue("Location").orElseThrow();
        assertThat(second).isEqualTo(first);
        assertThat(given.in(school, () -> ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()))).hasSize(1);
    }

    @Test
    void nobody_settles_what_is_not_theirs_and_another_school_finds_nothing() {
        report(problem(), Posting.picture());
        UUID id = given.in(school, () -> ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()).keySet().iterator().next());
        UUID photo = given.in(school, () -> ledger.of(school, Book.PATROL, id).getFirst().id());
        Visitor other = visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user());
        other.get("/patrol");
        assertThat(Posting.file(other, visitors.base(), "/patrol/problems/" + id + "/settling", Map.of("note", "好了", "_key", UUID.randomUUID().toString()), "photo", null).statusCode()).isEqualTo(404);
        assertThat(walker.get("/safety/photos/" + photo).statusCode()).isEqualTo(200);
        Visitor abroad = visitors.signedIn(colleagues.of(given.school(), Role.DUTY_LEADER).user());
        assertThat(abroad.get("/patrol/problems/" + id).statusCode()).isEqualTo(404);
        assertThat(abroad.get("/safety/photos/" + photo).statusCode()).isEqualTo(404);
        assertThat(abroad.get("/patrol/areas/" + stairs).statusCode()).isEqualTo(404);
    }
}
