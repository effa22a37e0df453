package afterbell.term.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SheetIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID term;
    UUID child;
    UUID round;
    UUID tuesday;
    UUID chess;

    @BeforeEach
    void a_school_in_mid_round() {
        school = given.school();
        term = terms.term(school);
        UUID klass = terms.schoolClass(school, 3, 2);
        child = terms.pupil(school, klass);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 2);
        chess = terms.section(school, term, terms.club("C1", tuesday));
        round = rounds.open(school, term);
    }

    private String sheet() {
        return "/children/" + child + "/sheet/" + round;
    }

    static String key(String page) {
        Matcher m = Pattern.compile("name=\"_key\" value=\"([^\"]+)\"").matcher(page);
        String key = "";
        while (m.find()) key = m.group(1);
        return key;
    }

    private List<String> wishes() {
        return given.within(Scope.family(new UUID(0, 1), List.of(school), List.of(child)), () -> sql.sql("select section_id::text from enrolment.pub_wish where pupil_id = :p order by slot_id, rank").param("p", child).query(String.class).list());
    }

    @Test
    @Req({"R28", "R33"})
    void a_guardian_says_which_days_and_wishes_and_finds_them_again() {
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        var page = mother.get(sheet());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("社团C1").contains("参加").contains("不参加");
        var saved = mother.post(sheet(), Map.of("_key", key(page.body()), "version", "0", "part", "yes", "d2", "2", "w", tuesday + "." + chess, "then", "done"));
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(wishes()).containsExactly(chess.toString());
        assertThat(mother.get("/sheets").body()).contains("已填好");
        assertThat(mother.get("/").body()).contains("选报");
    }

    @Test
    void another_familys_child_is_not_found() {
        UUID other = terms.pupil(school, terms.schoolClass(school, 4, 1));
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        assertThat(mother.get("/children/" + other + "/sheet/" + round).statusCode()).isEqualTo(404);
        assertThat(mother.post("/children/" + other + "/sheet/" + round, Map.of("_key", UUID.randomUUID().toString(), "part", "no", "version", "0")).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("P2")
    void staff_reads_nothing_of_a_sheet_before_the_close_and_everything_after() {
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        var page = mother.get(sheet());
        mother.post(sheet(), Map.of("_key", key(page.body()), "version", "0", "part", "no"));
        String seen = "select count(*) from enrolment.sheet";
        assertThat(given.in(school, () -> sql.sql(seen).query(Long.class).single())).isZero();
        assertThat(given.in(school, () -> sql.sql("select count(*) from enrolment.sheet_day").query(Long.class).single())).isZero();
        assertThat(given.in(school, () -> sql.sql("select count(*) from enrolment.pub_answer").query(Long.class).single())).isOne();
        rounds.close(school, round);
        assertThat(given.in(school, () -> sql.sql(seen).query(Long.class).single())).isOne();
    }

    @Test
    @Req("R90")
    void what_a_carer_fills_in_is_a_proposal_until_a_guardian_has_saved_it() {
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        Visitor grandmother = visitors.signedIn(given.person(school, Role.CARER, null, null, child));
        String page = grandmother.get(sheet()).body();
        var sent = grandmother.post(sheet(), Map.of("_key", key(page), "version", "0", "part", "yes", "d2", "2", "w", tuesday + "." + chess, "then", "done"));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(wishes()).isEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from enrolment.proposal").query(Long.class).single())).as("staff reads no proposal").isZero();

        String first = mother.get("/sheets").body();
        Matcher look = Pattern.compile("sheet/" + round + "\\?proposal=[0-9a-f-]{36}").matcher(first);
        assertThat(look.find()).isTrue();
        String proposed = mother.get("/children/" + child + "/" + look.group()).body();
        assertThat(proposed).contains("name=\"w\" value=\"" + tuesday + "." + chess + "\"");
        assertThat(wishes()).as("looking saves nothing").isEmpty();
        mother.post(sheet(), Map.of("_key", key(proposed), "version", "0", "part", "yes", "d2", "2", "w", tuesday + "." + chess, "then", "done"));
        assertThat(wishes()).containsExactly(chess.toString());
        assertThat(mother.get("/sheets").body()).doesNotContain("proposal=");

        UUID other = terms.pupil(school, terms.schoolClass(school, 4, 1));
        assertThat(grandmother.get("/children/" + other + "/sheet/" + round).statusCode()).isEqualTo(404);
        assertThat(grandmother.post(sheet() + "/objection", Map.of()).statusCode()).isEqualTo(403);
    }
}
