package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.testing.Browsers;
import afterbell.testing.GivenSchool;
import afterbell.testing.Hands;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.QrEye;
import afterbell.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A school that only keeps its children in their own classes: no club, no choice, no draw; from one grade's old file to the class list. */
@HouseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(StopAtFirstFault.class)
@Req({"R34", "R49", "R57"})
class OwnClassJourneyIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    ShiftableClock clock;

    @Autowired
    JdbcClient sql;

    final List<String> complaints = new ArrayList<>();
    UUID school = new UUID(0, 0);
    UUID klass = new UUID(0, 0);
    String round = "";
    Hands office = null;
    Hands teacher = null;
    String officeUser = "";
    String teacherUser = "";

    @BeforeAll
    void a_small_school() {
        at("2026-08-29T09:00");
        school = given.school();
        officeUser = given.staff(school, Role.OFFICE);
        office = signedIn(officeUser);
    }

    @AfterAll
    void all_go_home() {
        clock.shiftBy(clock.shift().negated());
    }

    private Hands signedIn(String user) {
        return signIn(Hands.on(Browsers.open(visitors.base(), Look.DESK, complaints)), user);
    }

    private static Hands signIn(Hands hands, String user) {
        hands.open("/sign-in").type("#f-user", user).type("#f-password", GivenSchool.PASSWORD).go("#sign-in button[type=submit]").effort();
        return hands;
    }

    private void at(String when) {
        clock.shiftTo(LocalDateTime.parse(when).atZone(Screen.ZONE).toInstant());
    }

    @Test
    @Order(1)
    void a_grade_is_imported_and_the_term_is_own_class_alone() {
        Page page = office.page();
        office.open("/imports").tap("label:has(input[name=kind][value=pupils])").file("input[name=file]", Path.of("demo/grade-7.csv").toAbsolutePath()).go("form[action='/imports'] .actionbar button").go("#apply button");
        office.open("/calendar/terms/new").go("#term .actionbar button").go("#bells .actionbar button");
        office.open("/programme/own-class").go("#own .actionbar button");
        office.open("/programme/publication");
        assertThat(page.locator("form[action='/programme/publication']").count()).as(page.locator("main").innerText()).isOne();
        office.go("form[action='/programme/publication'] button");
        office.open("/office/letters").go("form:has(input[name=kind][value=LETTER]) button");
        page.locator("#f-body").fill(page.locator("#f-body").inputValue().replaceAll("\\[\\[[^\\]]*]]", "000-12345"));
        office.go("button[name=act][value=publish]");
        assertThat(page.locator(".toast").count()).as(page.locator("main").innerText()).isOne();
    }

    @Test
    @Order(2)
    void a_round_asks_for_days_alone() {
        office.open("/rounds").type("#f-name", "秋季报名");
        for (String[] field : new String[][] {{"opensDay", "2026-08-30"}, {"opensTime", "08:00"}, {"closesDay", "2026-09-02"}, {"closesTime", "20:00"}, {"reviewDay", "2026-09-04"}, {"reviewTime", "18:00"}})
            office.page().locator("#f-" + field[0]).fill(field[1]);
        office.go("#plan .actionbar button");
        if (office.page().url().endsWith("/rounds")) office.go(".tasks a");
        office.go("form[action$='/opening'] button");
        round = office.page().url().replaceAll(".*/rounds/([0-9a-f-]{36}).*", "$1");
        at("2026-08-30T08:30");
        signIn(office, officeUser);
        klass = given.in(school, () -> sql.sql("select class_id from roster.pub_class where school_id = :s and grade = 7 and number = 1").param("s", school).query(UUID.class).single());
        teacherUser = given.classTeacher(school, klass);
        teacher = signedIn(teacherUser);
        teacher.open("/families").go("form[action$='/slips'] button.btn-main");
        Locator slips = teacher.page().locator(".slip");
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) codes.add(QrEye.read(slips.nth(i).locator(".slip-code")));
        for (String code : codes) {
            Hands family = Hands.on(Browsers.chatApp(visitors.base(), complaints));
            family.open(code).go("button.role").effort();
            if (family.page().url().contains("/consent")) family.go("button[name=decision][value=given]");
            family.open("/").go(".tasks a[href*='/letters/']");
            if (family.page().url().contains("/consent")) family.go("button[name=decision][value=given]");
            family.tap("label:has(input[name=answer][value=YES])").sign("canvas.sign-pad").go("#sign .actionbar button");
            family.effort();
            family.open("/").go(".tasks a[href*='/sheet/']").tap("label:has([data-test=part-yes])").tap("[data-test=days-1]");
            assertThat(family.page().locator("#wishes").count()).as("no question about clubs where there are none").isZero();
            family.go("button[name=then]");
            UxBars.met("choice sheet: a week of own class for one child", 60, family.effort());
            family.page().context().close();
        }
    }

    @Test
    @Order(3)
    void the_rest_comes_on_paper_and_the_round_closes() {
        Page page = teacher.page();
        teacher.open("/").go(".tasks a[href*='/round/']");
        Locator open = page.locator("select[name^=w-]");
        int rows = open.count();
        for (int i = 0; i < rows; i++) teacher.pick(open.nth(i), i == 0 ? "no" : "2");
        teacher.go("#entries .actionbar button");
        at("2026-09-02T20:06");
        signIn(teacher, teacherUser);
        page.waitForCondition(() -> {
            page.navigate("/rounds/" + round + "/review");
            return page.locator("button[name=act][value=all]").count() > 0;
        }, new Page.WaitForConditionOptions().setTimeout(60_000));
        // Asking before the round had closed found nothing yet.
        complaints.removeIf(c -> c.contains("404"));
        teacher.go("button[name=act][value=all]");
        at("2026-09-04T18:10");
        signIn(office, officeUser);
        signIn(teacher, teacherUser);
    }

    @Test
    @Order(4)
    void every_child_stands_on_the_class_list_until_its_hour() throws IOException {
        teacher.open("/classes/" + klass + "/week");
        String week = teacher.page().locator("main").innerText();
        assertThat(week).contains("本班");
        byte[] file = Browsers.file(office.page(), "/timetable/master.xlsx");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file)); Stream<Row> rows = book.getFirstSheet().openStream()) {
            List<String> lines = rows.map(r -> r.stream().map(c -> c == null ? "" : c.getText()).reduce("", (a, b) -> a + " " + b)).toList();
            assertThat(lines.stream().filter(l -> l.contains("17:00")).count()).as("two until the first bell").isPositive();
            assertThat(lines.stream().filter(l -> l.contains("18:00")).count()).isGreaterThan(30);
        }
        assertThat(complaints).isEmpty();
    }
}
