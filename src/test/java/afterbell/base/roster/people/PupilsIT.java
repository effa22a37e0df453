package afterbell.base.roster.people;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Departures;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R60")
class PupilsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Departures departures;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID klass;
    UUID child;
    Visitor office;

    @BeforeEach
    void a_child() {
        school = given.school();
        klass = family.schoolClass(school);
        child = family.pupil(school, klass, "\u6797\u5c0f\u96e8");
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    @Test
    void a_corrected_name_is_found_by_its_new_sound() {
        office.get("/pupils/" + child);
        assertThat(office.post("/pupils/" + child, Map.of("name", "\u5f20\u6653\u660e", "gender", "M", "birthday", "2017-03-04", "seat", "12")).statusCode()).isEqualTo(303);
        assertThat(office.get("/pupils?q=zxm").body()).contains("\u5f20\u6653\u660e");
        assertThat(office.get("/pupils?q=lxy").body()).doesNotContain("\u5f20\u6653\u660e");
        assertThat(office.post("/pupils/" + child, Map.of("name", " ", "birthday", "2999-01-01")).statusCode()).isEqualTo(422);
    }

    @Test
    void a_child_changes_its_class_and_the_register_keeps_it() {
        UUID other = family.schoolClass(school);
        office.get("/pupils/" + child);
        assertThat(office.post("/pupils/" + child + "/class", Map.of("to", other.toString())).statusCode()).isEqualTo(303);
        office.post("/pupils/" + child + "/class", Map.of("to", other.toString()));
        assertThat(one("select class_id from roster.pupil where pupil_id = :p", UUID.class)).isEqualTo(other);
        assertThat(one("select count(*) from roster.transfer where pupil_id = :p", Long.class)).isOne();
        assertThat(office.post("/pupils/" + child + "/class", Map.of("to", family.schoolClass(given.school()).toString())).statusCode()).isEqualTo(404);
    }

    @Test
    void a_child_that_leaves_today_is_gone_with_the_rights_of_its_family() {
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        assertThat(mother.get("/children/" + child + "/people").statusCode()).isEqualTo(200);
        office.get("/pupils/" + child);
        assertThat(office.post("/pupils/" + child + "/departure", Map.of("firstAway", today().toString())).statusCode()).isEqualTo(303);
        assertThat(office.get("/pupils/" + child).statusCode()).isEqualTo(404);
        assertThat(mother.get("/children/" + child + "/people").statusCode()).isIn(403, 404);
        assertThat(one("select left_on from roster.pupil where pupil_id = :p", LocalDate.class)).isEqualTo(today());
        assertThat(office.post("/pupils/" + child + "/departure", Map.of("firstAway", today().toString())).statusCode()).isEqualTo(404);
    }

    @Test
    void the_office_ends_what_somebody_let_in_by_mistake_is_to_a_child() {
        Visitor stranger = visitors.signedIn(given.guardian(school, child));
        UUID account = given.in(school, () -> sql.sql("select account_id from identity.pub_grant where school_id = :s and pupil_id = :p").param("s", school).param("p", child).query(UUID.class).single());
        UUID adult = family.adult(school, child, "\u9648\u751f", "guardian", "other", account);
        assertThat(stranger.get("/children/" + child + "/people").statusCode()).isEqualTo(200);
        office.get("/pupils/" + child);
        assertThat(office.post("/pupils/" + child + "/people/" + adult + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(stranger.get("/children/" + child + "/people").statusCode()).isIn(403, 404);
        assertThat(office.get("/pupils/" + child).body()).doesNotContain("\u9648\u751f");
        assertThat(office.post("/pupils/" + child + "/people/" + adult + "/removal", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_departure_to_come_waits_for_its_day_and_can_be_called_off() {
        LocalDate day = today().plusDays(10);
        office.get("/pupils/" + child);
        office.post("/pupils/" + child + "/departure", Map.of("firstAway", day.toString()));
        assertThat(office.get("/pupils/" + child).statusCode()).isEqualTo(200);
        assertThat(given.in(school, () -> departures.due(school, day.minusDays(1)))).isZero();
        office.post("/pupils/" + child + "/departure/removal", Map.of());
        assertThat(given.in(school, () -> departures.due(school, day))).isZero();
        office.get("/pupils/" + child);
        office.post("/pupils/" + child + "/departure", Map.of("firstAway", day.toString()));
        assertThat(given.in(school, () -> departures.due(school, day))).isOne();
        assertThat(given.in(school, () -> departures.due(school, day))).isZero();
        assertThat(one("select count(*) from roster.transfer where pupil_id = :p and to_class is null", Long.class)).isOne();
        assertThat(office.post("/pupils/" + child + "/departure", Map.of("firstAway", "x")).statusCode()).isIn(404, 422);
    }

    @Test
    void a_child_from_elsewhere_is_taken_in_and_a_twin_only_when_somebody_says_so() {
        office.get("/pupils/new");
        Map<String, String> form = Map.of("name", "\u6797\u5c0f\u96e8", "schoolClass", klass.toString(), "birthday", "2018-01-02");
        assertThat(office.post("/pupils/new", form).statusCode()).isEqualTo(422);
        assertThat(office.post("/pupils/new", Map.of("name", "\u6797\u5c0f\u96e8", "schoolClass", klass.toString(), "birthday", "2018-01-02", "twin", "true")).statusCode()).isEqualTo(303);
        assertThat(office.post("/pupils/new", Map.of("name", "\u65b0\u540c\u5b66")).statusCode()).isEqualTo(422);
        List<String> names = given.in(school, () -> sql.sql("select name from roster.pub_pupil where school_id = :s").param("s", school).query(String.class).list());
        assertThat(names).containsExactly("\u6797\u5c0f\u96e8", "\u6797\u5c0f\u96e8");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private <T> T one(String query, Class<T> type) {
        return given.in(school, () -> sql.sql(query).param("p", child).query(type).single());
    }
}
