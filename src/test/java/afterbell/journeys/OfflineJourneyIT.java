package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
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
import com.microsoft.playwright.Page;
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

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

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
        hands.open("/afternoon");
        hands.effort();
        hands.go("a[href='" + roll(world.own()) + "']");
        double opening = hands.effort().seconds();
        List<UUID> gone = List.of(world.pupils().get(3), world.pupils().get(17));
        gone.forEach(p -> hands.tap(child(p)));
        hands.tap("form[data-roll] button[type=submit]");
        page.waitForSelector("[data-queue][data-waiting=yes]");
        assertThat(page.locator("[data-queue-words][role=status], .queue-words").first().innerText()).contains("1 项待发送").contains("没有网络。这是");
        Hands.Effort effort = hands.effort();
        UxBars.taps("roll call of 30 without a network, from the list of the afternoon", 4, new Hands.Effort(effort.taps() + 1, 0, 0, 1, effort.scrolls(), 0, 0, effort.seconds() + opening));
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

    /** Signs in, opens the afternoon once, and waits until the phone has what it needs. */
    private Page visited(Teacher teacher) {
        Page page = phone.pages().getFirst();
        signIn(page, teacher);
        page.navigate("/afternoon");
        page.waitForSelector(KEPT, new Page.WaitForSelectorOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
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
        page.waitForSelector("[data-queue][data-state=sent]", new Page.WaitForSelectorOptions().setTimeout(30_000).setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
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
