package afterbell.term.placement.marking;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.term.enrolment.EnrolmentEvent;
import afterbell.term.placement.engine.Lottery;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A teacher marks the applicants of an auditioned section; the draw takes it up, and nothing can be said after the lottery. */
@HouseTest
@Req("P5")
class MarkingIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Roster roster;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void the_last_of_the_lottery_gets_the_only_place_where_the_teacher_sees_that_child_first() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 4);
        UUID elsewhere = terms.pupil(school, terms.schoolClass(school, 4, 2));
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 1));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        String other = given.staff(school, Role.SERVICE_TEACHER);
        leads(school, teacher, chess, "T1");
        leads(school, other, drama, "T2");
        given.in(school, () -> sql.sql("update programme.offering o set auditioned = true from programme.section x where x.school_id = :s and x.section_id = :x and o.school_id = x.school_id and o.offering_id = x.offering_id").param("s", school).param("x", chess).update());
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, drama);
        }
        sheet(school, round, elsewhere);
        wish(school, round, elsewhere, monday, 1, drama);
        Visitor coach = visitors.signedIn(teacher);
        String page = "/marking/" + chess;
        assertThat(coach.get(page).statusCode()).as("before the sheets are frozen").isEqualTo(404);
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });

        assertThat(coach.get("/").body()).contains(page);
        assertThat(coach.get(page).body()).contains("band-" + pupils.getFirst()).contains("3年级1班").contains("中国福彩3D").doesNotContain("band-" + elsewhere).doesNotContain("社团DRAMA").doesNotContain("?placement");
        assertThat(visitors.signedIn(other).get(page).statusCode()).as("somebody else's section").isEqualTo(404);
        assertThat(visitors.signedIn(other).post(page, Map.of("band-" + pupils.getFirst(), "1")).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(other).get("/marking/" + drama).statusCode()).as("not auditioned").isEqualTo(404);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get(page).statusCode()).isEqualTo(403);
        assertThat(visitors.signedIn(given.guardian(school, pupils.getFirst())).get(page).statusCode()).isEqualTo(403);

        UUID last = lastOfTheLottery(school, pupils, elsewhere, "3D 358");
        Map<String, String> sent = new HashMap<>();
        pupils.stream().filter(p -> !p.equals(last)).forEach(p -> sent.put("band-" + p, "1"));
        assertThat(coach.post(page, Map.of("band-" + last, "7")).statusCode()).isEqualTo(422);
        assertThat(coach.post(page, Map.of("band-" + elsewhere, "1")).statusCode()).as("did not ask for it").isEqualTo(404);
        assertThat(coach.post(page, Map.of("no-" + pupils.getFirst(), "level")).statusCode()).as("a fifth of four is nobody").isEqualTo(422);
        assertThat(coach.post(page, Map.of("no-" + elsewhere, "level")).statusCode()).isEqualTo(404);
        assertThat(coach.post(page, sent).statusCode()).isEqualTo(303);
        String console = "/draws/" + round;
        assertThat(office.get(console).body()).contains("data-test=\"marking\"").contains("看过 3 / 4").doesNotContain("?placement");
        assertThat(coach.post(page, Map.of("rest", "yes")).statusCode()).isEqualTo(303);
        assertThat(office.get(console).body()).contains("看过 4 / 4");

        office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(coach.post(page, Map.of("band-" + last, "1")).statusCode()).as("after the lottery").isEqualTo(422);
        assertThat(coach.get(page).body()).contains("已经截止").doesNotContain("band-");
        assertThat(office.post(console + "/runs", Map.of("order", "fair")).statusCode()).isEqualTo(303);
        UUID run = given.in(school, () -> sql.sql("select run_id from placement.run where school_id = :s").param("s", school).query(UUID.class).single());
        await(school, run);
        assertThat(file(school, run, "bands.csv").lines()).hasSize(4);
        assertThat(file(school, run, "result.csv").lines().filter(l -> l.contains(",CHESS,")).toList()).singleElement().asString().startsWith(last.toString());
        assertThat(office.post(console + "/runs/" + run + "/verification", Map.of()).body()).as("marks came after the commitment, which still opens").contains("核对无误");
    }

    @Test
    @Req("R33")
    void a_declined_child_is_passed_over_reads_the_reason_and_can_not_take_the_free_place_itself() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 5);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 20));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        leads(school, teacher, chess, "T1");
        given.in(school, () -> sql.sql("update programme.offering o set auditioned = true from programme.section x where x.school_id = :s and x.section_id = :x and o.school_id = x.school_id and o.offering_id = x.offering_id").param("s", school).param("x", chess).update());
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, drama);
        }
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        UUID declined = pupils.getLast();
        Visitor coach = visitors.signedIn(teacher);
        String page = "/marking/" + chess;
        assertThat(coach.get(page).body()).contains("最多 1 个").doesNotContain("?placement");
        assertThat(coach.post(page, Map.of("no-" + declined, "rude")).statusCode()).isEqualTo(422);
        assertThat(coach.post(page, Map.of("no-" + declined, "absent")).statusCode()).isEqualTo(303);
        assertThat(coach.post(page, Map.of("no-" + pupils.getFirst(), "level")).statusCode()).as("one of five, not two").isEqualTo(422);

        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        office.get(console);
        office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(office.post(console + "/runs", Map.of("order", "fair")).statusCode()).isEqualTo(303);
        UUID run = given.in(school, () -> sql.sql("select run_id from placement.run where school_id = :s").param("s", school).query(UUID.class).single());
        await(school, run);
        assertThat(file(school, run, "result.csv")).contains(declined + ",0,DRAMA,2").doesNotContain(declined + ",0,CHESS");
        assertThat(office.post(console + "/runs/" + run + "/verification", Map.of()).body()).as("the lists as families made them are what was committed to").contains("核对无误");
        office.post(console + "/runs/" + run + "/closings", Map.of());
        assertThat(office.post(console + "/runs/" + run + "/publication", Map.of()).statusCode()).isEqualTo(303);

        Visitor family = visitors.signedIn(given.guardian(school, declined));
        String result = family.get("/children/" + declined + "/result").body();
        assertThat(result).contains("孩子没有来试课").contains("#objection").doesNotContain("?placement");
        UUID seat = given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where pupil_id = :p").param("p", declined).query(UUID.class).single());
        assertThat(family.get("/children/" + declined + "/seats").body()).as("nothing is offered that would be refused").doesNotContain(chess.toString());
        assertThat(family.post("/children/" + declined + "/seats", Map.of("_key", UUID.randomUUID().toString(), "section", chess.toString(), "giving", seat.toString())).body()).contains("没有收");
    }

    private UUID lastOfTheLottery(UUID school, List<UUID> pupils, UUID elsewhere, String value) {
        byte[] seed = given.in(school, () -> sql.sql("select seed from placement.lottery where school_id = :s").param("s", school).query(byte[].class).single());
        List<String> all = java.util.stream.Stream.concat(pupils.stream(), java.util.stream.Stream.of(elsewhere)).map(UUID::toString).toList();
        return UUID.fromString(Lottery.order(HexFormat.of().formatHex(seed), value, all).stream().filter(p -> !p.equals(elsewhere.toString())).toList().getLast());
    }

    private void leads(UUID school, String user, UUID section, String code) {
        UUID staff = ids.next();
        given.in(school, () -> {
            UUID account = sql.sql("select account_id from identity.account where user_name = :u").param("u", user).query(UUID.class).single();
            roster.addStaff(school, List.of(new StaffMember(staff, account, code, "林老师", "lls", "teacher", "")));
            return sql.sql("insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :x, :t, true)").param("s", school).param("x", section).param("t", staff).update();
        });
    }

    private String file(UUID school, UUID run, String name) {
        return given.in(school, () -> sql.sql("select convert_from(content, 'UTF8') from placement.run_file where school_id = :s and run_id = :r and name = :n").param("s", school).param("r", run).param("n", name).query(String.class).single());
    }

    private UUID closedRound(UUID school, UUID term) {
        UUID round = ids.next();
        java.sql.Timestamp now = java.sql.Timestamp.from(clock.instant());
        java.sql.Timestamp before = java.sql.Timestamp.from(clock.instant().minus(Duration.ofDays(3)));
        given.in(school, () -> sql.sql("insert into enrolment.round (school_id, round_id, term_id, name, opens_at, closes_at, review_until, state, closed_at) values (:s, :r, :t, '第一轮', :a, :b, :b, 'closed', :b)")
                .param("s", school).param("r", round).param("t", term).param("a", before).param("b", now).update());
        return round;
    }

    private void sheet(UUID school, UUID round, UUID pupil) {
        given.in(school, () -> {
            sql.sql("insert into enrolment.sheet (school_id, round_id, pupil_id, takes_part, waiting, saved_at, version) values (:s, :r, :p, true, 'yes', :at, 1)")
                    .param("s", school).param("r", round).param("p", pupil).param("at", java.sql.Timestamp.from(clock.instant())).update();
            return sql.sql("insert into enrolment.sheet_day (school_id, round_id, pupil_id, weekday, until_ordinal) select :s, :r, :p, d, 2 from generate_series(1, 5) d")
                    .param("s", school).param("r", round).param("p", pupil).update();
        });
    }

    private void wish(UUID school, UUID round, UUID pupil, UUID slot, int rank, UUID section) {
        given.in(school, () -> sql.sql("insert into enrolment.wish (school_id, round_id, pupil_id, slot_id, rank, section_id) values (:s, :r, :p, :l, :k, :x)")
                .param("s", school).param("r", round).param("p", pupil).param("l", slot).param("k", rank).param("x", section).update());
    }

    private void await(UUID school, UUID run) throws InterruptedException {
        Instant limit = Instant.now(Clock.systemUTC()).plusSeconds(90);
        while (Instant.now(Clock.systemUTC()).isBefore(limit)) {
            String state = given.in(school, () -> sql.sql("select state || coalesce(failure, '') from placement.run where school_id = :s and run_id = :r").param("s", school).param("r", run).query(String.class).single());
            if (state.equals("solved")) return;
            assertThat(state).doesNotContain("failed");
            Thread.sleep(200);
        }
        throw new AssertionError("the run was not solved in time");
    }
}
