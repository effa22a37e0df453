package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.testing.Browsers;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.Teacher;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.Hands;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import afterbell.testing.Wire;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A teacher whose phone loses the network: real Chromium, the network really cut, the browser really closed. The phone's clock is weeks ahead of the school's. */
@HouseTest
class OfflineJourneyIT {
    private static final String KEPT = "[data-queue][data-kept=yes]";
    private static final Page.WaitForSelectorOptions ATTACHED = new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);

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

    @TempDir
    Path folder;

    World world;
    Wire wire;
    BrowserContext phone;

    @BeforeEach
    void a_class_of_thirty() {
        world = afternoons.world(30, 4);
        given.in(world.school(), () -> days.open(world.school(), GivenAfternoon.DAY));
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        afternoons.at("16:02");
        wire = Wire.to(visitors.base());
        phone = Browsers.phone(wire.base(), folder);
    }

    @AfterEach
    void the_clock_goes_right_again() {
        phone.close();
        wire.close();
        afternoons.over();
    }

    @Test
    @Req({"R79", "R84"})
    void a_roll_is_called_with_the_network_cut_and_sent_after_the_browser_was_closed() {
        Page page = visited(world.carer());
        wire.cut();
        Hands hands = Hands.on(page);
        hands.open("/afternoon").page().waitForURL("**" + roll(world.own()));
        hands.effort();
        List<UUID> gone = List.of(world.pupils().get(3), world.pupils().get(17));
        gone.forEach(p -> hands.tap(child(p)));
        hands.tap("form[data-roll] button[type=submit]");
        page.waitForSelector("[data-queue][data-waiting=yes]");
        assertThat(page.locator("[data-queue-words][role=status], .queue-words").first().innerText()).contains("1 项待发送").contains("没有网络。这是");
        Hands.Effort effort = hands.effort();
        UxBars.taps("roll call of 30 without a network, opened as one opens the afternoon", 3, effort.andAPage());
        UxBars.met("roll call of 30 with 2 absent, from the open roll", 10, effort);
        assertThat(events()).as("nothing has come through").isZero();
        again();
        page = phone.pages().getFirst();
        page.navigate(roll(world.own()));
        page.waitForSelector("[data-queue][data-waiting=yes]");
        assertThat(page.locator("input[name=absent]:checked").count()).as("what was tapped still shows").isEqualTo(2);
        wire.mend();
        sent(page);
        Map<UUID, ChildStanding> now = standings();
        assertThat(gone).allSatisfy(p -> assertThat(now.get(p).state()).isEqualTo(State.MISSING));
        assertThat(now.values().stream().filter(s -> s.state() == State.PRESENT).count()).isEqualTo(28);
        assertThat(now.get(world.pupils().getFirst()).since()).as("the hour is the school's, not the phone's").isBefore(afternoons.moment("16:10")).isAfter(afternoons.moment("16:00"));
    }

    @Test
    @Req("P10")
    void what_lies_on_the_phone_names_nobody_and_its_key_cannot_be_read() {
        Page page = visited(world.carer());
        String name = given.in(world.school(), () -> sql.sql("select name from roster.pub_pupil where pupil_id = :p").param("p", world.pupils().getFirst()).query(String.class).single());
        Object kept = page.evaluate("""
                () => new Promise(done => { const ask = indexedDB.open('afterbell'); ask.onsuccess = () => {
                  const db = ask.result, work = db.transaction(['kit', 'pages']), out = {};
                  work.objectStore('kit').get('day').onsuccess = e => { out.extractable = e.target.result.key.extractable; };
                  work.objectStore('pages').getAll().onsuccess = e => { out.pages = e.target.result.map(p => p.path); out.text = e.target.result.map(p => new TextDecoder().decode(p.bytes)).join(''); };
                  work.oncomplete = () => done(JSON.stringify({ ...out, local: JSON.stringify(localStorage) })); }; })
                """);
        assertThat(kept.toString()).contains(roll(world.own()), "/gate/list", "\"extractable\":false").doesNotContain(name, world.club().toString());
        Object cached = page.evaluate("async () => JSON.stringify((await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => new URL(r.url).pathname)))).flat())");
        assertThat(cached.toString()).contains("/offline").doesNotContain("/sessions", "/afternoon", "/gate");
    }

    @Test
    @Req({"R84", "P10"})
    void a_queue_outlives_its_session_and_is_never_sent_in_another_name() {
        Page page = visited(world.carer());
        wire.cut();
        page.navigate(roll(world.own()));
        page.locator("form[data-roll] button[type=submit]").click();
        page.waitForSelector("[data-queue][data-waiting=yes]");
        phone.clearCookies();
        wire.mend();
        page.locator("[data-queue-do=send]").click();
        page.waitForSelector("[data-queue][data-state=signed-out]");
        assertThat(page.locator(".queue-words").innerText()).contains("登录已过期");
        signIn(page, world.coach());
        page.navigate("/afternoon");
        page.waitForSelector(KEPT, ATTACHED);
        assertThat(page.locator(".queue-words").innerText()).contains("另一位老师的 1 项");
        assertThat(events()).as("nothing was said in the coach's name").isZero();
        wire.cut();
        page.navigate(roll(world.own()));
        assertThat(page.locator("h1").innerText()).as("the other's page is gone").isEqualTo("现在没有网络");
        wire.mend();
        page.navigate("/");
        page.locator("details.menu summary").first().click();
        page.waitForNavigation(() -> page.locator("form[action='/sign-out'] button").click());
        wire.cut();
        page.navigate(roll(world.club()));
        assertThat(page.locator("h1").innerText()).as("erased at sign-out").isEqualTo("现在没有网络");
        wire.mend();
        signIn(page, world.carer());
        page.navigate("/afternoon");
        page.waitForCondition(() -> events() == 30, new Page.WaitForConditionOptions().setTimeout(30_000));
        assertThat(given.in(world.school(), () -> sql.sql("select distinct by from custody.event where school_id = :s").param("s", world.school()).query(UUID.class).list())).containsExactly(world.carer().account());
    }

    @Test
    @Req({"R84", "R79"})
    void in_a_chat_apps_browser_the_open_page_keeps_the_queue_and_says_what_it_cannot() {
        List<String> complaints = new java.util.ArrayList<>();
        Page page = Browsers.chatApp(wire.base(), complaints);
        signIn(page, world.carer());
        page.navigate(roll(world.own()));
        page.waitForSelector(KEPT, ATTACHED);
        assertThat(page.locator("[data-queue-plain] summary").innerText()).contains("没网时打不开");
        page.locator("[data-queue-plain] summary").click();
        assertThat(page.locator("[data-queue-plain]").innerText()).contains("在浏览器打开");
        wire.cut();
        page.locator(child(world.pupils().get(5))).click();
        page.locator("form[data-roll] button[type=submit]").click();
        page.waitForSelector("[data-queue][data-waiting=yes]");
        page.locator(child(world.pupils().get(6))).click();
        page.locator("form[data-roll] button[type=submit]").click();
        page.waitForFunction("() => document.querySelector('[data-queue-words]').textContent.startsWith('2 ')");
        assertThat(events()).isZero();
        wire.mend();
        page.locator("[data-queue-do=send]").click();
        sent(page);
        assertThat(standings().values().stream().filter(s -> s.state() == State.MISSING).map(ChildStanding::pupil)).containsExactlyInAnyOrder(world.pupils().get(5), world.pupils().get(6));
        page.context().close();
    }

    @Test
    @Req({"P7", "R86"})
    void a_gate_without_a_network_goes_by_its_list_says_its_age_and_asks_for_the_leaders_code_when_it_is_old() {
        UUID first = world.inClub().get(0);
        UUID second = world.inClub().get(1);
        Map<UUID, UUID> takers = Map.of(first, taker(first), second, taker(second));
        afternoons.at("17:40");
        String code = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER)).get("/gate/list").body().replaceAll("(?s).*今天的带班口令 (\\d{6}).*", "$1");
        phone.addInitScript("{ const real = Date.now.bind(Date); window.later = 0; Date.now = () => real() + window.later; }");
        Page page = visited(world.coach());
        wire.cut();
        page.navigate("/gate");
        assertThat(page.locator("h1").innerText()).as("the list stands in for the gate").isEqualTo("放学名单");
        page.waitForSelector(".queue-words:has-text('没有网络。这是')");
        assertThat(page.locator(".title").innerText()).contains("17:4");
        hand(page, first, takers);
        page.waitForSelector("[data-queue][data-waiting=yes]");
        page.evaluate("() => { window.later = 25 * 60000; }");
        hand(page, second, takers);
        page.waitForSelector("[data-leader]:not([hidden])");
        assertThat(page.locator("[data-queue-words]").innerText()).startsWith("1 ");
        page.locator("#leader-code").fill(code.equals("000000") ? "000001" : "000000");
        page.locator("[data-leader] button").click();
        page.waitForSelector("[data-leader-wrong]:not([hidden])");
        page.locator("#leader-code").fill(code);
        page.locator("[data-leader] button").click();
        page.waitForSelector("[data-leader][hidden]", ATTACHED);
        page.locator("[data-dated='" + second + "'] button").click();
        page.waitForFunction("() => document.querySelector('[data-queue-words]').textContent.startsWith('2 ')");
        wire.mend();
        page.locator("[data-queue-do=send]").click();
        page.waitForCondition(() -> standings().get(second).state() == State.COLLECTED, new Page.WaitForConditionOptions().setTimeout(30_000));
        assertThat(standings().get(first).state()).isEqualTo(State.COLLECTED);
        assertThat(standings().get(first).red()).isFalse();
    }

    private void hand(Page page, UUID pupil, Map<UUID, UUID> takers) {
        page.locator("[data-dated='" + pupil + "'] > summary").click();
        // Where another child has a name like this one's, the list asks for a second look.
        Locator alike = page.locator("[data-dated='" + pupil + "'] details > summary");
        if (alike.count() > 0) alike.click();
        page.locator("button[value='" + pupil + "." + takers.get(pupil) + "']").click();
    }

    private UUID taker(UUID pupil) {
        UUID adult = UUID.randomUUID();
        given.in(world.school(), () -> {
            roster.addAdults(world.school(), List.of(new Roster.NewAdult(adult, null, "来接的人")));
            roster.addRelations(world.school(), List.of(new Roster.NewRelation(pupil, adult, "guardian", "")));
            return true;
        });
        return adult;
    }

    /** Signs in, opens the afternoon once, and waits until the phone has what it needs. */
    private Page visited(Teacher teacher) {
        Page page = phone.pages().getFirst();
        signIn(page, teacher);
        page.navigate("/afternoon");
        page.waitForSelector(KEPT, ATTACHED);
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
        return page;
    }

    private static void signIn(Page page, Teacher teacher) {
        page.navigate("/sign-in");
        page.locator("#f-user").fill(teacher.user());
        page.locator("#f-password").fill(GivenSchool.PASSWORD);
        page.waitForNavigation(() -> page.locator("#sign-in button[type=submit]").click());
    }

    /** Closes the browser and opens it again. */
    private void again() {
        phone.close();
        phone = Browsers.phone(wire.base(), folder);
    }

    private static void sent(Page page) {
        page.waitForSelector("[data-queue][data-state=sent]", new Page.WaitForSelectorOptions().setTimeout(30_000).setState(WaitForSelectorState.ATTACHED));
    }

    private static String roll(UUID session) {
        return "/sessions/" + session + "/roll-call";
    }

    private static String child(UUID pupil) {
        return ".roll-child:has(input[value='" + pupil + "'])";
    }

    private Map<UUID, ChildStanding> standings() {
        return given.in(world.school(), () -> days.ofDay(world.school(), GivenAfternoon.DAY));
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s").param("s", world.school()).query(Long.class).single());
    }
}
