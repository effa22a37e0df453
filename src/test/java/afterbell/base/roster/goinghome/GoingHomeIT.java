package afterbell.base.roster.goinghome;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R86")
class GoingHomeIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID child;
    Visitor mother;

    @BeforeEach
    void a_guardian() {
        school = given.school();
        child = family.pupil(school, family.schoolClass(school), "\u6797\u5c0f\u96e8");
        mother = visitors.signedIn(given.guardian(school, child));
    }

    @Test
    void a_guardian_names_who_may_collect_and_takes_the_name_back() {
        mother.get(home());
        assertThat(mother.post(home() + "/collectors", Map.of("name", "\u674e\u4f2f\u4f2f", "relation", "relative")).statusCode()).isEqualTo(303);
        mother.post(home() + "/collectors", Map.of("name", "\u674e \u4f2f\u4f2f", "relation", "relative"));
        List<UUID> adults = given.in(school, () -> sql.sql("select adult_id from roster.pub_relation where school_id = :s and pupil_id = :p and kind = 'collector'").param("s", school).param("p", child).query(UUID.class).list());
        assertThat(adults).hasSize(1);
        assertThat(mother.get(home()).body()).contains("\u674e\u4f2f\u4f2f");
        assertThat(mother.post(home() + "/collectors/" + adults.getFirst() + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(mother.get(home()).body()).doesNotContain("\u674e\u4f2f\u4f2f");
        assertThat(mother.post(home() + "/collectors", Map.of("name", " ")).statusCode()).isEqualTo(422);
    }

    @Test
    void consent_stands_per_weekday_and_every_word_stays_on_record() {
        mother.get(home());
        mother.postRaw(home() + "/consents", "walk=1&walk=3&line=5");
        mother.postRaw(home() + "/consents", "walk=1&line=5");
        mother.postRaw(home() + "/consents", "walk=1&line=5");
        assertThat(given.in(school, () -> sql.sql("select kind || weekdays::text from roster.pub_consent where school_id = :s order by 1").param("s", school).query(String.class).list())).containsExactly("class-line{5}", "walk-home{1}");
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.consent where school_id = :s").param("s", school).query(Long.class).single())).isEqualTo(3);
        HttpResponse<String> both = mother.postRaw(home() + "/consents", "walk=2&line=2");
        assertThat(both.statusCode()).isEqualTo(422);
        mother.post(home() + "/consents", Map.of());
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.pub_consent where school_id = :s").param("s", school).query(Long.class).single())).isZero();
    }

    @Test
    void another_familys_child_is_not_found() {
        UUID other = family.pupil(school, family.schoolClass(school), "\u8d75\u516d");
        assertThat(mother.get("/children/" + other + "/going-home").statusCode()).isEqualTo(404);
        mother.get(home());
        assertThat(mother.post("/children/" + other + "/going-home/collectors", Map.of("name", "\u674e\u56db")).statusCode()).isEqualTo(404);
    }

    private String home() {
        return "/children/" + child + "/going-home";
    }
}
