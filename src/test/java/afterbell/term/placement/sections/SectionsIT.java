package afterbell.term.placement.sections;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenSeats;
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

/** What the office sees and does by hand: waiting lists with their reasons, overrides, re-placement. */
@HouseTest
@Req({"P17", "R62", "P1"})
class SectionsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenSeats seats;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID term;
    UUID monday;
    UUID klass;
    Visitor office;

    @BeforeEach
    void a_school() {
        school = given.school();
        term = seats.termToChangeIn(school);
        monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        klass = terms.schoolClass(school, 3, 1);
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void the_office_reads_every_waiting_list_with_the_reason_of_its_order() {
        List<UUID> pupils = terms.pupils(school, klass, 4);
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        seats.seat(school, pupils.get(0), chess);
        seats.waits(school, term, pupils.get(1), chess, 31_000_004, "ask");
        seats.waits(school, term, pupils.get(2), chess, 20_000_088, "yes");
        String page = office.get("/seats/sections/" + chess).body();
        assertThat(page).contains("第 2 组，那天没有社团，随机序号 89").contains("第 3 组，那天已有社团，随机序号 5").doesNotContain("?placement");
        assertThat(page.indexOf("随机序号 89")).isLessThan(page.indexOf("随机序号 5"));
        assertThat(office.get("/seats").body()).contains("社团CHESS").contains("1 / 1").doesNotContain("?placement");
        assertThat(office.get("/seats?q=" + Visitor.encode("学生申")).body()).contains("/seats/children/" + pupils.get(1));
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get("/seats/sections/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(given.school(), Role.OFFICE)).get("/seats/sections/" + chess).statusCode()).as("another school's section").isEqualTo(404);
    }

    @Test
    void an_override_needs_a_reason_is_counted_and_its_room_goes_with_the_child() {
        List<UUID> pupils = terms.pupils(school, klass, 3);
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 5, monday);
        seats.seat(school, pupils.get(0), chess);
        seats.seat(school, pupils.get(1), drama);
        assertThat(office.get("/seats/sections/" + chess + "?q=" + Visitor.encode("学生申")).body()).contains("加入后 2 人，超出名额 1 人").contains("社团DRAMA");
        String way = "/seats/sections/" + chess + "/overrides";
        assertThat(office.post(way, Map.of("pupil", pupils.get(1).toString(), "_key", key())).statusCode()).as("no reason").isEqualTo(422);
        assertThat(office.post(way, Map.of("pupil", pupils.get(1).toString(), "reason", "because", "_key", key())).statusCode()).as("no such reason").isEqualTo(422);
        assertThat(seats.members(school, chess)).hasSize(1);
        String key = key();
        assertThat(office.post(way, Map.of("pupil", pupils.get(1).toString(), "reason", "siblings", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(office.post(way, Map.of("pupil", pupils.get(1).toString(), "reason", "siblings", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(seats.members(school, chess)).containsExactlyInAnyOrder(pupils.get(0), pupils.get(1));
        assertThat(seats.members(school, drama)).isEmpty();
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::capacity).isEqualTo(2);
        assertThat(office.get("/seats").body()).contains("超额 1");
        assertThat(given.in(school, () -> sql.sql("select reason from placement.by_hand where school_id = :s").param("s", school).query(String.class).list())).containsExactly("siblings");
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'placement.override'").param("s", school).query(Long.class).single())).isEqualTo(1);

        UUID seat = given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where school_id = :s and pupil_id = :p").param("s", school).param("p", pupils.get(1)).query(UUID.class).single());
        assertThat(office.post("/seats/children/" + pupils.get(1) + "/seats/" + seat + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(seats.count(school, chess)).extracting(GivenSeats.Count::capacity).isEqualTo(1);
    }

    @Test
    void two_children_of_full_sections_change_places_and_the_effect_is_shown_before() {
        List<UUID> pupils = terms.pupils(school, klass, 2);
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, monday);
        UUID first = seats.seat(school, pupils.get(0), chess);
        UUID second = seats.seat(school, pupils.get(1), drama);
        String one = "/seats/board?day=1&move=" + first + ":" + drama;
        assertThat(office.get(one).body()).contains("data-test=\"effect\"").contains("超出名额").doesNotContain("?placement").doesNotContain("/seats/moves");
        String page = office.get(one + "&move=" + second + ":" + chess).body();
        assertThat(page).contains("/seats/moves").contains("没有填过这个志愿");
        String body = "day=1&reason=family&_key=" + key() + "&move=" + first + ":" + drama + "&move=" + second + ":" + chess + seen(page);
        assertThat(office.postRaw("/seats/moves", body).statusCode()).isEqualTo(303);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(1));
        assertThat(seats.members(school, drama)).containsExactly(pupils.get(0));
        for (UUID s : List.of(chess, drama)) assertThat(seats.count(school, s)).matches(GivenSeats.Count::sound);
    }

    @Test
    void an_older_sight_of_the_sections_changes_nothing() {
        List<UUID> pupils = terms.pupils(school, klass, 2);
        UUID chess = seats.open(school, term, "CHESS", 2, monday);
        UUID drama = seats.open(school, term, "DRAMA", 2, monday);
        UUID first = seats.seat(school, pupils.get(0), chess);
        String page = office.get("/seats/board?day=1&move=" + first + ":" + drama).body();
        seats.seat(school, pupils.get(1), drama);
        String body = "day=1&reason=family&_key=" + key() + "&move=" + first + ":" + drama + seen(page);
        var answer = office.postRaw("/seats/moves", body);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("别人刚刚改动了");
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(0));
    }

    @Test
    void one_move_that_is_impossible_undoes_all_of_them() {
        List<UUID> pupils = terms.pupils(school, klass, 3);
        UUID chess = seats.open(school, term, "CHESS", 2, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, monday);
        UUID first = seats.seat(school, pupils.get(0), chess);
        UUID second = seats.seat(school, pupils.get(1), chess);
        String page = office.get("/seats/board?day=1&move=" + first + ":" + drama).body();
        String body = "day=1&reason=balance&_key=" + key() + "&move=" + first + ":" + drama + "&move=" + second + ":" + drama + seen(page);
        assertThat(office.postRaw("/seats/moves", body).statusCode()).isEqualTo(422);
        assertThat(seats.members(school, chess)).containsExactlyInAnyOrder(pupils.get(0), pupils.get(1));
        assertThat(seats.members(school, drama)).isEmpty();
        for (UUID s : List.of(chess, drama)) assertThat(seats.count(school, s)).matches(GivenSeats.Count::sound);
    }

    @Test
    void seats_by_time_are_off_unless_the_rules_say_otherwise() {
        seats.open(school, term, "CHESS", 2, monday);
        assertThat(office.get("/seats").body()).contains("现在的规则不允许先到先得");
        assertThat(office.post("/seats/rush", Map.of("opens", "2026-12-01T20:00", "hours", "24")).statusCode()).isEqualTo(422);
        assertThat(given.in(school, () -> sql.sql("select count(*) from placement.section_seats where school_id = :s and opens_at is not null").param("s", school).query(Long.class).single())).isZero();
    }

    private static String seen(String page) {
        StringBuilder all = new StringBuilder();
        Matcher m = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"").matcher(page);
        while (m.find()) all.append("&seen=").append(m.group(1));
        return all.toString();
    }
}
