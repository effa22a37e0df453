package afterbell.term.enrolment.choosing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.GivenToken;
import afterbell.testing.HouseTest;
import java.time.DayOfWeek;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HouseTest
@Req("P9")
class SheetApiIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenClass classes;

    @Autowired
    GivenRound rounds;

    @Autowired
    GivenToken tokens;

    @Autowired
    JsonMapper json;

    UUID child;
    UUID tuesday;
    UUID chess;
    String path;
    GivenToken.Program program;

    @BeforeEach
    void a_guardian_with_a_token() {
        UUID school = given.school();
        UUID term = terms.term(school);
        UUID klass = terms.schoolClass(school, 3, 2);
        child = terms.pupil(school, klass);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 2);
        chess = terms.section(school, term, terms.club("C1", tuesday));
        rounds.open(school, term);
        path = "/api/v1/children/" + child + "/sheet";
        program = tokens.program(tokens.of(classes.grown(school, child, Role.GUARDIAN, "guardian", "M").account()));
    }

    private String body(int version, int until) {
        return "{\"version\":" + version + ",\"takesPart\":true,\"days\":[{\"weekday\":2,\"until\":" + until + "}],\"wishes\":[{\"slot\":\"" + tuesday + "\",\"sections\":[\"" + chess + "\"]}]}";
    }

    @Test
    void a_program_reads_what_can_be_asked_saves_and_reads_it_again() {
        JsonNode empty = json.readTree(program.get(path).body());
        assertThat(empty.path("version").asInt()).isZero();
        assertThat(empty.has("takesPart")).isFalse();
        assertThat(empty.at("/menu/sections/0/id").asString()).isEqualTo(chess.toString());
        var saved = program.send("PUT", path, body(0, 2), UUID.randomUUID().toString());
        assertThat(saved.statusCode()).isEqualTo(200);
        JsonNode now = json.readTree(program.get(path).body());
        assertThat(now).isEqualTo(json.readTree(saved.body()));
        assertThat(now.path("version").asInt()).isOne();
        assertThat(now.at("/wishes/0/sections/0").asString()).isEqualTo(chess.toString());
    }

    @Test
    void an_outdated_version_is_409_with_both_sheets_and_changes_nothing() {
        program.send("PUT", path, body(0, 2), UUID.randomUUID().toString());
        var conflict = program.send("PUT", path, body(0, 1), UUID.randomUUID().toString());
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode both = json.readTree(conflict.body());
        assertThat(both.at("/stored/days/0/until").asInt()).isEqualTo(2);
        assertThat(both.at("/yours/days/0/until").asInt()).isOne();
        assertThat(both.at("/stored/version").asInt()).isOne();
        assertThat(json.readTree(program.get(path).body()).at("/days/0/until").asInt()).isEqualTo(2);
    }

    @Test
    void the_same_key_again_is_the_same_answer_and_another_sheet_under_it_is_refused() {
        String key = UUID.randomUUID().toString();
        var first = program.send("PUT", path, body(0, 2), key);
        var again = program.send("PUT", path, body(0, 2), key);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(program.send("PUT", path, body(1, 1), key).statusCode()).isEqualTo(422);
        assertThat(program.send("PUT", path, body(1, 1), "").statusCode()).isEqualTo(400);
    }

    @Test
    void what_the_page_refuses_the_program_is_refused_with_the_same_words() {
        var refused = program.send("PUT", path, body(0, 7), UUID.randomUUID().toString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json.readTree(refused.body()).at("/reasons/0/key").asString()).isEqualTo("enrolment.refused.day_unknown.2");
        assertThat(program.send("PUT", path, "{\"version\":0}", UUID.randomUUID().toString()).statusCode()).isEqualTo(422);
        assertThat(program.send("PUT", path, "{nonsense", UUID.randomUUID().toString()).statusCode()).isEqualTo(400);
        assertThat(program.send("PUT", path, "{\"takesPart\":true,\"days\":[null],\"wishes\":[{\"slot\":null}],\"noon\":[\"" + tuesday + "\"]}", UUID.randomUUID().toString()).statusCode()).isEqualTo(422);
    }

    @Test
    void a_program_objects_to_what_was_entered_for_the_family_and_not_for_another_child() {
        assertThat(program.send("POST", path + "/objection", "{}", "").statusCode()).as("nothing was entered: nothing changes").isEqualTo(204);
        assertThat(program.send("POST", path.replace(child.toString(), UUID.randomUUID().toString()) + "/objection", "{}", "").statusCode()).isEqualTo(404);
        assertThat(program.send("POST", path + "/objection", "{\"round\":\"" + UUID.randomUUID() + "\"}", "").statusCode()).isEqualTo(404);
    }
}
