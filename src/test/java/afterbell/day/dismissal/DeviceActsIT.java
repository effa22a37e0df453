package afterbell.day.dismissal;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.Teacher;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Acts that a device kept while it had no network, as they arrive: late, twice, out of order, from a wrong clock, and with things done that the house would have refused. */
@HouseTest
class DeviceActsIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;
    private static final long SEED = 20261013;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Roster roster;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;

    @BeforeEach
    void four_of_six_are_in_a_club() {
        world = fresh();
    }

    private World fresh() {
        World made = afternoons.world(6, 4);
        given.in(made.school(), () -> days.open(made.school(), DAY));
        given.in(made.school(), () -> {
            days.replan(made.school(), DAY);
            return true;
        });
        afternoons.at("17:40");
        return made;
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req({"P7", "R86"})
    void a_release_without_a_network_to_somebody_barred_an_hour_ago_is_recorded_and_red() {
        UUID child = world.inClub().getFirst();
        UUID father = taker(child);
        Visitor coach = teacher(world.coach());
        String list = coach.get("/gate/list").body();
        assertThat(list).as("the list as it was").contains(child + "." + father);
        bar(child, father);
        String act = act("release", "17:35", "\"pupil\":\"%s\",\"adult\":\"%s\",\"seen\":\"%s\"".formatted(child, father, moment("17:30")));
        HttpResponse<String> answer = send(coach, act);
        assertThat(answer.body()).contains("\"answer\":\"done\"").contains("\"recorded\":1").contains("\"unclear\":1");
        ChildStanding now = standing(child);
        assertThat(now.state()).isEqualTo(State.COLLECTED);
        assertThat(now.red()).isTrue();
        assertThat(now.alarms()).contains("RELEASE_DOUBTED");
        long before = events();
        assertThat(send(coach, act).body()).contains("\"known\":1").contains("\"recorded\":0");
        assertThat(events()).isEqualTo(before);
        assertThat(coach.get("/afternoon/unclear").body()).contains("请马上告诉值班领导").contains("17:35").doesNotContain("法院");
        // With a network the same tap is refused before anything happens.
        UUID other = world.inClub().get(1);
        UUID uncle = taker(other);
        bar(other, uncle);
        assertThat(coach.get("/gate/list").body()).doesNotContain(other + "." + uncle);
        count(coach, world.club(), world.inClub());
        assertThat(coach.postRaw("/gate/list", "_key=" + UUID.randomUUID() + "&hand=" + other + "." + uncle).statusCode()).isEqualTo(422);
        assertThat(standing(other).state()).isEqualTo(State.PRESENT);
    }

    @Test
    @Req("R85")
    void a_line_without_a_network_is_recorded_child_by_child_and_red_where_no_consent_holds() {
        List<UUID> club = world.inClub();
        consent(club.get(0), "class-line");
        consent(club.get(1), "walk-home");
        Visitor coach = teacher(world.coach());
        assertThat(coach.get("/gate/list").body()).contains("data-session=\"" + world.club() + "\"");
        String act = act("line", "17:38", "\"session\":\"%s\",\"present\":%s,\"absent\":%s".formatted(world.club(), json(club.subList(0, 3)), json(club.subList(3, 4))));
        // The roll of the session comes after its end: the phone sent in any order.
        send(coach, act);
        send(coach, act("roll", "17:02", "\"session\":\"%s\",\"present\":%s,\"absent\":[]".formatted(world.club(), json(club))));
        assertThat(club.stream().map(p -> standing(p).state())).containsExactly(State.WITH_LINE, State.WALKED_HOME, State.WITH_LINE, State.PRESENT);
        assertThat(club.stream().map(p -> standing(p).red())).containsExactly(false, false, true, false);
    }

    @Test
    @Req({"R82", "R85", "P7"})
    void a_line_without_a_network_that_took_along_who_was_at_the_infirmary_is_red_and_calls_the_leader_once() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        consent(club.get(3), "walk-home");
        given.staff(world.school(), Role.DUTY_LEADER);
        Visitor coach = teacher(world.coach());
        count(coach, world.club(), club);
        for (UUID out : club.subList(0, 2)) send(coach, act("out", "17:20", "\"session\":\"%s\",\"pupil\":\"%s\",\"word\":\"INFIRMARY\"".formatted(world.club(), out)));
        send(coach, act("line", "17:38", "\"session\":\"%s\",\"present\":%s,\"absent\":[]".formatted(world.club(), json(club))));
        assertThat(club.stream().map(p -> standing(p).state())).containsOnly(State.WITH_LINE);
        assertThat(club.stream().map(p -> standing(p).red())).containsExactly(true, true, false, false);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from messaging.notice where school_id = :s and kind = 'custody.red' and urgent").param("s", world.school()).query(Long.class).single())).as("two children of one line, one call").isOne();
    }

    @Test
    @Req({"R84", "P7"})
    void a_child_that_is_none_of_the_teachers_any_more_takes_no_other_ones_release_away() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        Visitor coach = teacher(world.coach());
        UUID elsewhere = world.pupils().get(5);
        UUID unknown = UUID.randomUUID();
        List<UUID> all = new ArrayList<>(club);
        all.add(elsewhere);
        all.add(unknown);
        HttpResponse<String> answer = send(coach, act("line", "17:38", "\"session\":\"%s\",\"present\":%s,\"absent\":[]".formatted(world.club(), json(all))));
        assertThat(answer.body()).contains("\"recorded\":4", elsewhere.toString(), unknown.toString());
        assertThat(club.stream().map(p -> standing(p).state())).containsOnly(State.WITH_LINE);
        assertThat(standing(elsewhere).entries()).isZero();
    }

    @Test
    @Req("P7")
    void who_goes_by_an_old_list_without_the_duty_leaders_code_stands_in_the_audit() {
        UUID child = world.inClub().getFirst();
        UUID mother = taker(child);
        UUID second = world.inClub().get(1);
        UUID grandma = taker(second);
        Visitor coach = teacher(world.coach());
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        String code = leader.get("/gate/list").body().replaceAll("(?s).*今天的带班口令 (\\d{6}).*", "$1");
        assertThat(code).matches("\\d{6}");
        assertThat(coach.get("/gate/list").body()).doesNotContain(code);
        assertThat(coach.get("/afternoon/kit").body()).contains("\"minutes\":20").doesNotContain(code);
        send(coach, act("release", "17:35", "\"pupil\":\"%s\",\"adult\":\"%s\",\"seen\":\"%s\",\"code\":\"%s\"".formatted(child, mother, moment("17:05"), code)));
        assertThat(audited()).isZero();
        send(coach, act("release", "17:35", "\"pupil\":\"%s\",\"adult\":\"%s\",\"seen\":\"%s\"".formatted(second, grandma, moment("17:05"))));
        assertThat(audited()).isOne();
        assertThat(standing(second).state()).isEqualTo(State.COLLECTED);
    }

    @Test
    @Req("R84")
    void the_same_acts_in_any_order_and_sent_twice_end_the_same() {
        List<List<State>> ends = new ArrayList<>();
        Random random = new Random(SEED);
        for (int round = 0; round < 4; round++) {
            World here = round == 0 ? world : fresh();
            world = here;
            Visitor carer = teacher(here.carer());
            List<UUID> p = here.pupils();
            List<String> acts = new ArrayList<>(List.of(
                    roll("16:03", here.own(), p.subList(1, 6), p.subList(0, 1)),
                    roll("16:06", here.own(), p.subList(0, 5), p.subList(5, 6)),
                    roll("16:09", here.own(), p.subList(1, 6), p.subList(0, 1)),
                    act("out", "16:12", "\"session\":\"%s\",\"pupil\":\"%s\",\"word\":\"TOILET\"".formatted(here.own(), p.get(2))),
                    act("back", "16:15", "\"session\":\"%s\",\"pupil\":\"%s\"".formatted(here.own(), p.get(2))),
                    act("out", "16:20", "\"session\":\"%s\",\"pupil\":\"%s\",\"word\":\"INFIRMARY\"".formatted(here.own(), p.get(3)))));
            if (round > 0) Collections.shuffle(acts, random);
            for (String act : acts) send(carer, act);
            long once = events();
            Collections.reverse(acts);
            send(carer, acts.toArray(String[]::new));
            assertThat(events()).as("sent again nothing is doubled (seed %d)", SEED).isEqualTo(once);
            given.in(here.school(), () -> days.tick(here.school()));
            ends.add(p.stream().map(c -> standing(c).state()).toList());
        }
        assertThat(ends).as("seed %d", SEED).containsOnly(ends.getFirst());
        assertThat(ends.getFirst().getFirst()).isIn(State.MISSING, State.TRACED);
    }

    @Test
    @Req("R79")
    void a_wrong_clock_is_put_right_an_act_of_the_future_is_of_now_and_a_roll_for_yesterday_is_told_so() {
        Visitor carer = teacher(world.carer());
        UUID child = world.pupils().getFirst();
        String late = roll("16:05", world.own(), List.of(child), List.of());
        HttpResponse<String> answer = carer.post("/afternoon/acts", Map.of("acts", "[" + late.replace(moment("16:05").toString(), moment("16:05").plus(3, ChronoUnit.DAYS).toString()) + "]", "sent", moment("17:40").plus(3, ChronoUnit.DAYS).toString()));
        assertThat(answer.body()).contains("\"recorded\":1");
        assertThat(entries(child)).extracting(e -> e.truncatedTo(ChronoUnit.MINUTES)).containsExactly(moment("16:05"));
        UUID second = world.pupils().get(1);
        send(carer, roll("16:05", world.own(), List.of(second), List.of()).replace(moment("16:05").toString(), moment("19:30").toString()));
        assertThat(entries(second).getFirst()).as("nothing happens in the future").isBefore(moment("17:45"));
        afternoons.on(DAY.plusDays(1), "16:05");
        Visitor next = teacher(world.carer());
        UUID third = world.pupils().get(2);
        String kept = roll("16:05", world.own(), List.of(third), List.of());
        String wrong = roll("16:05", world.own(), List.of(world.pupils().get(3)), List.of()).replace(moment("16:05").toString(), moment("16:05").plus(1, ChronoUnit.DAYS).toString());
        String sent = moment("16:05").plus(1, ChronoUnit.DAYS).toString();
        assertThat(next.post("/afternoon/acts", Map.of("acts", "[" + wrong + "]", "sent", sent)).body()).contains("another_day");
        assertThat(next.post("/afternoon/acts", Map.of("acts", "[" + kept + "]", "sent", sent)).body()).as("what was kept over night is of the day it happened").contains("\"recorded\":1");
        assertThat(standing(world.pupils().get(3)).entries()).isZero();
    }

    @Test
    @Req({"R8", "P10"})
    void the_kit_is_of_one_person_and_one_day_and_gone_once_the_school_is_clear() {
        Visitor coach = teacher(world.coach());
        Visitor carer = teacher(world.carer());
        String kit = coach.get("/afternoon/kit").body();
        assertThat(kit).contains("/sessions/" + world.club() + "/roll-call").doesNotContain(world.own().toString()).contains("/gate/list").contains("\"day\":\"" + DAY + "\"");
        assertThat(key(kit)).isNotEqualTo(key(carer.get("/afternoon/kit").body())).isEqualTo(key(teacher(world.coach()).get("/afternoon/kit").body()));
        assertThat(coach.get("/afternoon/kit").headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(visitors.signedIn(given.staff(world.school(), Role.OFFICE)).get("/afternoon/kit").body()).as("pages that the office may not open").contains("\"pages\":[]");
        given.in(world.school(), () -> sql.sql("insert into dismissal.clearing (school_id, day, cleared_at, cleared_by, children, proof) values (:s, :d, :at, :by, 6, sha256('x'))")
                .param("s", world.school())
                .param("d", DAY)
                .param("at", Timestamp.from(moment("17:39")))
                .param("by", world.carer().account())
                .update());
        assertThat(coach.get("/afternoon/kit").body()).as("a clearing with children still open holds nothing").contains("\"key\"");
        given.in(world.school(), () -> sql.sql("update custody.standing set closed = true, red = false where school_id = :s and day = :d").param("s", world.school()).param("d", DAY).update());
        assertThat(coach.get("/afternoon/kit").body()).doesNotContain("\"key\"").contains("\"pages\":[]");
    }

    @Test
    @Req({"R8", "R84"})
    void what_somebody_did_before_he_lost_the_post_is_told_by_him_and_of_him() {
        List<UUID> club = world.inClub();
        consent(club.getFirst(), "class-line");
        Visitor coach = teacher(world.coach());
        Teacher second = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        afternoons.at("17:30");
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        leader.get("/duty/days/" + DAY);
        assertThat(leader.post("/duty/days/" + DAY + "/posts/session." + world.club(), Map.of("staff", second.staff().toString(), "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        afternoons.at("17:40");
        String late = roll("17:02", world.club(), club, List.of());
        assertThat(send(coach, late).body()).contains("\"answer\":\"done\"").contains("\"recorded\":4");
        assertThat(standing(club.get(1)).custodian()).as("he had them then").isEqualTo(world.coach().staff());
        String line = act("line", "17:29", "\"session\":\"%s\",\"present\":%s".formatted(world.club(), json(club.subList(0, 1))));
        assertThat(send(coach, line).body()).contains("\"answer\":\"done\"").contains("\"recorded\":1");
        assertThat(standing(club.getFirst()).state()).isEqualTo(State.WITH_LINE);
        assertThat(send(coach, late, line).body()).as("sent again").contains("\"recorded\":0").doesNotContain("\"answer\":\"refused\"");
        // The one who came in his place counts them too; then a tap of his own of before arrives.
        Visitor substitute = teacher(second);
        send(substitute, roll("17:35", world.club(), club.subList(1, 4), List.of()));
        assertThat(send(coach, act("out", "17:20", "\"session\":\"%s\",\"pupil\":\"%s\",\"word\":\"TOILET\"".formatted(world.club(), club.get(1)))).body()).contains("\"answer\":\"done\"");
        assertThat(club.subList(1, 4)).allSatisfy(p -> {
            assertThat(standing(p).state()).isEqualTo(State.PRESENT);
            assertThat(standing(p).custodian()).isEqualTo(second.staff());
        });
        // With a network the post counts as it stands.
        assertThat(coach.get("/sessions/" + world.club() + "/roll-call").statusCode()).isIn(200, 404);
    }

    @Test
    @Req({"R26", "R84"})
    void a_roll_of_before_the_rain_is_recorded_though_the_session_is_dropped_by_now() {
        List<UUID> club = world.inClub();
        Visitor coach = teacher(world.coach());
        afternoons.at("17:20");
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        leader.get("/duty/days/" + DAY);
        assertThat(leader.post("/duty/days/" + DAY + "/drops", Map.of("session", world.club().toString(), "reason", "weather", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        afternoons.at("17:40");
        assertThat(send(coach, roll("17:02", world.club(), club, List.of())).body()).contains("\"answer\":\"done\"").contains("\"recorded\":4");
        assertThat(club).allSatisfy(p -> {
            assertThat(standing(p).state()).isEqualTo(State.BETWEEN);
            assertThat(standing(p).custodian()).isEqualTo(world.coach().staff());
        });
    }

    @Test
    void nobody_speaks_for_children_who_are_none_of_his_business() {
        Teacher stranger = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        Visitor v = teacher(stranger);
        UUID child = world.inClub().getFirst();
        UUID mother = taker(child);
        assertThat(send(v, act("release", "17:35", "\"pupil\":\"%s\",\"adult\":\"%s\"".formatted(child, mother))).body()).contains("not-found");
        assertThat(send(v, act("line", "17:35", "\"session\":\"%s\",\"present\":%s".formatted(world.club(), json(world.inClub())))).body()).contains("not-found");
        assertThat(send(v, act("release", "17:35", "\"pupil\":\"%s\"".formatted(child))).body()).contains("not-found");
        assertThat(send(v, act("release", "17:35", "\"pupil\":\"%s\",\"adult\":\"%s\"".formatted(UUID.randomUUID(), mother))).body()).contains("not-found");
        assertThat(v.get("/gate/list").body()).doesNotContain(child.toString());
        assertThat(events()).isZero();
    }

    @Test
    void a_sheet_of_paper_for_each_session_and_a_worker_at_its_one_address() {
        String paper = teacher(world.carer()).get("/afternoon/paper").body();
        assertThat(paper.split("class=\"sheet\"", -1)).as("16:00 and 17:00").hasSize(3);
        assertThat(teacher(world.coach()).get("/afternoon/paper").body().split("class=\"sheet\"", -1)).hasSize(2);
        Visitor leaves = teacher(world.coach());
        assertThat(leaves.post("/sign-out", Map.of("_key", UUID.randomUUID().toString())).headers().firstValue("Clear-Site-Data")).hasValue("\"cache\"");
        HttpResponse<String> worker = visitors.stranger().get("/sw.js");
        assertThat(worker.headers().firstValue("Content-Type")).hasValueSatisfying(t -> assertThat(t).startsWith("text/javascript"));
        assertThat(worker.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(worker.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(p -> assertThat(p).contains("worker-src 'self'").doesNotContain("unsafe"));
    }

    private Visitor teacher(Teacher teacher) {
        Visitor v = visitors.signedIn(teacher.user());
        v.get("/sign-in");
        v.get("/afternoon");
        v.get("/gate");
        return v;
    }

    private HttpResponse<String> send(Visitor v, String... acts) {
        return v.post("/afternoon/acts", Map.of("acts", List.of(acts).toString(), "sent", moment("17:40").toString()));
    }

    private void count(Visitor v, UUID session, List<UUID> pupils) {
        send(v, act("roll", "17:02", "\"session\":\"%s\",\"present\":%s,\"absent\":[]".formatted(session, json(pupils))));
    }

    private String roll(String at, UUID session, List<UUID> present, List<UUID> absent) {
        return act("roll", at, "\"session\":\"%s\",\"present\":%s,\"absent\":%s".formatted(session, json(present), json(absent)));
    }

    private String act(String kind, String at, String rest) {
        return "{\"act\":\"%s\",\"key\":\"%s\",\"at\":\"%s\",%s}".formatted(kind, UUID.randomUUID(), moment(at), rest);
    }

    private Instant moment(String time) {
        return afternoons.moment(time);
    }

    private static String json(List<UUID> pupils) {
        return pupils.stream().map(p -> "\"" + p + "\"").toList().toString();
    }

    private static String key(String kit) {
        return kit.replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    }

    private ChildStanding standing(UUID pupil) {
        ChildStanding found = given.in(world.school(), () -> days.standings(world.school(), DAY, List.of(pupil))).get(pupil);
        assertThat(found).isNotNull();
        return found;
    }

    private List<Instant> entries(UUID pupil) {
        return given.in(world.school(), () -> days.day(world.school(), DAY, pupil)).orElseThrow().entries().stream().map(e -> e.at()).toList();
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s").param("s", world.school()).query(Long.class).single());
    }

    private long audited() {
        return given.in(world.school(), () -> sql.sql("select count(*) from audit.entry where action = 'dismissal.released_by_old_list' and school_id = :s").param("s", world.school()).query(Long.class).single());
    }

    private UUID taker(UUID child) {
        UUID adult = UUID.randomUUID();
        given.in(world.school(), () -> {
            roster.addAdults(world.school(), List.of(new Roster.NewAdult(adult, null, "来接的人")));
            roster.addRelations(world.school(), List.of(new Roster.NewRelation(child, adult, "guardian", "")));
            return true;
        });
        return adult;
    }

    private void bar(UUID child, UUID adult) {
        given.in(world.school(), () -> sql.sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, person_key, name_sealed, document_sealed, said_sealed, made_at, made_by)
                values (:s, :id, :p, :a, '\\x00', '\\x00', '\\x00', '\\x00', :at, :by)
                """)
                .param("s", world.school())
                .param("id", UUID.randomUUID())
                .param("p", child)
                .param("a", adult)
                .param("at", Timestamp.from(moment("16:40")))
                .param("by", UUID.randomUUID())
                .update());
    }

    private void consent(UUID child, String kind) {
        given.in(world.school(), () -> {
            roster.addConsents(world.school(), List.of(new Roster.NewConsent(UUID.randomUUID(), child, kind, List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), moment("08:00"))));
            return true;
        });
    }
}
