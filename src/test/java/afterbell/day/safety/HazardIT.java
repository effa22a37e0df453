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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req("R95")
class HazardIT {
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
    Guidance guidance;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    Colleagues colleagues;
    Colleagues.One mender;
    Visitor office;

    @BeforeEach
    void people() {
        school = given.school();
        colleagues = new Colleagues(given, accounts, roster, ids);
        mender = colleagues.of(school, Role.SERVICE_TEACHER);
        office = visitors.signedIn(colleagues.of(school, Role.OFFICE).user());
        office.get("/hazards");
    }

    private Map<String, String> round(int bad) {
        Check fire = given.in(school, () -> guidance.check(school, "fire"));
        Map<String, String> all = new HashMap<>(Map.of("version", Integer.toString(fire.version()), "responsible", mender.staff().toString(), "_key", UUID.randomUUID().toString()));
        for (int i = 0; i < fire.items().size(); i++) {
            all.put("answer" + i, i < bad ? "bad" : "good");
            all.put("note" + i, i < bad ? "压力不足" + i : "");
        }
        return all;
    }

    private HttpResponse<String> send(Map<String, String> fields) {
        return Posting.file(office, visitors.base(), "/hazards/rounds/fire", fields, "photo0", Posting.picture());
    }

    private UUID opened() {
        assertThat(send(round(1)).statusCode()).isEqualTo(303);
        return hazards().getFirst();
    }

    private List<UUID> hazards() {
        return given.in(school, () -> ledger.without(school, Book.HAZARD, List.of("opened"), List.of("confirmed")).keySet().stream().toList());
    }

    private HttpResponse<String> mend(Visitor who, UUID id, byte[] photo) {
        who.get("/hazards/" + id);
        return Posting.file(who, visitors.base(), "/hazards/" + id + "/mending", Map.of("note", "换了新的", "_key", UUID.randomUUID().toString()), "photo", photo);
    }

    @Test
    void a_round_opens_hazards_with_deadline_and_tells_who_must_mend() {
        assertThat(office.get("/hazards/rounds/fire").body()).contains("灭火器");
        assertThat(send(round(2)).statusCode()).isEqualTo(303);
        assertThat(hazards()).hasSize(2);
        assertThat(office.get("/hazards").body()).contains("压力不足0", "压力不足1", mender.name());
        Visitor colleague = visitors.signedIn(mender.user());
        assertThat(colleague.get("/inbox").body()).contains("安全隐患请您整改");
        assertThat(colleague.get("/").body()).contains("安全隐患等您整改");
    }

    @Test
    void a_hazard_is_closed_by_a_photo_and_another_persons_eyes() {
        UUID id = opened();
        Visitor colleague = visitors.signedIn(mender.user());
        assertThat(mend(colleague, id, new byte[0]).statusCode()).as("without a photo").isEqualTo(422);
        assertThat(mend(colleague, id, Posting.picture()).statusCode()).isEqualTo(303);
        assertThat(colleague.post("/hazards/" + id + "/confirmation", Map.of("answer", "good")).statusCode()).as("not a leader").isEqualTo(403);
        office.get("/hazards/" + id);
        assertThat(office.post("/hazards/" + id + "/confirmation", Map.of("answer", "again", "note", "还是不行", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        assertThat(office.get("/hazards/" + id).body()).contains("还是不行");
        assertThat(mend(office, id, Posting.picture()).statusCode()).isEqualTo(303);
        assertThat(office.post("/hazards/" + id + "/confirmation", Map.of("answer", "good", "_key", UUID.randomUUID().toString())).statusCode()).as("one's own eyes").isEqualTo(422);
        Visitor leader = visitors.signedIn(colleagues.of(school, Role.DUTY_LEADER).user());
        leader.get("/hazards/" + id);
        assertThat(leader.post("/hazards/" + id + "/confirmation", Map.of("answer", "good", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        assertThat(hazards()).isEmpty();
        assertThat(Chain.brokenAt(given.in(school, () -> ledger.of(school, Book.HAZARD, id)))).isZero();
    }

    @Test
    void an_unanswered_point_a_fault_without_words_and_an_old_list_are_refused_and_kept() {
        Map<String, String> fields = round(1);
        fields.put("note0", "");
        fields.remove("answer3");
        HttpResponse<String> no = send(fields);
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("f-note0-fault");
        Map<String, String> old = round(0);
        old.put("version", "7");
        assertThat(send(old).statusCode()).isEqualTo(422);
        assertThat(hazards()).isEmpty();
    }

    @Test
    void a_round_sent_twice_is_one_round() {
        Map<String, String> fields = round(1);
        assertThat(send(fields).statusCode()).isEqualTo(303);
        assertThat(send(fields).statusCode()).isEqualTo(303);
        assertThat(hazards()).hasSize(1);
    }

    @Test
    void the_schools_own_list_holds_from_the_next_round_and_the_shipped_one_is_not_lost() {
        office.get("/hazards/checklists/fire");
        assertThat(office.post("/hazards/checklists/fire", Map.of("every", "3", "mend", "2", "items", "看灭火器\n看通道", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        Check own = given.in(school, () -> guidance.check(school, "fire"));
        assertThat(own.items()).extracting(Said::zh).containsExactly("看灭火器", "看通道");
        assertThat(own.version()).isEqualTo(1);
        assertThat(office.post("/hazards/checklists/fire", Map.of("every", "0", "mend", "x", "items", "", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(422);
        assertThat(office.get("/hazards/checklists/nothing").statusCode()).isEqualTo(404);
        assertThat(given.in(given.school(), () -> 1)).isEqualTo(1);
    }

    @Test
    void another_school_and_an_unconcerned_colleague_find_nothing() {
        UUID id = opened();
        assertThat(visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user()).get("/hazards/" + id).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(colleagues.of(given.school(), Role.OFFICE).user()).get("/hazards/" + id).statusCode()).isEqualTo(404);
    }
}
