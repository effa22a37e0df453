package afterbell.day.dismissal;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody shows at the gate: a printed card, or a code on a phone. And brothers and sisters, and a whole line taken back. */
@HouseTest
@Req({"R86", "P14"})
class PassIT {
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
    Accounts accounts;

    @Autowired
    Passes passes;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;
    UUID child;
    UUID other;
    UUID mother;
    Visitor parent;
    Visitor carer;

    /** Three children sit in their last session with the carer. The first child's mother has an account and stands on its list. */
    @BeforeEach
    void the_last_session_is_over() {
        world = afternoons.world(3, 0);
        child = world.pupils().getFirst();
        other = world.pupils().get(1);
        afternoons.counted(world);
        afternoons.at("17:50");
        String user = given.guardian(world.school(), child);
        UUID account = given.in(world.school(), () -> sql.sql("select account_id from identity.pub_grant where school_id = :s and role = 'GUARDIAN' and pupil_id = :p")
                .param("s", world.school())
                .param("p", child)
                .query(UUID.class)
                .single());
        mother = UUID.randomUUID();
        given.in(world.school(), () -> {
            roster.addAdults(world.school(), List.of(new Roster.NewAdult(mother, account, "陈妈妈")));
            roster.addRelations(world.school(), List.of(new Roster.NewRelation(child, mother, "guardian", "mother"), new Roster.NewRelation(other, mother, "guardian", "mother")));
            return true;
        });
        parent = visitors.signedIn(user);
        carer = visitors.signedIn(world.carer().user());
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private String code() {
        assertThat(parent.get("/children/" + child + "/pick-up/code").statusCode()).isEqualTo(200);
        assertThat(parent.postRaw("/children/" + child + "/pick-up/code", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        String digits = parent.get("/children/" + child + "/pick-up/code").body().replaceAll("(?s).*<p class=\"pickup-digits[^>]*>(\\d{6})</p>.*", "$1");
        assertThat(digits).matches("\\d{6}");
        return digits;
    }

    private HttpResponse<String> show(UUID pupil, String code) {
        carer.get("/gate/" + pupil);
        return carer.postRaw("/gate/" + pupil + "/release", "_key=" + UUID.randomUUID() + "&code=" + Visitor.encode(code));
    }

    @Test
    void a_code_on_the_phone_lets_the_child_go_once_and_says_who_came() {
        String code = code();
        assertThat(show(child, code).statusCode()).isEqualTo(303);
        assertThat(state(child)).isEqualTo(State.COLLECTED);
        assertThat(one("select word from custody.event where kind = 'collected'", String.class)).isEqualTo("CODE");
        assertThat(one("select other_id from custody.event where kind = 'collected'", UUID.class)).isEqualTo(mother);
        carer.get("/gate/" + child);
        carer.postRaw("/gate/" + child + "/undo", "_key=" + UUID.randomUUID() + "&why=" + Visitor.encode("点错了"));
        assertThat(state(child)).isEqualTo(State.PRESENT);
        HttpResponse<String> replay = show(child, code);
        assertThat(replay.statusCode()).isEqualTo(422);
        assertThat(replay.body()).contains("这个接送码已经用过", "截图和转发的码不能用");
        assertThat(state(child)).isEqualTo(State.PRESENT);
        afternoons.at("17:53");
        assertThat(show(child, code()).statusCode()).as("the next code is good again").isEqualTo(303);
    }

    @Test
    void an_old_a_forged_and_another_childs_code_each_get_their_own_refusal_and_the_child_stays() {
        String code = code();
        afternoons.at("17:51");
        assertThat(given.in(world.school(), () -> passes.read(world.school(), child, code))).as("one step late is still read").isInstanceOf(Passes.Shown.Known.class);
        afternoons.at("17:54");
        assertThat(show(child, code).body()).contains("这个接送码过期了", "现在显示的六位数字");
        String fresh = code();
        String forged = fresh.equals("123456") ? "123457" : "123456";
        assertThat(show(child, forged).body()).contains("接送码不对");
        assertThat(show(other, fresh).statusCode()).as("the code is the child's own, also of one mother").isEqualTo(422);
        assertThat(Stream.of(child, other).map(this::state)).containsOnly(State.PRESENT);
    }

    @Test
    void two_who_show_one_code_at_one_moment_take_the_child_once() throws Exception {
        String code = code();
        CyclicBarrier together = new CyclicBarrier(2);
        List<Visitor> gates = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Visitor gate = visitors.signedIn(given.staff(world.school(), Role.GUARD));
            gate.get("/gate/" + child);
            gates.add(gate);
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> both = gates.stream()
                    .map(g -> threads.submit(() -> {
                        together.await();
                        return g.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&code=" + code).statusCode();
                    }))
                    .toList();
            for (Future<Integer> answer : both) answers.add(answer.get());
        }
        assertThat(answers).containsExactlyInAnyOrder(303, 422);
        assertThat(one("select count(*) from custody.event where kind = 'collected'", Long.class)).isEqualTo(1);
        assertThat(one("select count(*) from dismissal.code_use", Long.class)).isEqualTo(1);
    }

    @Test
    void a_printed_card_is_scanned_shows_whose_it_is_and_is_worth_nothing_once_revoked() {
        parent.get("/children/" + child + "/pick-up");
        HttpResponse<String> made = parent.postRaw("/children/" + child + "/pick-up/cards", "_key=" + UUID.randomUUID() + "&adult=" + mother);
        String paper = made.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
        assertThat(parent.get(paper).body()).contains("接送卡", "陈妈妈", "<svg");
        String secret = given.in(world.school(), () -> passes.cards(world.school(), child)).getFirst().secret();
        HttpResponse<String> scanned = carer.get("/gate/shown/" + secret);
        assertThat(scanned.body()).contains("陈妈妈 的接送凭证有效", "value=\"" + secret + "\"");
        assertThat(state(child)).as("looking lets nobody go").isEqualTo(State.PRESENT);
        assertThat(show(other, secret).body()).contains("这张凭证是接别的孩子的");
        assertThat(show(child, secret).statusCode()).isEqualTo(303);
        assertThat(one("select word from custody.event where kind = 'collected'", String.class)).isEqualTo("CARD");
        parent.get("/children/" + child + "/pick-up");
        assertThat(parent.postRaw(paper + "/revocation", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(carer.get("/gate/shown/" + secret).body()).contains("这张接送卡已作废");
        String forged = "c" + "A".repeat(24);
        HttpResponse<String> unknown = carer.get("/gate/shown/" + forged);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("没有这张接送卡");
        assertThat(parent.get(paper).statusCode()).isEqualTo(404);
        Visitor elsewhere = visitors.signedIn(given.staff(given.school(), Role.GUARD));
        assertThat(elsewhere.get("/gate/shown/" + secret).body()).contains("没有这张接送卡").doesNotContain("陈妈妈");
    }

    @Test
    @Req("P7")
    void who_is_kept_away_gets_no_child_with_a_card_or_a_code_and_no_new_one() {
        String code = code();
        parent.get("/children/" + child + "/pick-up");
        parent.postRaw("/children/" + child + "/pick-up/cards", "_key=" + UUID.randomUUID() + "&adult=" + mother);
        String secret = given.in(world.school(), () -> passes.cards(world.school(), child)).getFirst().secret();
        given.in(world.school(), () -> sql.sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, person_key, name_sealed, document_sealed, said_sealed, made_at, made_by)
                values (:s, :id, :p, :a, '\\x00', '\\x00', '\\x00', '\\x00', :at, :by)
                """)
                .param("s", world.school())
                .param("id", UUID.randomUUID())
                .param("p", child)
                .param("a", mother)
                .param("at", Timestamp.from(afternoons.moment("17:49")))
                .param("by", UUID.randomUUID())
                .update());
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        HttpResponse<String> byCode = show(child, code);
        assertThat(leader.get("/board").body()).as("whoever leads the day is called, and the gate reads what it reads of everybody").contains("校门口有人要接");
        assertThat(leader.get("/clearing").body()).contains("陈妈妈", "有文书：不得接走");
        HttpResponse<String> byCard = show(child, secret);
        assertThat(one("select count(*) from dismissal.stranger where kept_away", Long.class)).as("until the leader has come it is one call").isEqualTo(1);
        assertThat(one("select count(*) from messaging.notice where kind = 'dismissal.stranger'", Long.class)).isEqualTo(1);
        assertThat(List.of(byCode.statusCode(), byCard.statusCode())).containsOnly(422);
        assertThat(byCode.body()).contains("这个人不在名单上");
        assertThat(carer.get("/gate/shown/" + secret).body()).contains("这张凭证不能用", "/gate/" + child + "/strangers", "name=\"shown\" value=\"" + secret + "\"").doesNotContain("陈妈妈 的接送凭证有效", "文书");
        leader.get("/clearing");
        UUID asked = one("select stranger_id from dismissal.stranger", UUID.class);
        assertThat(leader.postRaw("/clearing/strangers/" + asked + "/seen", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(carer.postRaw("/gate/" + child + "/strangers", "_key=" + UUID.randomUUID() + "&shown=" + secret).statusCode()).as("one tap, without a name").isEqualTo(303);
        assertThat(one("select count(*) from dismissal.stranger where kept_away", Long.class)).as("he stands there again").isEqualTo(2);
        assertThat(state(child)).isEqualTo(State.PRESENT);
        assertThat(parent.get("/children/" + child + "/pick-up/code").body()).contains("您的账号还不在接送名单上");
    }

    @Test
    void one_tap_hands_brothers_and_sisters_to_the_person_on_both_lists() {
        given.in(world.school(), () -> {
            roster.confirmSiblings(world.school(), UUID.randomUUID(), List.of(child, other, world.pupils().get(2)));
            return true;
        });
        String page = carer.get("/gate/" + child).body();
        assertThat(page).contains("同一家还在校的孩子", "name=\"also\" value=\"" + other + "\"").as("this one's list does not have her").doesNotContain("name=\"also\" value=\"" + world.pupils().get(2) + "\"");
        String body = "_key=" + UUID.randomUUID() + "&adult=" + mother + "&also=" + other + "&also=" + world.pupils().get(2);
        assertThat(carer.postRaw("/gate/" + child + "/release", body).statusCode()).isEqualTo(303);
        assertThat(carer.postRaw("/gate/" + child + "/release", body).statusCode()).as("again changes nothing").isEqualTo(303);
        assertThat(world.pupils().stream().map(this::state)).containsExactly(State.COLLECTED, State.COLLECTED, State.PRESENT);
        assertThat(one("select count(*) from custody.event where kind = 'collected'", Long.class)).isEqualTo(2);
    }

    @Test
    void a_whole_line_is_taken_back_with_a_reason_by_its_teacher_in_time_and_by_the_leader_after() {
        given.in(world.school(), () -> {
            roster.addConsents(
                    world.school(),
                    world.pupils().stream().map(p -> new Roster.NewConsent(UUID.randomUUID(), p, "class-line", List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00"))).toList());
            return true;
        });
        String line = "/lines/" + world.ownLater();
        carer.get(line);
        carer.postRaw(line + "/release", "_key=" + UUID.randomUUID() + world.pupils().stream().map(p -> "&child=" + p).collect(Collectors.joining()));
        assertThat(world.pupils().stream().map(this::state)).containsOnly(State.WITH_LINE);
        assertThat(carer.postRaw(line + "/undo", "_key=" + UUID.randomUUID() + "&why=").statusCode()).as("a reason is asked").isEqualTo(422);
        assertThat(carer.postRaw(line + "/undo", "_key=" + UUID.randomUUID() + "&why=" + Visitor.encode("点成了别的班")).statusCode()).isEqualTo(303);
        assertThat(world.pupils().stream().map(this::state)).containsOnly(State.PRESENT);
        assertThat(one("select count(*) from custody.reason", Long.class)).isEqualTo(3);
        carer.get(line);
        carer.postRaw(line + "/release", "_key=" + UUID.randomUUID() + world.pupils().stream().map(p -> "&child=" + p).collect(Collectors.joining()));
        afternoons.at("18:30");
        HttpResponse<String> late = carer.postRaw(line + "/undo", "_key=" + UUID.randomUUID() + "&why=" + Visitor.encode("晚了"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("过了可以自己撤回的时间");
        assertThat(one("select count(*) from custody.reason", Long.class)).as("nothing is kept of what was not done").isEqualTo(3);
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        leader.get(line);
        assertThat(leader.postRaw(line + "/undo", "_key=" + UUID.randomUUID() + "&why=" + Visitor.encode("全班还在操场")).statusCode()).isEqualTo(303);
        assertThat(world.pupils().stream().map(this::state)).containsOnly(State.PRESENT);
    }

    private String keeper(String kind, String name, String weekdays) {
        Visitor office = visitors.signedIn(given.staff(world.school(), Role.OFFICE));
        office.get("/ways-home");
        String rest = "&kind=" + kind + "&keeper=" + Visitor.encode("王师傅") + "&stops=" + Visitor.encode("南门\n菜场") + weekdays;
        assertThat(office.postRaw("/ways-home/keepers", "_key=" + UUID.randomUUID() + "&name=" + rest).statusCode()).isEqualTo(422);
        assertThat(office.postRaw("/ways-home/keepers", "_key=" + UUID.randomUUID() + "&name=" + Visitor.encode(name) + rest).statusCode()).isEqualTo(303);
        assertThat(office.get("/ways-home").body()).contains(name, "王师傅");
        return one("select keeper_id from dismissal.keeper", UUID.class).toString();
    }

    private void consentToTheLine() {
        given.in(world.school(), () -> {
            roster.addConsents(
                    world.school(),
                    world.pupils().stream().map(p -> new Roster.NewConsent(UUID.randomUUID(), p, "class-line", List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00"))).toList());
            return true;
        });
    }

    @Test
    @Req("R85")
    void whose_guardian_agreed_to_the_bus_is_handed_to_its_keeper_with_the_list_and_not_led_out_with_the_line() {
        String bus = keeper("bus", "1 号校车", "&weekday=2&weekday=4");
        consentToTheLine();
        parent.get("/children/" + child + "/pick-up");
        String agree = "/children/" + child + "/pick-up/bus";
        assertThat(parent.postRaw(agree, "_key=" + UUID.randomUUID() + "&bus=" + bus + "/1&weekday=3").statusCode()).as("it does not run on Wednesdays").isEqualTo(422);
        assertThat(parent.postRaw(agree, "_key=" + UUID.randomUUID() + "&bus=" + bus + "/9&weekday=2").statusCode()).as("no such stop").isEqualTo(422);
        assertThat(parent.postRaw(agree, "_key=" + UUID.randomUUID() + "&bus=" + bus + "/1&weekday=2").statusCode()).isEqualTo(303);
        assertThat(parent.get("/children/" + child + "/pick-up").body()).contains("1 号校车 · 菜场 · 王师傅");
        String line = "/lines/" + world.ownLater();
        carer.get(line);
        carer.postRaw(line + "/release", "_key=" + UUID.randomUUID() + world.pupils().stream().map(p -> "&child=" + p).collect(Collectors.joining()));
        assertThat(world.pupils().stream().map(this::state)).containsExactly(State.PRESENT, State.WITH_LINE, State.WITH_LINE);
        Visitor guard = visitors.signedIn(given.staff(world.school(), Role.GUARD));
        assertThat(guard.get("/gate").body()).contains("1 号校车", "还有 1 人");
        assertThat(guard.get("/rides/" + bus).body()).contains("菜场", "王师傅");
        String tap = "_key=" + UUID.randomUUID() + "&child=" + child;
        assertThat(guard.postRaw("/rides/" + bus + "/release", "_key=" + UUID.randomUUID() + "&child=" + child + "&stays=" + child).statusCode()).as("who has not come stays").isEqualTo(422);
        assertThat(guard.postRaw("/rides/" + bus + "/release", tap).statusCode()).isEqualTo(303);
        assertThat(guard.postRaw("/rides/" + bus + "/release", tap).statusCode()).as("again changes nothing").isEqualTo(303);
        assertThat(state(child)).isEqualTo(State.COLLECTED);
        assertThat(guard.get("/gate/" + child).body()).as("who took it").contains("王师傅");
        parent.get("/children/" + child + "/pick-up");
        assertThat(parent.postRaw(agree + "/removal", "_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        assertThat(one("select count(*) from dismissal.pub_ride", Long.class)).isZero();
        Visitor elsewhere = visitors.signedIn(given.staff(given.school(), Role.GUARD));
        assertThat(elsewhere.get("/rides/" + bus).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R85")
    void boarders_go_to_the_keeper_of_their_dormitory_and_not_out_of_the_gate() {
        String dormitory = keeper("dormitory", "宿舍", "&weekday=1&weekday=2&weekday=3&weekday=4");
        consentToTheLine();
        given.in(world.school(), () -> sql.sql("update roster.pupil set boarding = true where school_id = :s and pupil_id = :p").param("s", world.school()).param("p", child).update());
        String line = "/lines/" + world.ownLater();
        assertThat(carer.get(line).body()).contains("要当面交的 1 人");
        carer.postRaw(line + "/release", "_key=" + UUID.randomUUID() + world.pupils().stream().map(p -> "&child=" + p).collect(Collectors.joining()));
        assertThat(state(child)).isEqualTo(State.PRESENT);
        assertThat(carer.get("/gate/" + child).body()).contains("交给 宿舍");
        assertThat(carer.postRaw("/rides/" + dormitory + "/release", "_key=" + UUID.randomUUID() + "&child=" + child).statusCode()).as("its teacher takes it there").isEqualTo(303);
        assertThat(state(child)).isEqualTo(State.COLLECTED);
    }

    @Test
    @Req("R85")
    void grades_that_leave_one_by_one_have_nobody_in_a_line() {
        given.in(world.school(), () -> sql.sql("insert into schools.grade (school_id, grade, name, band) values (:s, 3, '三年级', 'lower') on conflict (school_id, grade) do update set name = excluded.name, band = excluded.band").param("s", world.school()).update());
        consentToTheLine();
        Visitor office = visitors.signedIn(given.staff(world.school(), Role.OFFICE));
        assertThat(office.get("/ways-home").body()).contains("3 年级", "排队走");
        assertThat(office.postRaw("/ways-home/bands", "_key=" + UUID.randomUUID() + "&band=nothing&way=line").statusCode()).isEqualTo(404);
        assertThat(office.postRaw("/ways-home/bands", "_key=" + UUID.randomUUID() + "&band=lower&way=one_by_one").statusCode()).isEqualTo(303);
        String line = "/lines/" + world.ownLater();
        assertThat(carer.get(line).body()).contains("要当面交的 3 人");
        assertThat(carer.postRaw(line + "/release", "_key=" + UUID.randomUUID() + "&child=" + child).statusCode()).isEqualTo(422);
        assertThat(state(child)).isEqualTo(State.PRESENT);
        carer.get("/gate/" + child);
        assertThat(carer.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(303);
    }

    private State state(UUID pupil) {
        ChildStanding now = given.in(world.school(), () -> childDays.standings(world.school(), DAY, List.of(pupil))).get(pupil);
        return Objects.requireNonNull(now).state();
    }

    private <T> T one(String select, Class<T> type) {
        return Objects.requireNonNull(given.in(world.school(), () -> sql.sql(select).query(type).single()));
    }
}
