package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.testing.Browsers;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.Teacher;
import afterbell.testing.GivenCrowd;
import afterbell.testing.GivenCrowd.Crowd;
import afterbell.testing.GivenCrowd.Plan;
import afterbell.testing.GivenCrowd.Room;
import afterbell.testing.GivenSchool;
import afterbell.testing.Hands;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.Visitor;
import afterbell.testing.Wire;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The afternoon of a whole school in real browsers, from the bell to the proof that it is clear: three teachers, one of them without a network half of the time,
 * a child that is looked for, somebody at the gate whom a paper keeps away, somebody with a code, a family that comes late. The duty leader's board stays open
 * all the time and is never reloaded.
 */
@HouseTest
@ExtendWith(StopAtFirstFault.class)
@Req({"R7", "R78", "R79", "R83", "R84", "R85", "R86", "R87", "R88", "P7"})
class WholeAfternoonJourneyIT {
    private static final String KEPT = "[data-queue][data-kept=yes]";
    private static final Page.WaitForSelectorOptions ATTACHED = new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
    private static final Page.WaitForSelectorOptions PATIENT = new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED).setTimeout(30_000);
    private static final int GRADE = 300;
    private static final int SIX = 6;
    private static final Duration TOGETHER = Duration.ofMinutes(10);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    GivenCrowd crowds;

    @Autowired
    ChildDays days;

    @Autowired
    ShiftableClock clock;

    @Autowired
    Visitor.Maker visitors;

    @TempDir
    Path folder;

    final List<String> complaints = new ArrayList<>();
    final List<BrowserContext> open = new ArrayList<>();
    boolean chatApp;
    Duration later = Duration.ZERO;
    UUID school = new UUID(0, 0);
    Crowd crowd;
    Wire wire;
    Page board;
    Hands outdoors;
    Hands second;
    Hands third;
    Hands gate;
    Hands leader;

    @AfterEach
    void all_go_home() {
        open.forEach(BrowserContext::close);
        if (wire != null) wire.close();
        afternoons.over();
    }

    @Test
    void from_the_bell_to_the_proof_that_the_school_is_clear() {
        begin(0);
        theWholeAfternoon();
    }

    @Test
    @Tag("full")
    void two_grades_of_three_hundred_leave_in_ten_minutes_with_six_teachers() {
        begin(SIX);
        theWholeAfternoon();
    }

    @Test
    @Tag("full")
    void the_same_in_a_chat_apps_browser_without_service_worker_passkey_and_downloads() {
        chatApp = true;
        begin(SIX);
        theWholeAfternoon();
    }

    private void theWholeAfternoon() {
        handedOverAtTheBell();
        rolledWithoutANetwork();
        aChildIsMissingAndFound();
        familiesSay();
        rolledAgain();
        linesLeave();
        atTheGate();
        waitingLate();
        cleared();
        assertThat(complaints).as("what the browsers complained about, but for the cut wire").isEmpty();
    }

    /** @param more classes of a hundred, each with a teacher of its own, which make two grades of three hundred */
    private void begin(int more) {
        afternoons.at("15:50");
        school = given.school();
        Teacher a = afternoons.teacher(school, Role.SERVICE_TEACHER, null);
        Teacher b = afternoons.teacher(school, Role.SERVICE_TEACHER, null);
        Teacher c = afternoons.teacher(school, Role.SERVICE_TEACHER, null);
        List<Plan> plans = new ArrayList<>(List.of(new Plan(30, c, a), new Plan(45, b, b), new Plan(12, c, c)));
        List<Teacher> others = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            others.add(afternoons.teacher(school, Role.SERVICE_TEACHER, null));
            plans.add(new Plan(2 * GRADE / SIX, others.getLast(), others.getLast()));
        }
        crowd = crowds.crowd(school, plans);
        crowds.lateRoom(school, c);
        for (Room room : crowd.rooms()) crowds.line(school, room.children().subList(1, room.children().size()));
        afternoons.at("15:55");
        wire = Wire.to(visitors.base());
        outdoors = signedIn(Hands.on(overTheWire()), a.user());
        outdoors.open("/afternoon");
        outdoors.page().waitForSelector(KEPT, ATTACHED);
        if (!chatApp) outdoors.page().waitForFunction("() => navigator.serviceWorker.controller !== null");
        second = signedIn(phone(), b.user());
        third = signedIn(phone(), c.user());
        gate = signedIn(phone(), crowd.guard());
        leader = signedIn(phone(), crowd.leader().user());
        board = signedIn(phone(), crowd.leader().user()).open("/board").page();
        board.waitForSelector("[data-live-state][data-state=live]");
        board.evaluate("() => { window.neverReloaded = true; }");
        onBoard("没有要马上处理的事");
        six = others.stream().map(t -> signedIn(phone(), t.user())).toList();
    }

    List<Hands> six = List.of();

    /** Two classes are handed over by one tap each; where the same teacher goes on, that tap is the roll as well. */
    private void handedOverAtTheBell() {
        at("16:01");
        UxBars.taps("hand-over of 30 without a difference", 1, tapped(third, over(room(0)), "form[data-roll] button[type=submit]"));
        assertThat(third.page().locator("main").innerText()).contains("交接完成");
        UxBars.taps("hand-over of 45 that is the roll as well", 1, tapped(second, over(room(1)), "form[data-roll] button[type=submit]"));
        tapped(third, over(room(2)), "form[data-roll] button[type=submit]");
        for (int i = 0; i < six.size(); i++) tapped(six.get(i), over(room(3 + i)), "form[data-roll] button[type=submit]");
        assertThat(states(room(1).children()).values()).containsOnly(State.PRESENT);
        assertThat(states(room(0).children()).values()).as("sent, and nobody has counted them").containsOnly(State.BETWEEN);
    }

    /** The roll of thirty in the yard lies on the phone; the board turns red because nothing has come, and calm about it once the phone is heard. */
    private void rolledWithoutANetwork() {
        Page page = outdoors.page();
        List<UUID> gone = List.of(room(0).children().get(3), room(0).children().get(17));
        if (chatApp) {
            outdoors.open("/afternoon").page().waitForURL("**" + roll(room(0).first()));
            page.waitForSelector("[data-queue-plain] summary");
            assertThat(page.locator("[data-queue-plain]").innerText()).as("says what it can't").contains("没网时打不开");
            wire.cut();
        } else {
            wire.cut();
            outdoors.open("/afternoon").page().waitForURL("**" + roll(room(0).first()));
        }
        UxBars.clicked(page);
        outdoors.effort();
        assertThat(Browsers.tooSmall(page)).as("a thumb hits all of it").isEmpty();
        assertThat(thumb(page, "form[data-roll] button[type=submit]")).as("the button lies where a thumb is").isTrue();
        gone.forEach(p -> outdoors.tap(child(p)));
        outdoors.tap("form[data-roll] button[type=submit]");
        page.waitForSelector("[data-queue][data-waiting=yes]");
        Hands.Effort rolled = outdoors.effort();
        UxBars.taps("roll call of 30 with 2 absent without a network", 4, rolled, page);
        UxBars.met("the same, from the open roll", 10, rolled);
        // Between two attempts; while one is made the words say so.
        page.waitForSelector(".queue-words:has-text('1 项待发送')");
        at("16:08");
        long red = onBoard("30 人还没有点名");
        UxBars.said("board: a room that nobody has rolled is red", red);
        redIsFirstAndLeadsToItsRemedy("30 人还没有点名", roll(room(0).first()), "30");
        wire.mend();
        long heard = System.nanoTime();
        page.locator("[data-queue-do=send]").click();
        page.waitForSelector("[data-queue][data-state=sent]", PATIENT);
        onBoard("没有找到，正在查找");
        UxBars.said("board: from the phone that is heard again to the missing child", (System.nanoTime() - heard) / 1_000_000);
        notOnBoard("还没有点名");
        assertThat(states(gone).values()).containsOnly(State.MISSING);
        assertThat(states(room(0).children()).values().stream().filter(s -> s == State.PRESENT)).hasSize(28);
    }

    /** Steps of the search in the leader's hand; one child was in the room all along, the other turns up in another class. */
    private void aChildIsMissingAndFound() {
        UUID strayed = room(0).children().get(3);
        UUID there = room(0).children().get(17);
        redIsFirstAndLeadsToItsRemedy("没有找到，正在查找", "/board/children/", "没有找到");
        leader.open("/board/children/" + strayed);
        leader.go("form[action$='/numbers'] button");
        leader.go("form[action$='/steps'] button[value=CALLED_GUARDIAN]");
        leader.go("form[action$='/steps'] button[value=ASKED_GATE]");
        assertThat(leader.page().locator(".chain").innerText()).contains("已联系家长", "已问门卫");
        assertThat(states(List.of(strayed)).get(strayed)).isEqualTo(State.TRACED);
        Page yard = outdoors.open(roll(room(0).first())).page();
        assertThat(yard.locator(".missing-child").allInnerTexts().toString()).as("the teacher sees what was done").contains("已联系家长");
        outdoors.go(".missing-child:has(input[value='" + there + "']) form[action$='/guests'] button");
        third.open(roll(room(2).first()));
        third.effort();
        third.go("#guest form[action$='/guests'] button[value='" + strayed + "']");
        UxBars.taps("a child that is looked for and stands on no list of mine is here", 1, third.effort());
        long calm = onBoard("没有要马上处理的事");
        UxBars.said("board: calm again after the child is found", calm);
        assertThat(states(List.of(strayed, there)).values()).containsOnly(State.PRESENT);
    }

    /** One family comes late and says when, another sends somebody with a code. */
    private void familiesSay() {
        at("16:40");
        UUID late = room(1).children().get(5);
        crowds.taker(school, late, "周妈妈", "mother");
        Hands parent = signedIn(phone(), given.guardian(school, late));
        parent.open("/children/" + late + "/today");
        parent.effort();
        parent.type("#late input[name=time]", "18:20").go("#late button");
        UxBars.taps("a family says that it comes late", 2, parent.effort());
        assertThat(parent.page().locator("main").innerText()).contains("18:20");
        assertThat(second.open("/afternoon").page().locator("main").innerText()).as("its teacher reads it at once").contains(name(late), "18:20");
        UUID sent = room(2).children().getFirst();
        Hands other = signedIn(phone(), given.guardian(school, sent));
        other.open("/children/" + sent + "/pick-up");
        other.type("form[action$='/delegates'] input[name=name]", "邻居王阿姨").go("form[action$='/delegates'] button");
        code = other.page().locator("main b.figures.lead").first().innerText().strip();
        assertThat(code).matches("\\d{6}");
        family = parent;
    }

    String code = "";
    Hands family;

    private void rolledAgain() {
        at("17:01");
        UxBars.taps("roll of 45, all there", 1, tapped(second, roll(room(1).last()), "form[data-roll] button[type=submit]"));
        tapped(third, roll(room(2).last()), "form[data-roll] button[type=submit]");
        for (int i = 0; i < six.size(); i++) tapped(six.get(i), roll(room(3 + i).last()), "form[data-roll] button[type=submit]");
        tapped(outdoors, roll(room(0).last()), "form[data-roll] button[type=submit]");
        assertThat(states(crowd.children()).values()).containsOnly(State.PRESENT);
        onBoard("没有要马上处理的事");
    }

    /** One tap for a line and one for each child that stays behind; the teacher without a network goes by the dated list. */
    private void linesLeave() {
        at("17:45");
        Page page = outdoors.page();
        outdoors.open("/afternoon");
        page.waitForSelector(KEPT, ATTACHED);
        if (chatApp) {
            outdoors.open("/gate/list");
            page.waitForSelector(KEPT, ATTACHED);
            wire.cut();
        } else {
            wire.cut();
            outdoors.open("/gate");
            assertThat(page.locator("h1").innerText()).as("the list stands in for the gate").isEqualTo("放学名单");
        }
        assertThat(page.locator(".title").innerText()).as("it says its age").contains("17:4");
        UUID stays = room(1).children().get(9);
        UUID late = room(1).children().get(5);
        for (String step : List.of("收拾书包", "正走过来", "到接送点了")) {
            second.open("/gate").go("form[action$='/steps'] button");
            assertThat(family.open("/").page().locator("main").innerText()).as("the family sees its line").contains(step);
        }
        second.open("/lines/" + room(1).last()).effort();
        UxBars.clicked(second.page());
        second.tap(child(stays)).go("form[data-act=line] button[type=submit]");
        UxBars.taps("a line of 45 with one who stays", 2, second.effort(), second.page());
        Map<UUID, State> now = states(room(1).children());
        assertThat(now.values().stream().filter(s -> s == State.WITH_LINE)).hasSize(42);
        assertThat(now.get(stays)).isEqualTo(State.PRESENT);
        assertThat(now.get(late)).as("whose family comes late stays, though it agreed to the line").isEqualTo(State.PRESENT);
        assertThat(second.page().locator("main").innerText()).contains("18:20");
        page.locator("form[data-act=line][data-session='" + room(0).last() + "']").locator("xpath=ancestor::details").locator("summary").click();
        page.locator("form[data-act=line][data-session='" + room(0).last() + "'] button[type=submit]").click();
        page.waitForSelector("[data-queue][data-waiting=yes]");
        assertThat(states(room(0).children()).values()).containsOnly(State.PRESENT);
        if (!six.isEmpty()) twoGradesTogether();
        at("17:55");
        wire.mend();
        page.locator("[data-queue-do=send]").click();
        page.waitForSelector("[data-queue][data-state=sent]", PATIENT);
        page.waitForCondition(() -> states(room(0).children()).values().stream().filter(s -> s == State.WITH_LINE).count() == 29, new Page.WaitForConditionOptions().setTimeout(30_000));
        tapped(third, "/lines/" + room(2).last(), "form[data-act=line] button[type=submit]");
        assertThat(given.in(school, () -> days.ofDay(school, GivenAfternoon.DAY)).values()).as("nobody left in a way that should not have been").noneMatch(ChildStanding::red);
    }

    /** Six lines of a hundred in one wave, each with one child that stays; their own hour says when each child left. */
    private void twoGradesTogether() {
        Instant bell = at("17:50");
        long begun = System.nanoTime();
        double slowest = 0;
        for (int i = 0; i < SIX; i++) {
            Hands teacher = six.get(i);
            teacher.open("/lines/" + room(3 + i).last()).effort();
            teacher.tap(child(room(3 + i).children().get(40))).go("form[data-act=line] button[type=submit]");
            Hands.Effort effort = teacher.effort();
            UxBars.taps("a line of 100 with one who stays", 2, effort);
            slowest = Math.max(slowest, effort.seconds());
        }
        UxBars.said("two grades of 300 with six teachers, one after the other on this machine", (System.nanoTime() - begun) / 1_000_000);
        UxBars.said("the slowest of the six by the model of a slow hand", Math.round(slowest * 1000));
        List<UUID> children = crowd.rooms().subList(3, 3 + SIX).stream().flatMap(r -> r.children().stream()).toList();
        Map<UUID, ChildStanding> now = given.in(school, () -> days.ofDay(school, GivenAfternoon.DAY));
        List<ChildStanding> gone = children.stream().map(now::get).filter(s -> s.state() == State.WITH_LINE).toList();
        assertThat(gone).as("all but one without consent and one who stays of each line").hasSize(2 * GRADE - 2 * SIX);
        assertThat(gone).allSatisfy(s -> assertThat(s.since()).isBetween(bell, bell.plus(TOGETHER)));
        // Whoever is left is fetched at the gate, inside the same ten minutes.
        for (UUID child : children) {
            if (now.get(child).state() == State.WITH_LINE) continue;
            UUID mother = crowds.taker(school, child, "来接的人", "mother");
            gate.open("/gate/" + child);
            // Of 600 some names are like another's that is still here.
            String which = "a[href*='/gate/" + child + "?seen=']";
            if (gate.page().locator(which).count() > 0) gate.go(which);
            gate.go("button:has-text('来接的人')");
            assertThat(states(List.of(child)).get(child)).isEqualTo(State.COLLECTED);
            assertThat(mother).isNotNull();
        }
        Map<UUID, ChildStanding> then = given.in(school, () -> days.ofDay(school, GivenAfternoon.DAY));
        assertThat(children).allSatisfy(c -> assertThat(then.get(c).since()).isBetween(bell, bell.plus(TOGETHER)));
    }

    /** Two taps for a child that somebody fetches; a code for somebody who was sent; a paper keeps a third away without a word. */
    private void atTheGate() {
        UUID fetched = room(1).children().getFirst();
        crowds.taker(school, fetched, "王爸爸", "father");
        gate.open("/gate").effort();
        UxBars.clicked(gate.page());
        gate.go("a[href='/gate/" + fetched + "']");
        assertThat(gate.page().locator("main img").count()).as("works without any photo").isZero();
        gate.go("button:has-text('王爸爸')");
        UxBars.taps("one child handed to a person of its list", 2, gate.effort(), gate.page());
        assertThat(states(List.of(fetched)).get(fetched)).isEqualTo(State.COLLECTED);

        UUID sent = room(2).children().getFirst();
        gate.open("/gate/" + sent);
        gate.type("#f-code", code.equals("000000") ? "000001" : "000000").go("form:has(#f-code) button");
        assertThat(gate.page().locator("main").innerText()).contains("接送码不对");
        complaints.removeIf(c -> c.contains("422"));
        gate.type("#f-code", code).go("form:has(#f-code) button");
        assertThat(states(List.of(sent)).get(sent)).isEqualTo(State.COLLECTED);

        UUID kept = room(1).children().get(9);
        UUID father = crowds.taker(school, kept, "孙大强", "father");
        crowds.taker(school, kept, "孙妈妈", "mother");
        crowds.keptAway(school, kept, father, "孙大强");
        gate.open("/gate/" + kept);
        assertThat(gate.page().locator("main").innerText()).as("who is kept away stands on no list").contains("孙妈妈").doesNotContain("孙大强");
        gate.tap("details:has(form[action$='/strangers']) summary").type("form[action$='/strangers'] input[name=name]", "孙大强").go("form[action$='/strangers'] button");
        String screen = gate.page().locator("body").innerText();
        assertThat(screen).as("quietly").contains("已叫带班领导").doesNotContain("文书").doesNotContain("不得");
        assertThat(states(List.of(kept)).get(kept)).isEqualTo(State.PRESENT);
        long rung = onBoard("校门口有人要接" + name(kept));
        UxBars.said("board: somebody who is on no list stands at the gate", rung);
        redIsFirstAndLeadsToItsRemedy("校门口有人要接", "/clearing", "有文书：不得接走");
        leader.go("form[action*='/strangers/'] button");
        notOnBoard("校门口有人要接");
        gate.open("/gate/" + kept).go("button:has-text('孙妈妈')");
        assertThat(states(List.of(kept)).get(kept)).isEqualTo(State.COLLECTED);
        UUID last = room(0).children().getFirst();
        crowds.taker(school, last, "王奶奶", "grandparent");
        gate.open("/gate/" + last).go("button:has-text('王奶奶')");
    }

    /** The child waits with a named person until somebody is there, and everybody who should reads when that is. */
    private void waitingLate() {
        at("17:58");
        UUID late = room(1).children().get(5);
        second.open("/gate").effort();
        second.go("a[href='/gate/" + late + "']").go("form[action$='/late'] button");
        UxBars.taps("a child to the late room", 2, second.effort());
        assertThat(states(List.of(late)).get(late)).isEqualTo(State.WAITING_LATE);
        onBoard("等家长来接");
        assertThat(third.open("/late").page().locator("main").innerText()).contains(name(late), "18:20 到");
        assertThat(family.open("/").page().locator("main").innerText()).as("the family reads with whom").contains("在等您");
        leader.open("/clearing");
        assertThat(leader.page().locator("form[action='/clearing']").count()).as("not clear while a child waits").isZero();
        at("18:21");
        third.open("/late").effort();
        third.go("a:has-text('有人来接了')").go("button:has-text('周妈妈')");
        UxBars.taps("the late child to its mother", 2, third.effort());
        assertThat(states(List.of(late)).get(late)).isEqualTo(State.COLLECTED);
        assertThat(family.open("/").page().locator("main").innerText()).contains("已被接走");
        notOnBoard("等家长来接");
    }

    /** Every child accounted for is not enough: the areas are walked, then the proof is kept. */
    private void cleared() {
        at("18:24");
        leader.open("/clearing");
        assertThat(leader.page().locator("main").innerText()).contains("东楼梯", "操场");
        assertThat(leader.page().locator("form[action='/clearing']").count()).isZero();
        leader.open("/patrol").effort();
        for (UUID area : crowd.areas()) leader.go("form[action='/patrol/areas/" + area + "/order'] button");
        leader.open("/clearing").go("form[action='/clearing'] button");
        UxBars.taps("two areas walked and the school cleared", 3, leader.effort());
        assertThat(leader.page().locator("main").innerText()).contains("已清校", crowd.children().size() + " 个孩子都有着落", "2 个区域都走过");
        onBoard("已清校");
        assertThat(board.evaluate("() => window.neverReloaded")).as("the board was open all the time").isEqualTo(true);
        assertThat(given.in(school, () -> days.ofDay(school, GivenAfternoon.DAY)).values()).allMatch(ChildStanding::closed).noneMatch(ChildStanding::red);
    }

    /** Opens a page and taps once. */
    private static Hands.Effort tapped(Hands hands, String address, String button) {
        hands.open(address).effort();
        hands.go(button);
        return hands.effort();
    }

    /** The first red line is this one, all of it is seen without scrolling, and one tap on it leads to where it can be mended. */
    private void redIsFirstAndLeadsToItsRemedy(String red, String remedy, String says) {
        leader.open("/board").effort();
        Page page = leader.page();
        assertThat(page.locator("#board .board-red").first().innerText()).contains(red);
        assertThat(page.evaluate("() => { const red = document.querySelector('#board .board-red').getBoundingClientRect(); return red.top >= 0 && red.bottom <= innerHeight; }")).as("at one glance").isEqualTo(true);
        leader.go("#board .board-red >> nth=0");
        UxBars.taps("from a red line to its remedy", 1, leader.effort());
        assertThat(page.url()).contains(remedy);
        assertThat(page.locator("main").innerText()).contains(says);
    }

    /** @return milliseconds until the open board shows it */
    private long onBoard(String words) {
        long begun = System.nanoTime();
        board.waitForFunction("words => document.getElementById('board').innerText.includes(words)", words, new Page.WaitForFunctionOptions().setTimeout(30_000));
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private void notOnBoard(String words) {
        board.waitForFunction("words => !document.getElementById('board').innerText.includes(words)", words, new Page.WaitForFunctionOptions().setTimeout(30_000));
    }

    private static boolean thumb(Page page, String button) {
        return Boolean.TRUE.equals(page.locator(button).first().evaluate("e => { const b = e.getBoundingClientRect(); return b.bottom <= innerHeight && b.top > innerHeight * 0.6; }"));
    }

    private Hands phone() {
        Page page = chatApp ? Browsers.chatApp(visitors.base(), complaints) : Browsers.open(visitors.base(), Look.PHONE, complaints);
        open.add(page.context());
        return Hands.on(page);
    }

    /** The phone whose network is cut; what its console says about that is no complaint. */
    private Page overTheWire() {
        BrowserContext phone = chatApp ? Browsers.chatApp(wire.base(), new ArrayList<>()).context() : Browsers.phone(wire.base(), folder);
        phone.addInitScript("""
                { const real = Date, later = () => { try { return Number(localStorage.getItem('later')); } catch { return 0; } };
                  window.Date = class extends real { constructor(...at) { if (at.length === 0) super(real.now() + later()); else super(...at); } static now() { return real.now() + later(); } }; }
                """);
        open.add(phone);
        return phone.pages().getFirst();
    }

    /** The time goes on for school and phone alike. */
    private Instant at(String time) {
        Instant before = clock.instant();
        Instant moment = afternoons.at(time);
        later = later.plus(Duration.between(before, moment));
        outdoors.page().evaluate("later => localStorage.setItem('later', later)", Long.toString(later.toMillis()));
        return moment;
    }

    private static Hands signedIn(Hands hands, String user) {
        UxBars.count(hands.page());
        hands.open("/sign-in").type("#f-user", user).type("#f-password", GivenSchool.PASSWORD).go("#sign-in button[type=submit]").effort();
        return hands;
    }

    private Room room(int n) {
        return crowd.rooms().get(n);
    }

    private static String over(Room room) {
        return "/classes/" + room.id() + "/hand-over";
    }

    private static String roll(UUID session) {
        return "/sessions/" + session + "/roll-call";
    }

    private static String child(UUID pupil) {
        return ".roll-child:has(input[value='" + pupil + "'])";
    }

    private String name(UUID child) {
        return GivenCrowd.name(crowd.children().indexOf(child));
    }

    private Map<UUID, State> states(List<UUID> children) {
        Map<UUID, ChildStanding> now = given.in(school, () -> days.standings(school, GivenAfternoon.DAY, children));
        Map<UUID, State> states = new java.util.LinkedHashMap<>();
        for (UUID child : children) states.put(child, java.util.Objects.requireNonNull(now.get(child)).state());
        return states;
    }
}
