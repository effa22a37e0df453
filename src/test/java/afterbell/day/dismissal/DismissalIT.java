package afterbell.day.dismissal;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class DismissalIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays childDays;

    @Autowired
    Roster roster;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;

    /** Four of a class of six are in the club with its coach, which ends at 17:50; the other two are with the carer. */
    @BeforeEach
    void everybody_is_in_the_last_session() {
        world = afternoons.world(6, 4);
        given.in(world.school(), () -> childDays.open(world.school(), DAY));
        // The house's own clock may have opened the day while this world was still being made.
        given.in(world.school(), () -> {
            childDays.replan(world.school(), DAY);
            return true;
        });
        afternoons.at("17:05");
        tell(world.pupils().stream()
                .map(p -> world.inClub().contains(p) ? counted(p, world.coach().staff(), world.club()) : counted(p, world.carer().staff(), world.ownLater()))
                .toList());
        afternoons.at("17:50");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req({"R85", "R86"})
    void one_tap_lets_those_go_whose_guardian_agreed_and_keeps_the_named_and_the_uncovered() {
        List<UUID> club = world.inClub();
        consent(club.get(0), "class-line");
        consent(club.get(1), "class-line");
        consent(club.get(2), "walk-home");
        Visitor coach = visitors.signedIn(world.coach().user());
        HttpResponse<String> page = coach.get("/lines/" + world.club());
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> left = coach.postRaw("/lines/" + world.club() + "/release", "_key=" + UUID.randomUUID() + children(club) + "&stays=" + club.get(1));
        assertThat(left.statusCode()).isEqualTo(303);
        assertThat(states(club)).containsExactly(State.WITH_LINE, State.PRESENT, State.WALKED_HOME, State.PRESENT);
        assertThat(states(world.pupils().subList(4, 6))).containsOnly(State.PRESENT);
    }

    @Test
    @Req({"R85", "R86"})
    void whose_family_comes_late_is_in_no_line_until_it_says_that_it_comes_in_time() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        UUID late = club.getFirst();
        afternoons.at("17:30");
        Visitor parent = visitors.signedIn(given.guardian(world.school(), late));
        String today = "/children/" + late + "/today";
        parent.get(today);
        assertThat(parent.postRaw("/children/" + late + "/late", "_key=" + UUID.randomUUID() + "&time=18:20").statusCode()).isEqualTo(303);
        assertThat(parent.get(today).body()).contains("/children/" + late + "/late/withdrawal");
        Visitor coach = visitors.signedIn(world.coach().user());
        assertThat(lineOf(coach.get("/gate/list").body())).as("the dated list of a phone").doesNotContain(late.toString()).contains(club.get(1).toString());
        afternoons.at("17:50");
        assertThat(coach.get("/lines/" + world.club()).body()).contains("18:20 到");
        letGo(world.coach(), world.club(), club.subList(0, 2));
        assertThat(states(club.subList(0, 2))).containsExactly(State.PRESENT, State.WITH_LINE);
        assertThat(coach.get("/gate/" + late).body()).contains("家长说 18:20 来接");
        assertThat(parent.postRaw("/children/" + late + "/late/withdrawal", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(visitors.signedIn(given.guardian(world.school(), club.get(2))).postRaw("/children/" + late + "/late/withdrawal", "_key=" + UUID.randomUUID()).statusCode()).as("none of his business").isIn(403, 404);
        letGo(world.coach(), world.club(), club);
        assertThat(states(club)).containsOnly(State.WITH_LINE);
    }

    @Test
    @Req("R85")
    void a_bus_and_grades_that_leave_one_by_one_are_in_no_line_of_the_dated_list_either() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        Visitor coach = visitors.signedIn(world.coach().user());
        assertThat(lineOf(coach.get("/gate/list").body())).contains(club.getFirst().toString());
        given.in(world.school(), () -> sql.sql("insert into dismissal.band_way (school_id, band, way, set_by, set_at) select :s, band, 'one_by_one', :by, :at from schools.pub_grade where school_id = :s and grade = 3")
                .param("s", world.school())
                .param("by", new UUID(0, 1))
                .param("at", java.sql.Timestamp.from(afternoons.moment("08:00")))
                .update());
        assertThat(coach.get("/gate/list").body()).contains(club.getFirst().toString()).doesNotContain("data-act=\"line\"");
    }

    @Test
    @Req({"R82", "R85"})
    void who_is_out_of_the_room_stays_behind_the_line_until_its_teacher_says_that_it_is_back() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        UUID ill = club.getFirst();
        tell(List.of(toldOf(ill, new Fact.CalledOut(world.coach().staff(), Fact.Where.INFIRMARY), "17:30")));
        Visitor coach = visitors.signedIn(world.coach().user());
        String page = coach.get("/lines/" + world.club()).body();
        assertThat(page.substring(page.indexOf("id=\"others\""))).contains("医务室", ill.toString());
        assertThat(lineOf(coach.get("/gate/list").body())).as("the dated list of a phone").doesNotContain(ill.toString()).contains(club.get(1).toString());
        assertThat(coach.get("/gate/list").body()).contains("医务室");
        letGo(world.coach(), world.club(), club.subList(0, 2));
        assertThat(states(club.subList(0, 2))).containsExactly(State.CALLED_OUT, State.WITH_LINE);
        assertThat(coach.postRaw("/lines/" + world.club() + "/returns", "_key=" + UUID.randomUUID() + "&pupil=" + ill).statusCode()).isEqualTo(303);
        letGo(world.coach(), world.club(), club);
        assertThat(states(club)).containsOnly(State.WITH_LINE);
        assertThat(coach.postRaw("/lines/" + world.club() + "/returns", "_key=" + UUID.randomUUID() + "&pupil=" + ill).statusCode()).as("no longer of this line").isEqualTo(404);
    }

    @Test
    @Req("R87")
    void the_school_is_not_clear_while_a_child_that_was_let_go_is_in_doubt() {
        world.pupils().forEach(p -> consent(p, "class-line"));
        UUID doubted = world.inClub().getFirst();
        UUID stranger = taker(world.pupils().getLast(), "guardian", "父");
        tell(List.of(toldOf(doubted, new Fact.Collected(null, stranger, Fact.Proof.KNOWN_BY_SIGHT), "17:49")));
        letGo(world.coach(), world.club(), world.inClub());
        letGo(world.carer(), world.ownLater(), world.pupils().subList(4, 6));
        blockedBy(doubted, "放走时没有得到允许");
    }

    @Test
    @Req({"R81", "R87"})
    void the_school_is_not_clear_while_a_card_of_a_child_that_never_came_has_come_in() {
        UUID away = oneOfThreeNeverCame();
        tell(List.of(cardOf(away, "17:10")));
        tell(world.pupils().subList(1, 3).stream().map(p -> counted(p, world.carer().staff(), world.ownLater())).toList());
        world.pupils().subList(1, 3).forEach(p -> consent(p, "class-line"));
        letGo(world.carer(), world.ownLater(), world.pupils().subList(1, 3));
        blockedBy(away, "记了没来，卡却刷进来了");
    }

    @Test
    @Req({"R81", "R87"})
    void a_card_that_comes_in_after_the_clearing_ends_it() {
        UUID away = oneOfThreeNeverCame();
        tell(world.pupils().subList(1, 3).stream().map(p -> counted(p, world.carer().staff(), world.ownLater())).toList());
        world.pupils().subList(1, 3).forEach(p -> consent(p, "class-line"));
        letGo(world.carer(), world.ownLater(), world.pupils().subList(1, 3));
        Visitor duty = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        duty.get("/clearing");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        afternoons.at("17:56");
        tell(List.of(cardOf(away, "17:55")));
        blockedBy(away, "记了没来，卡却刷进来了");
        assertThat(given.in(world.school(), () -> sql.sql("select count(*)::int from dismissal.pub_clear where day = :d").param("d", DAY).query(Integer.class).single())).as("the second holds, the first does not").isOne();
    }

    private UUID oneOfThreeNeverCame() {
        world = afternoons.world(3, 0);
        UUID away = world.pupils().getFirst();
        given.in(world.school(), () -> {
            childDays.open(world.school(), DAY);
            childDays.replan(world.school(), DAY);
            return true;
        });
        afternoons.at("17:50");
        tell(List.of(toldOf(away, new Fact.Away(), "08:30")));
        return away;
    }

    private ToldOf cardOf(UUID child, String time) {
        return new ToldOf(child, new Telling(UUID.randomUUID(), afternoons.moment(time), new Teller(UUID.randomUUID(), Set.of(Teller.Duty.DEVICE)), new Fact.Swiped(UUID.randomUUID(), false), true));
    }

    /** Nobody is open, one is red: its remedy stands on the page, and the school is clear once the leader has accounted for it. */
    private void blockedBy(UUID child, String why) {
        Visitor duty = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        assertThat(duty.get("/clearing").body()).contains("/board/children/" + child, why).doesNotContain("全校已清");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(422);
        duty.get("/board/children/" + child);
        assertThat(duty.postRaw("/board/children/" + child + "/account", "_key=" + UUID.randomUUID() + "&where=gone&why=" + Visitor.encode("打电话核实过")).statusCode()).isEqualTo(303);
        duty.get("/clearing");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
    }

    @Test
    @Req("R87")
    void a_child_that_is_opened_again_is_red_on_the_board_and_the_school_is_cleared_a_second_time() {
        world.pupils().forEach(p -> consent(p, "class-line"));
        Visitor duty = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        letGo(world.coach(), world.club(), world.inClub());
        letGo(world.carer(), world.ownLater(), world.pupils().subList(4, 6));
        duty.get("/clearing");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).as("again changes nothing").isEqualTo(303);
        assertThat(duty.get("/board").body()).contains("17:50 已清校").doesNotContain("清校以后，又有");
        afternoons.at("17:54");
        UUID back = world.pupils().get(5);
        duty.get("/gate/" + back);
        assertThat(duty.postRaw("/gate/" + back + "/undo", "_key=" + UUID.randomUUID() + "&why=" + Visitor.encode("还在操场")).statusCode()).isEqualTo(303);
        assertThat(duty.get("/board").body()).contains("清校以后，又有 1 个孩子在校");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(422);
        afternoons.at("17:58");
        letGo(world.carer(), world.ownLater(), List.of(back));
        assertThat(duty.get("/clearing").body()).contains("再登记一次清校");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(duty.get("/clearing").body()).contains("17:58 已清校").doesNotContain("再登记一次清校");
        assertThat(duty.get("/board").body()).contains("17:58 已清校").doesNotContain("清校以后，又有");
        assertThat(given.in(world.school(), () -> sql.sql("select round from dismissal.clearing where day = :d order by cleared_at").param("d", DAY).query(Integer.class).list())).as("the register keeps both").containsExactly(1, 2);
        String register = visitors.signedIn(given.staff(world.school(), Role.OFFICE)).get("/afternoon/registers/clearing?span=day&day=" + DAY).body();
        assertThat(register).contains("17:50", "17:58");
    }

    @Test
    @Req("R86")
    void names_that_are_taken_for_one_another_ask_for_one_tap_more_and_the_act_asks_for_it_too() {
        UUID child = world.inClub().get(0);
        UUID other = world.inClub().get(1);
        rename(child, "张晓明");
        rename(other, "章小敏");
        UUID mother = taker(child, "guardian", "母");
        Visitor coach = visitors.signedIn(world.coach().user());
        String page = coach.get("/gate/" + child).body();
        assertThat(page).contains("是哪一个孩子", "/gate/" + child + "?seen=" + other, "/gate/" + other + "?seen=" + child).doesNotContain("value=\"" + mother + "\"");
        HttpResponse<String> blind = coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother);
        assertThat(blind.statusCode()).isEqualTo(422);
        assertThat(blind.body()).contains("还有名字相近的孩子在校");
        assertThat(coach.postRaw("/gate/list", "_key=" + UUID.randomUUID() + "&hand=" + child + "." + mother).statusCode()).isEqualTo(422);
        assertThat(states(List.of(child))).containsExactly(State.PRESENT);
        assertThat(coach.get("/gate/list").body()).contains("名字相近", "name=\"seen\" value=\"" + other + "\"");
        assertThat(coach.get("/gate/" + child + "?seen=" + other).body()).contains("value=\"" + mother + "\"", "name=\"seen\" value=\"" + other + "\"");
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother + "&seen=" + other).statusCode()).isEqualTo(303);
        assertThat(states(List.of(child, other))).containsExactly(State.COLLECTED, State.PRESENT);
    }

    private void rename(UUID pupil, String name) {
        given.in(world.school(), () -> sql.sql("update roster.pupil set name = :n where school_id = :s and pupil_id = :p").param("n", name).param("s", world.school()).param("p", pupil).update());
    }

    private ToldOf toldOf(UUID pupil, Fact fact, String at) {
        return new ToldOf(pupil, new Telling(UUID.randomUUID(), afternoons.moment(at), new Teller(UUID.randomUUID(), Set.of(Teller.Duty.SERVICE_TEACHER, Teller.Duty.CLASS_TEACHER, Teller.Duty.GATE)), fact, true));
    }

    private static String lineOf(String page) {
        int from = page.indexOf("data-act=\"line\"");
        return from < 0 ? "" : page.substring(from, page.indexOf("</form>", from));
    }

    @Test
    @Req("R85")
    void a_line_posted_twice_or_with_a_child_that_nobody_saw_lets_nobody_go_unseen() {
        List<UUID> club = world.inClub();
        club.forEach(p -> consent(p, "class-line"));
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/lines/" + world.club());
        String body = "_key=" + UUID.randomUUID() + children(club.subList(0, 2));
        assertThat(coach.postRaw("/lines/" + world.club() + "/release", body).statusCode()).isEqualTo(303);
        assertThat(states(club)).containsExactly(State.WITH_LINE, State.WITH_LINE, State.PRESENT, State.PRESENT);
        long before = events();
        coach.postRaw("/lines/" + world.club() + "/release", body);
        assertThat(events()).isEqualTo(before);
    }

    @Test
    @Req({"R86", "P7"})
    void a_child_goes_to_a_person_of_its_list_in_two_taps_and_to_nobody_else() {
        UUID child = world.inClub().getFirst();
        UUID mother = taker(child, "guardian", "母");
        UUID stranger = taker(world.pupils().getLast(), "guardian", "父");
        Visitor coach = visitors.signedIn(world.coach().user());
        assertThat(coach.get("/gate").body()).contains("/gate/" + child);
        assertThat(coach.get("/gate/" + child).body()).contains(mother.toString()).doesNotContain(stranger.toString());
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + stranger).statusCode()).isEqualTo(422);
        assertThat(states(List.of(child))).containsExactly(State.PRESENT);
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(303);
        assertThat(states(List.of(child))).containsExactly(State.COLLECTED);
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(422);
    }

    @Test
    @Req("P7")
    void who_is_kept_away_by_a_paper_stands_on_no_list_and_cannot_take_the_child() {
        UUID child = world.inClub().getFirst();
        UUID father = taker(child, "guardian", "父");
        given.in(world.school(), () -> sql.sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, person_key, name_sealed, document_sealed, said_sealed, made_at, made_by)
                values (:s, :id, :p, :a, '\\x00', '\\x00', '\\x00', '\\x00', :at, :by)
                """)
                .param("s", world.school())
                .param("id", UUID.randomUUID())
                .param("p", child)
                .param("a", father)
                .param("at", java.sql.Timestamp.from(afternoons.moment("08:00")))
                .param("by", UUID.randomUUID())
                .update());
        Visitor coach = visitors.signedIn(world.coach().user());
        assertThat(coach.get("/gate/" + child).body()).doesNotContain(father.toString());
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + father).statusCode()).isEqualTo(422);
        assertThat(states(List.of(child))).containsExactly(State.PRESENT);
    }

    @Test
    @Req({"R86", "P14"})
    void somebody_sent_for_one_day_takes_the_child_by_the_code_alone() {
        UUID child = world.inClub().getFirst();
        String guardian = given.guardian(world.school(), child);
        Visitor parent = visitors.signedIn(guardian);
        parent.get("/children/" + child + "/pick-up");
        assertThat(parent.postRaw("/children/" + child + "/pick-up/delegates", "_key=" + UUID.randomUUID() + "&name=&day=" + DAY).statusCode()).isEqualTo(422);
        assertThat(parent.postRaw("/children/" + child + "/pick-up/delegates", "_key=" + UUID.randomUUID() + "&name=%E9%82%BB%E5%B1%85%E7%8E%8B%E9%98%BF%E5%A7%A8&day=" + DAY).statusCode()).isEqualTo(303);
        String code = parent.get("/children/" + child + "/pick-up").body().replaceAll("(?s).*<b class=\"figures lead\">(\\d{6})</b>.*", "$1");
        assertThat(code).matches("\\d{6}");
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/gate/" + child);
        String wrong = code.equals("000000") ? "000001" : "000000";
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&code=" + wrong).statusCode()).isEqualTo(422);
        UUID other = world.inClub().get(1);
        assertThat(coach.postRaw("/gate/" + other + "/release", "_key=" + UUID.randomUUID() + "&code=" + code).statusCode()).isEqualTo(422);
        assertThat(coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&code=" + code).statusCode()).isEqualTo(303);
        assertThat(states(List.of(child, other))).containsExactly(State.COLLECTED, State.PRESENT);
    }

    @Test
    @Req("R91")
    void somebody_not_on_the_list_calls_the_duty_leader_and_the_child_stays() {
        UUID child = world.inClub().getFirst();
        String leader = given.staff(world.school(), Role.DUTY_LEADER);
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/gate/" + child);
        assertThat(coach.postRaw("/gate/" + child + "/strangers", "_key=" + UUID.randomUUID() + "&name=%E9%99%8C%E7%94%9F%E4%BA%BA").statusCode()).isEqualTo(303);
        assertThat(states(List.of(child))).containsExactly(State.PRESENT);
        assertThat(visitors.signedIn(leader).get("/clearing").body()).contains("陌生人");
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from messaging.notice where kind = 'dismissal.stranger'").query(Long.class).single())).isPositive();
    }

    @Test
    @Req("R87")
    void the_school_is_clear_only_when_no_child_of_the_day_is_open() {
        String leader = given.staff(world.school(), Role.DUTY_LEADER);
        Visitor duty = visitors.signedIn(leader);
        duty.get("/clearing");
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(422);
        world.pupils().forEach(p -> consent(p, "class-line"));
        letGo(world.coach(), world.club(), world.inClub());
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(422);
        letGo(world.carer(), world.ownLater(), world.pupils().subList(4, 6));
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(duty.get("/clearing").body()).contains("17:50");
        assertThat(given.in(world.school(), () -> sql.sql("select children from dismissal.clearing where day = :d").param("d", DAY).query(Integer.class).single())).isEqualTo(6);
    }

    @Test
    @Req("R87")
    void a_walk_counts_for_clearing_only_after_the_last_child_has_left_its_room() {
        UUID stairs = area("东楼梯");
        UUID yard = area("操场");
        Visitor duty = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        walk(duty, stairs);
        world.pupils().forEach(p -> consent(p, "class-line"));
        afternoons.at("17:52");
        letGo(world.coach(), world.club(), world.inClub());
        UUID waits = world.pupils().get(5);
        letGo(world.carer(), world.ownLater(), List.of(world.pupils().get(4)));
        walk(duty, yard);
        afternoons.at("17:55");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/gate/" + waits);
        assertThat(carer.postRaw("/gate/" + waits + "/late", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        afternoons.at("17:58");
        walk(duty, stairs);
        UUID mother = taker(waits, "guardian", "母");
        afternoons.at("18:20");
        assertThat(carer.postRaw("/gate/" + waits + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(303);
        HttpResponse<String> early = duty.postRaw("/clearing", "_key=" + UUID.randomUUID());
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(early.body()).contains("还有 1 个区域没有走到", "/patrol/areas/" + yard).doesNotContain("/patrol/areas/" + stairs);
        walk(duty, yard);
        assertThat(duty.postRaw("/clearing", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(duty.get("/clearing").body()).contains("18:20 已清校", "6 个孩子都有着落，2 个区域都走过");
        assertThat(given.in(world.school(), () -> sql.sql("select area_ids from dismissal.clearing where day = :d").param("d", DAY).query((r, n) -> List.of((UUID[]) r.getArray(1).getArray())).single()))
                .containsExactlyInAnyOrder(stairs, yard);
    }

    private UUID area(String name) {
        UUID id = UUID.randomUUID();
        given.in(world.school(), () -> sql.sql("insert into schools.area (school_id, area_id, name) values (:s, :id, :n)").param("s", world.school()).param("id", id).param("n", name).update());
        return id;
    }

    private static void walk(Visitor duty, UUID area) {
        duty.get("/patrol/areas/" + area);
        assertThat(duty.postRaw("/patrol/areas/" + area + "/order", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
    }

    @Test
    void a_release_by_mistake_is_taken_back_with_a_reason_and_stays_in_the_chain() {
        UUID child = world.inClub().getFirst();
        UUID mother = taker(child, "guardian", "母");
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/gate/" + child);
        coach.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother);
        assertThat(coach.postRaw("/gate/" + child + "/undo", "_key=" + UUID.randomUUID() + "&why=").statusCode()).isEqualTo(422);
        assertThat(coach.postRaw("/gate/" + child + "/undo", "_key=" + UUID.randomUUID() + "&why=%E7%82%B9%E9%94%99").statusCode()).isEqualTo(303);
        assertThat(states(List.of(child))).containsExactly(State.PRESENT);
        ChildStanding now = given.in(world.school(), () -> childDays.standings(world.school(), DAY, List.of(child))).get(child);
        assertThat(now.corrected()).isTrue();
        assertThat(now.entries()).isEqualTo(3);
    }

    @Test
    void a_teacher_who_has_nothing_to_do_with_a_child_or_a_line_does_not_find_it() {
        UUID child = world.inClub().getFirst();
        UUID mother = taker(child, "guardian", "母");
        Visitor carer = visitors.signedIn(world.carer().user());
        assertThat(carer.get("/gate/" + child).statusCode()).isEqualTo(404);
        assertThat(carer.get("/lines/" + world.club()).statusCode()).isEqualTo(404);
        carer.get("/gate");
        assertThat(carer.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(404);
        assertThat(carer.get("/clearing").statusCode()).isEqualTo(404);
        UUID elsewhere = given.school();
        assertThat(visitors.signedIn(given.staff(elsewhere, Role.GUARD)).get("/gate/" + child).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.guardian(world.school(), world.pupils().getLast())).get("/children/" + child + "/pick-up").statusCode()).isEqualTo(404);
    }

    private void letGo(GivenAfternoon.Teacher teacher, UUID session, List<UUID> children) {
        Visitor v = visitors.signedIn(teacher.user());
        v.get("/lines/" + session);
        assertThat(v.postRaw("/lines/" + session + "/release", "_key=" + UUID.randomUUID() + children(children)).statusCode()).isEqualTo(303);
    }

    private static String children(List<UUID> pupils) {
        return pupils.stream().map(p -> "&child=" + p).collect(Collectors.joining());
    }

    private void consent(UUID pupil, String kind) {
        given.in(world.school(), () -> {
            roster.addConsents(
                    world.school(),
                    List.of(new Roster.NewConsent(UUID.randomUUID(), pupil, kind, List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00"))));
            return true;
        });
    }

    private UUID taker(UUID pupil, String kind, String label) {
        UUID adult = UUID.randomUUID();
        given.in(world.school(), () -> {
            roster.addAdults(world.school(), List.of(new Roster.NewAdult(adult, null, "家长" + label)));
            roster.addRelations(world.school(), List.of(new Roster.NewRelation(pupil, adult, kind, label)));
            return true;
        });
        return adult;
    }

    private ToldOf counted(UUID pupil, UUID custodian, UUID session) {
        Instant at = afternoons.moment("17:02");
        return new ToldOf(
                pupil,
                new Telling(UUID.randomUUID(), at, new Teller(UUID.randomUUID(), Set.of(Teller.Duty.SERVICE_TEACHER)), new Fact.Counted(custodian, session, afternoons.moment("17:50")), true));
    }

    private void tell(List<ToldOf> told) {
        assertThat(given.in(world.school(), () -> childDays.tell(world.school(), DAY, told))).allMatch(d -> d instanceof Decision.Recorded);
    }

    private List<State> states(List<UUID> pupils) {
        var now = given.in(world.school(), () -> childDays.standings(world.school(), DAY, pupils));
        return pupils.stream().flatMap(p -> Stream.ofNullable(now.get(p))).map(ChildStanding::state).toList();
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where day = :d").param("d", DAY).query(Long.class).single());
    }
}
