package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.app.demo.DemoSchool;
import afterbell.base.schools.Schools;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.web.Screen;
import afterbell.desk.desk.SetupDoor;
import afterbell.testing.Browsers;
import afterbell.testing.GivenSchool;
import afterbell.testing.Hands;
import afterbell.testing.Look;
import afterbell.testing.QrEye;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The main job from the school's own spreadsheets to every child's class list, in chapters that follow each other: over HTTPS, under a name, without
 * mail, text messages or demo accounts, the families in a chat app's browser.
 */
@SchoolOverHttps
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(StopAtFirstFault.class)
@Req({"R33", "R49", "R56", "R62"})
class WholeTermJourneyIT {
    private static final Path FILES = Path.of("demo").toAbsolutePath();

    @Autowired
    GivenSchool given;

    @Autowired
    SetupDoor door;

    @Autowired
    Schools schools;

    @Autowired
    ShiftableClock clock;

    @Autowired
    JdbcClient sql;

    static final String SCHOOL = "晓阳实验学校";
    static final String OFFICE = "zhang.office";
    static final String FIRST_WISH = "硬笔书法";
    static final String SECOND_WISH = "少儿编程";

    final DemoSchool paper = DemoSchool.standard();
    final List<String> complaints = new ArrayList<>();
    UUID school = new UUID(0, 0);
    Hands office = null;
    Hands teacher = null;
    String round = "";
    String classCode = "";
    final List<String> slips = new ArrayList<>();
    final List<String> haveSlips = new ArrayList<>();
    final List<Hands> families = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    Hands unlucky = null;

    @BeforeAll
    void a_node_that_nobody_has_used() {
        at("2026-08-29T09:00");
        office = Hands.on(Browsers.open(SchoolOverHttps.Server.ADDRESS, Look.DESK, complaints));
    }

    @AfterAll
    void all_go_home() {
        clock.shiftBy(clock.shift().negated());
    }

    private static Hands signIn(Hands hands, String user) {
        hands.open("/sign-in").type("#f-user", user).type("#f-password", GivenSchool.PASSWORD).go("#sign-in button[type=submit]").effort();
        return hands;
    }

    private void at(String when) {
        clock.shiftTo(LocalDateTime.parse(when).atZone(Screen.ZONE).toInstant());
    }

    /** Another day: who works at the school has to sign in again, families are still known. */
    private void onAnotherDay(String when) {
        at(when);
        signIn(office, OFFICE);
        if (teacher != null) teacherEnters();
    }

    /** By the code that the console printed; no account stood here before. */
    @Test
    @Order(0)
    void the_first_visit_makes_the_school_and_its_office() {
        Page page = office.page();
        office.open("/");
        assertThat(page.url()).endsWith("/setup");
        office.type("#f-code", door.code().orElseThrow()).go("#code .actionbar button");
        office.type("#f-school", SCHOOL).type("#f-code", "xiaoyang").tap("label:has(input[name=kind][value=nine-year])").type("#f-region", "320999");
        office.type("#f-phone", "0000-8210").type("#f-name", "张主任").type("#f-user", OFFICE).type("#f-password", GivenSchool.PASSWORD).type("#f-again", GivenSchool.PASSWORD);
        office.go("#setup .actionbar button");
        assertThat(page.url()).as(shown("main")).endsWith("/setup/next");
        school = given.within(Scope.DOOR, () -> schools.byCode("xiaoyang")).orElseThrow();
        office.effort();
    }

    @Test
    @Order(1)
    void the_roll_is_imported_from_the_schools_own_workbook() {
        Page page = office.page();
        preview("pupils", "pupils.xlsx");
        UxBars.met("import preview: from the menu to the list of bad cells", 30, office.effort());
        assertThat(shown("#apply .actionbar")).contains("1197");
        office.go("a[href*='show=bad']");
        assertThat(page.locator("input[name=text]").count()).isEqualTo(3);
        Pictures.take(page, "import");
        DemoSchool.Pupil child = paper.pupils().stream().filter(p -> p.code().equals("P0333")).findFirst().orElseThrow();
        mend("2016-2-30", child.birthday().toString());
        UxBars.met("import preview: one bad cell mended in place", 30, office.effort());
        assertThat(page.locator("input[name=text]").count()).isEqualTo(2);
        office.go("#apply button");
        assertThat(shown(".toast")).contains("1198");

        preview("pupils", "pupils-corrected.xlsx");
        office.go("#apply button");
        assertThat(shown(".toast")).contains("2");
        office.open("/pupils");
        assertThat(shown("main")).contains("1200");
        preview("pupils", "pupils-corrected.xlsx");
        assertThat(page.locator("#apply button").isDisabled()).as("a file imported twice doubles nothing").isTrue();
        office.go("form[action$='/removal'] button");
    }

    /** What the office reads; numbers without the marks between thousands. */
    private String shown(String selector) {
        return office.page().locator(selector).first().innerText().replace(",", "");
    }

    private void preview(String kind, String file) {
        office.open("/imports");
        office.tap(office.page().locator("label:has(input[name=kind][value=" + kind + "])")).file("input[name=file]", FILES.resolve(file)).go("form[action='/imports'] .actionbar button");
    }

    private void mend(String from, String to) {
        String form = "form[action$='/cells']:has(input[value='" + from + "'])";
        office.type(form + " input[name=text]", to).go(form + " button");
    }

    @Test
    @Order(2)
    void staff_rooms_and_standings_follow() {
        for (String kind : List.of("staff", "rooms", "standings")) {
            preview(kind, kind + ".xlsx");
            Page page = office.page();
            if (page.locator("form[action$='/suggestions'] button").count() == 0 && page.locator("a[href*='show=ask']").count() > 0) office.go("a[href*='show=ask']");
            if (page.locator("form[action$='/suggestions'] button").count() > 0) office.go("form[action$='/suggestions'] button");
            assertThat(page.locator("#apply button").isEnabled()).as(kind + ": " + page.locator("main").innerText()).isTrue();
            office.go("#apply button");
            assertThat(page.locator(".toast").count()).as(kind).isOne();
        }
    }

    @Test
    @Order(3)
    void a_term_is_opened_with_the_days_and_bells_that_are_usual() {
        office.effort();
        office.open("/calendar").go("main a[href='/calendar/terms/new']").go("#term .actionbar button").go("#bells .actionbar button").go("#bells .actionbar a");
        UxBars.met("term overview: a term opened as it usually is", 60, office.effort());
        assertThat(office.page().locator("main").innerText()).contains("9月7日");
    }

    @Test
    @Order(4)
    void the_plan_is_own_class_everywhere_and_a_choice_where_clubs_are() {
        bells();
        office.open("/programme/own-class").go("#own .actionbar button");
        // First grade, slot, days on which the band may choose.
        for (int[] cell : new int[][] {{1, 2, 2, 4}, {3, 2, 1, 5}, {5, 2, 2, 4}}) choice(cell[0], cell[1], 0, cell[2], cell[3]);
        choice(7, 1, 7, 5);
        choice(7, 1, 8, 3);
        assertThat(office.page().locator("table.plan .plan-choice").count()).isEqualTo(8);
        Pictures.take(office.page(), "plan");
    }

    /** The junior part begins an hour later and has an evening. */
    private void bells() {
        office.open("/calendar").go("main a[href$='/bells']");
        Page page = office.page();
        for (int row = 0; row < 2; row++) page.locator("input[name='s" + row + ".bands']").last().uncheck();
        String[][] junior = {{"S1", "17:00", "18:00", "AFTER_SCHOOL"}, {"S2", "18:30", "20:00", "EVENING_STUDY"}};
        for (int i = 0; i < 2; i++) {
            String at = "s" + (2 + i) + ".";
            page.locator("[id='f-" + at + "code']").fill(junior[i][0]);
            page.locator("[id='f-" + at + "from']").fill(junior[i][1]);
            page.locator("[id='f-" + at + "until']").fill(junior[i][2]);
            page.locator("[id='f-" + at + "service']").selectOption(junior[i][3]);
            page.locator("input[name='" + at + "bands']").last().check();
        }
        office.go("#bells .actionbar button");
        assertThat(page.locator(".toast").count()).as(page.locator("main").innerText()).isOne();
    }

    /** @param only the one grade of its band that chooses; 0 for the whole band */
    private void choice(int firstGrade, int slot, int only, int... days) {
        office.open("/programme").go("table.plan tbody tr:nth-child(" + slot + ") a[href*='grade=" + firstGrade + "&']");
        office.type("#f-text-2", "社团活动").choose("#f-form-2", "choice");
        for (int day = 1; day <= 5; day++) {
            int wanted = day;
            Locator tick = office.page().locator("input[name=days][value='" + day + "']");
            if (tick.isChecked() != Arrays.stream(days).anyMatch(d -> d == wanted)) office.tap(office.page().locator("label:has(input[name=days][value='" + day + "'])"));
        }
        if (only > 0) office.choose("#f-gradeFrom", "" + only).choose("#f-gradeUntil", "" + only);
        office.go("#cell .actionbar button");
    }

    @Test
    @Order(5)
    void menu_duties_and_teams_come_from_their_workbooks_and_the_plan_is_published() {
        provider();
        prices();
        for (String kind : List.of("menu", "duties", "members")) {
            preview(kind, kind + ".xlsx");
            if (office.page().locator("a[href*='show=ask']").count() > 0) office.go("a[href*='show=ask']");
            if (office.page().locator("form[action$='/suggestions'] button").count() > 0) office.go("form[action$='/suggestions'] button");
            assertThat(office.page().locator("#apply button").isEnabled()).as(kind + ": " + shown("main")).isTrue();
            office.go("#apply button");
            assertThat(office.page().locator(".toast").count()).as(kind + ": " + shown("main")).isOne();
        }
        vetted();
        // A small club and one that takes everybody, so that ten families are enough for a draw.
        size(FIRST_WISH, 1, 4);
        size(SECOND_WISH, 1, 30);
        office.open("/programme/sections");
        Pictures.take(office.page(), "menu");
        office.open("/programme/publication");
        assertThat(office.page().locator("form[action='/programme/publication']").count()).as(shown("main")).isOne();
        office.go("form[action='/programme/publication'] button");
        Page stranger = Browsers.open(SchoolOverHttps.Server.ADDRESS, Look.PHONE, complaints);
        stranger.navigate("/schools/xiaoyang/menu");
        assertThat(stranger.locator("main").innerText()).contains(FIRST_WISH, SECOND_WISH);
        stranger.context().close();
    }

    private void provider() {
        office.open("/staffing/providers").go("main a[href='/staffing/providers/new']");
        office.type("#f-name", "晓阳区青少年宫").tap("label:has(input[name=kind][value=institution])").choose("#f-chosenBy", "bureau-list").go("main .actionbar button");
        assertThat(office.page().locator(".toast").count()).as(shown("main")).isOne();
    }

    private void prices() {
        office.open("/prices").go("main a[href='/prices/new']");
        office.type("#f-title", "收费标准").type("#f-authority", "区发展和改革局").type("#f-from", "2026-01-01");
        office.type("input[name=item]", "外聘课程").type("input[name=yuan]", "15").choose("select[name=unit]", "session");
        office.type("#f-refunds", "退出后从下一次课起不再收费，已交的按次退还。").type("#f-phone", "0000-8210").go("main .actionbar button");
        assertThat(office.page().locator(".toast").count()).as(shown("main")).isOne();
    }

    /** Papers of the provider, then of each person from outside whose papers are not complete. */
    private void vetted() {
        office.open("/staffing/providers").go("main article a");
        assertThat(papers()).isEqualTo(2);
        int people = 0;
        while (office.open("/staffing?who=unfit").page().locator("main tbody a").count() > 0) {
            office.go("main tbody a");
            assertThat(papers()).as(shown("main")).isPositive();
            people++;
        }
        assertThat(people).isPositive();
        office.open("/staffing/providers");
        assertThat(shown("main article")).doesNotContain("缺");
    }

    /** Records each paper that the page says is missing. */
    private int papers() {
        int recorded = 0;
        for (; office.page().locator("main a[href*='/staffing/checks/new?'][href*='kind=']").count() > 0; recorded++)
            office.go("main a[href*='/staffing/checks/new?'][href*='kind=']").type("#f-from", "2026-07-01").type("#f-until", "2027-07-01").go("main .actionbar button");
        return recorded;
    }

    private void size(String club, int min, int max) {
        office.open("/programme/sections?q=" + club).go("main table a:has-text('" + club + "')").type("#f-minSize", "" + min).type("#f-capacity", "" + max).go("#section .actionbar button");
        assertThat(office.page().locator(".toast").count()).as(shown("main")).isOne();
    }

    @Test
    @Order(6)
    void letters_are_written_from_the_models_and_published() {
        for (String kind : List.of("LETTER", "SAFETY")) {
            office.open("/office/letters").go("form:has(input[name=kind][value=" + kind + "]) button");
            String body = office.page().locator("#f-body").inputValue();
            office.page().locator("#f-body").fill(body.replaceAll("\\[\\[[^\\]]*]]", "由学校统一安排"));
            office.page().locator("#f-answerBy").fill("2026-09-02T20:00");
            if (kind.equals("LETTER")) Pictures.take(office.page(), "letter-office");
            office.go("button[name=act][value=publish]");
            assertThat(office.page().locator(".toast").count()).as(office.page().locator("main").innerText()).isOne();
        }
    }

    @Test
    @Order(7)
    void a_round_is_planned_and_opened() {
        Page page = office.page();
        office.open("/rounds").type("#f-name", "2026年秋季选报");
        day("opensDay", "2026-08-30", "opensTime", "08:00");
        day("closesDay", "2026-09-02", "closesTime", "20:00");
        day("reviewDay", "2026-09-04", "reviewTime", "18:00");
        office.go("#plan .actionbar button");
        if (page.url().endsWith("/rounds")) office.go(".tasks a");
        office.go("form[action$='/opening'] button");
        round = page.url().replaceAll(".*/rounds/([0-9a-f-]{36}).*", "$1");
        onAnotherDay("2026-08-30T08:30");
    }

    private void day(String day, String date, String time, String hour) {
        office.page().locator("#f-" + day).fill(date);
        office.page().locator("#f-" + time).fill(hour);
    }

    /** A slip of the office admits the class teacher, as it admits a family; who lost it gets another. */
    private void teacherEnters() {
        String name = paper.staff(paper.schoolClass("C3-1").classTeacher()).name();
        Page page = office.page();
        office.open("/roles?q=" + name);
        page.locator("input[name=row]").first().check();
        office.go("form[data-bulk] .bulk button");
        String slip = QrEye.read(page.locator(".slip:has-text('" + name + "') .slip-code").first());
        // Days have passed at once: the house still remembers for seconds who was signed in before, the computer at school does not.
        teacher.page().context().clearCookies();
        teacher.open(slip).go("main form button[type=submit]").effort();
    }

    @Test
    @Order(8)
    void the_class_teacher_prints_slips_and_shows_the_class_its_code() {
        teacher = Hands.on(Browsers.open(SchoolOverHttps.Server.ADDRESS, Look.DESK, complaints));
        teacherEnters();
        teacher.open("/families").go("form[action$='/slips'] button.btn-main");
        Locator printed = teacher.page().locator(".slip");
        assertThat(printed.count()).isEqualTo(paper.pupilsOf("C3-1").size());
        Pictures.take(teacher.page(), "slips");
        for (int i = 0; i < 8; i++) {
            slips.add(QrEye.read(printed.nth(i).locator(".slip-code")));
            haveSlips.add(printed.nth(i).innerText());
        }
        assertThat(slips).doesNotHaveDuplicates().allMatch(s -> s.startsWith(SchoolOverHttps.Server.ADDRESS + "/e/"));
        teacher.open("/families");
        classCode = QrEye.read(teacher.page().locator("figure.qr svg").first());
        Pictures.take(teacher.page(), "class-code");
        assertThat(classCode).startsWith(SchoolOverHttps.Server.ADDRESS + "/join/");
    }

    @Test
    @Order(9)
    void six_families_enter_from_their_slips_sign_and_choose_in_one_visit() {
        for (int i = 0; i < 6; i++) {
            Hands family = Hands.on(Browsers.chatApp(SchoolOverHttps.Server.ADDRESS, complaints));
            family.open(slips.get(i));
            if (i == 0) Pictures.take(family.page(), "slip");
            family.go("button.role");
            consentSignAndChoose(family, i == 0);
        }
    }

    /** From the question of consent to the answered sheet. */
    private void consentSignAndChoose(Hands family, boolean measured) {
        families.add(family);
        Page page = family.page();
        page.onRequest(r -> addresses.add(URLDecoder.decode(r.url(), StandardCharsets.UTF_8)));
        if (page.url().contains("/consent")) family.go("button[name=decision][value=given]");
        if (!page.url().contains("/letters/")) family.go(".tasks a.btn-main");
        if (page.url().contains("/consent")) family.go("button[name=decision][value=given]");
        if (measured) Pictures.take(page, "letter");
        Hands.Effort entered = family.effort();
        family.tap("label:has(input[name=answer][value=YES])").sign("canvas.sign-pad");
        if (measured) Pictures.take(page, "signature", "[data-sign]");
        family.go("#sign .actionbar button");
        // What a hurried person reads: the greeting and the letter's own minute; all the rest is passed by and counted as scrolling.
        Hands.Effort letter = family.read("#letter > p >> nth=1").read("#letter ul >> nth=0").effort();
        family.go(".notice a.btn-main").sign("canvas.sign-pad").go("#sign .actionbar button[value=YES]");
        Hands.Effort agreement = family.read("#letter").effort();
        family.open("/").go(".tasks a[href*='/sheet/']");
        family.tap("label:has([data-test=part-yes])");
        family.tap("[data-test=days-2]");
        if (measured) Pictures.take(page, "days", "#days");
        if (page.locator(".wish-group[open]").count() == 0) family.tap(".wish-group > summary");
        family.tap(".wish-group[open] [data-name='" + FIRST_WISH + "']");
        Hands.Effort wish = family.effort();
        family.tap(".wish-group[open] [data-name='" + SECOND_WISH + "']");
        if (measured) Pictures.take(page, "wishes", "#wishes");
        family.go("button[name=then]");
        Hands.Effort rest = family.effort();
        if (!measured) return;
        UxBars.met("letter and signature: read, sign and done", 60, letter);
        UxBars.met("choice sheet: first wish ranked after opening", 20, wish);
        UxBars.met("choice sheet: a week for one child", 120, sum(wish, rest));
        UxBars.met("first visit: from the slip to signed and answered", 240, sum(entered, letter, agreement, wish, rest));
    }

    /** Two slips on one phone; each child gets its own days and its own club, nothing is copied. */
    @Test
    @Order(10)
    void a_family_of_two_answers_for_both_in_one_go() {
        Hands family = Hands.on(Browsers.chatApp(SchoolOverHttps.Server.ADDRESS, complaints));
        Page page = family.page();
        for (String slip : slips.subList(6, 8)) {
            family.open(slip).go("button.role, main form button[type=submit]");
            if (page.url().contains("/consent")) family.go("button[name=decision][value=given]");
        }
        family.effort();
        family.open("/").go(".tasks a[href*='/sheet/']");
        List<String> children = new ArrayList<>();
        for (int child = 0; child < 2; child++) {
            children.add(page.url());
            family.tap("label:has([data-test=part-yes])").tap(child == 0 ? "[data-test=days-2]" : "[data-test=days-1]");
            // The first goes home at once on Thursday; the second stays longer only on Monday, the day of its club, and goes home at once on Friday.
            if (child == 0) family.tap("label:has([data-test=d4-0])");
            else family.tap("label:has([data-test=d1-2])").tap("label:has([data-test=d5-0])");
            if (page.locator(".wish-group[open]").count() == 0) family.tap(".wish-group > summary");
            family.tap(".wish-group[open] [data-name='" + SECOND_WISH + "']").go("button[name=then]");
        }
        UxBars.met("choice sheet: a week for two children, each with days and a club of its own", 180, family.effort());
        assertThat(children).doesNotHaveDuplicates();
        family.open("/sheets");
        assertThat(page.locator(".task-done").count()).as(page.locator("main").innerText()).isEqualTo(2);
        Pictures.take(page, "two-children");
        page.context().close();
    }

    private static Hands.Effort sum(Hands.Effort... parts) {
        return Hands.Effort.sum(List.of(parts));
    }

    @Test
    @Order(11)
    void four_families_come_through_the_class_code_and_the_class_teacher_admits_each_with_one_tap() {
        List<DemoSchool.Pupil> children = paper.pupilsOf("C3-1").stream().filter(child -> haveSlips.stream().noneMatch(slip -> slip.contains(child.name()))).limit(4).toList();
        for (DemoSchool.Pupil child : children) {
            Hands family = Hands.on(Browsers.chatApp(SchoolOverHttps.Server.ADDRESS, complaints));
            family.open(classCode).type("#f-child", child.name()).type("#f-name", "李家长").tap("label:has(input[name=relation])").go("main form button[type=submit]");
            assertThat(family.page().locator("main").innerText()).as("sees nothing yet").doesNotContain(child.name());
            family.effort();
            teacher.open("/families").effort();
            if (child.equals(children.getFirst())) Pictures.take(teacher.page(), "admitting");
            teacher.go("article:has-text('" + child.name() + "') button[value=approve]");
            UxBars.taps("first visit: the class teacher admits a family", 1, teacher.effort());
            family.open("/");
            consentSignAndChoose(family, false);
        }
        office.open("/rounds/" + round);
        assertThat(shown(".figures-row")).contains("12 / 1200");
    }

    @Test
    @Order(12)
    void the_class_teacher_reminds_in_two_taps_and_enters_the_families_on_paper() {
        Page page = teacher.page();
        teacher.open("/");
        teacher.effort();
        teacher.go(".tasks a[href*='/round/']");
        String reminder = page.locator("#reminder").inputValue();
        assertThat(reminder).contains("31").contains(SchoolOverHttps.Server.ADDRESS);
        paper.pupilsOf("C3-1").forEach(child -> assertThat(reminder).as("a reminder names nobody").doesNotContain(child.name()));
        Pictures.take(page, "answers");
        teacher.tap("[data-copy=reminder]");
        UxBars.taps("class page: a reminder ready to paste", 2, teacher.effort());
        Locator open = page.locator("select[name^=w-]");
        int rows = open.count();
        assertThat(rows).isEqualTo(31);
        for (int i = 0; i < rows; i++) teacher.pick(open.nth(i), i % 11 == 0 ? "no" : "2");
        Pictures.take(page, "grid", "#grid");
        teacher.go("#entries .actionbar button");
        UxBars.met("class page: " + rows + " paper answers entered on the grid", 360.0 * rows / 40, teacher.effort());
        assertThat(page.locator("main").innerText()).contains("43 / 43");
    }

    @Test
    @Order(13)
    void the_round_closes_by_the_clock_and_the_answers_are_reviewed() {
        onAnotherDay("2026-09-02T20:06");
        Page page = teacher.page();
        page.waitForCondition(() -> {
            page.navigate("/rounds/" + round + "/review");
            return page.locator("button[name=act][value=all]").count() > 0;
        }, new Page.WaitForConditionOptions().setTimeout(60_000));
        // Asking before the round had closed found nothing yet.
        complaints.removeIf(c -> c.contains("404"));
        teacher.effort();
        teacher.go("button[name=act][value=all]");
        UxBars.taps("class page: a class reviewed", 1, teacher.effort());
        office.open("/rounds/" + round);
        assertThat(shown(".figures-row")).contains("43 / 1200");
        onAnotherDay("2026-09-04T18:10");
    }

    @Test
    @Order(14)
    void the_draw_is_revealed_run_and_published_in_the_console() {
        Page page = office.page();
        page.waitForCondition(() -> {
            page.navigate("/draws/" + round);
            return page.locator("[data-test=reveal]").count() > 0;
        }, new Page.WaitForConditionOptions().setTimeout(60_000));
        office.effort();
        office.type("#f-publicValue", "3D 2026235 358").go("[data-test=reveal] button").go("[data-test=start] button.btn-main");
        page.waitForSelector("[data-test=figures]", new Page.WaitForSelectorOptions().setTimeout(120_000));
        Pictures.take(page, "console");
        assertThat(page.locator("[data-test=closings]").innerText()).contains("乒乓球初级");
        assertThat(page.locator("[data-test=sections]").innerText()).contains(FIRST_WISH);
        assertThat(page.locator("[data-test=reasons]").innerText()).containsPattern("\\d");
        office.go("[data-test=closings] form button");
        assertThat(page.locator("[data-test=publish]").innerText()).as("says whom it tells").containsPattern("\\d+");
        office.go("[data-test=publish] form >> nth=0 >> button");
        UxBars.met("draw console: from the closed round to the published result", 90, office.effort());
        assertThat(page.locator(".notice.tone-done").count()).isPositive();
    }

    @Test
    @Order(15)
    void a_family_reads_its_places_and_the_reason_of_each_missed_wish_on_one_screen() {
        int missed = 0;
        for (Hands family : families) {
            family.open("/").effort();
            family.go(".tasks a[href$='/result'], main a[href$='/result']");
            Page page = family.page();
            UxBars.taps("result and reason: opened from the first page", 1, family.effort());
            assertThat(page.locator(".week").count()).isOne();
            if (page.locator("[data-test=missed]").count() > 0) {
                missed++;
                assertThat(page.locator("[data-test=missed]").innerText()).contains(FIRST_WISH);
                unlucky = family;
                Pictures.take(page, "result");
            }
        }
        assertThat(missed).as("ten wished first into four places").isEqualTo(6);
        assertThat(unlucky.page().locator("main").innerText()).as("objection days").contains("9月");
        String certificate = unlucky.page().locator("a[href*='/draw/']").first().getAttribute("href");
        Page stranger = Browsers.open(SchoolOverHttps.Server.ADDRESS, Look.PHONE, complaints);
        stranger.navigate(certificate);
        assertThat(stranger.locator("main").innerText()).contains("3D 2026235 358");
        stranger.context().close();
    }

    @Test
    @Order(16)
    void the_master_sheet_opens_in_a_spreadsheet_program() throws IOException {
        byte[] file = Browsers.file(office.page(), "/timetable/master.xlsx");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<List<String>> rows = new ArrayList<>();
            try (Stream<Row> all = book.getFirstSheet().openStream()) {
                all.forEach(r -> rows.add(r.stream().map(c -> c == null ? "" : c.getText()).toList()));
            }
            assertThat(rows).hasSizeGreaterThan(1200);
            List<List<String>> chess = rows.stream().filter(r -> r.stream().anyMatch(c -> c.contains(FIRST_WISH))).toList();
            assertThat(chess).hasSize(4).allSatisfy(r -> assertThat(String.join(" ", r)).contains("三(1)班"));
        }
    }

    @Test
    @Order(17)
    void the_calendar_feed_is_one_that_a_calendar_reads() throws Exception {
        unlucky.go("a[href$='/week']");
        unlucky.tap(unlucky.page().locator("#objection summary")).go("#object button");
        assertThat(unlucky.page().locator("[data-test=objections]").innerText()).as("an objection in the days for it").contains("社团不对", "学校正在看");
        assertThat(office.open("/objections").page().locator("main").innerText()).contains("社团不对");
        unlucky.go("form[action$='/feeds'] button");
        String address = unlucky.page().locator("#feed").inputValue();
        assertThat(address).startsWith(SchoolOverHttps.Server.ADDRESS);
        Page stranger = Browsers.open(SchoolOverHttps.Server.ADDRESS, Look.PHONE, complaints);
        stranger.navigate("/sign-in");
        String feed = new String(Browsers.file(stranger, address), StandardCharsets.UTF_8);
        stranger.context().close();
        Calendar calendar = new CalendarBuilder().build(new StringReader(feed));
        List<VEvent> events = calendar.getComponents("VEVENT");
        assertThat(events).isNotEmpty();
        assertThat(calendar.validate().hasErrors()).isFalse();
        assertThat(feed).contains("DTSTART").contains(SECOND_WISH);
    }

    @Test
    @Order(18)
    void the_class_week_is_one_page_for_the_door() {
        teacher.open("/timetable").go("a[href*='/classes/'][href$='/week']").go("a[href$='/week/paper']");
        Pictures.take(teacher.page(), "door");
        assertThat(teacher.page().locator(".sheet").innerText()).contains("三(1)班").contains(FIRST_WISH).contains(SECOND_WISH);
    }

    @Test
    @Order(19)
    void a_cell_changed_in_the_downloaded_lists_moves_a_child_after_a_preview(@TempDir Path desk) throws Exception {
        String child = paper.pupilsOf("C3-1").stream().map(DemoSchool.Pupil::name).filter(unlucky.page().locator("main").innerText()::contains).findFirst().orElseThrow();
        byte[] lists = Browsers.file(office.page(), "/timetable/lists.xlsx");
        assertThat(clubsOf(child, lists)).containsExactly(SECOND_WISH);
        Path edited = Files.write(desk.resolve("lists.xlsx"), lists);
        type(edited, SECOND_WISH, child, FIRST_WISH);

        office.effort();
        preview("classlist", edited.toString());
        assertThat(office.page().locator("a[href*='show=bad']").count()).as(shown("main")).isZero();
        assertThat(shown("main table")).contains(FIRST_WISH).contains(child);
        office.go("a[href*='show=gone']");
        Locator gone = office.page().locator("main tbody tr");
        assertThat(gone.count()).as(shown("main")).isOne();
        assertThat(gone.innerText()).contains(SECOND_WISH).contains(child);
        office.tap(gone.locator("label.check")).go("button[form=gone]");
        Pictures.take(office.page(), "lists-again");
        office.go("#apply button");
        assertThat(office.page().locator(".toast").count()).as(shown("main")).isOne();
        UxBars.met("class lists: a changed cell read, looked at and applied", 60, office.effort());

        assertThat(clubsOf(child, Browsers.file(office.page(), "/timetable/lists.xlsx"))).containsExactly(FIRST_WISH);
        assertThat(office.open("/objections").page().locator("main").innerText()).contains("退出“" + SECOND_WISH).contains("加入“" + FIRST_WISH);
        unlucky.open("/").go(".tasks a[href$='/result'], main a[href$='/result']").go("a[href$='/week']");
        String week = unlucky.page().locator("main").innerText();
        assertThat(week).as("clubs begin some weeks after the basic service").contains("9月7日").doesNotContain(FIRST_WISH);
        for (int i = 0; i < 3 && !week.contains(FIRST_WISH); i++) week = unlucky.go("[data-test=after]").page().locator("main").innerText();
        assertThat(week).contains(FIRST_WISH).doesNotContain(SECOND_WISH);
    }

    /** Which of the two wishes stand before the child's name in the lists. */
    private static List<String> clubsOf(String child, byte[] lists) throws IOException {
        List<String> clubs = new ArrayList<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(lists))) {
            for (Sheet sheet : book.getSheets().toList())
                for (Row row : sheet.read())
                    if (row.getCellText(1).equals(child)) Stream.of(FIRST_WISH, SECOND_WISH).filter(row.getCellText(0)::contains).forEach(clubs::add);
        }
        return clubs;
    }

    /** Types the club of one child anew, in the first cell of its row, and leaves all else of the workbook as it was. */
    private static void type(Path book, String club, String child, String typed) throws Exception {
        int changed = 0;
        try (FileSystem parts = FileSystems.newFileSystem(book);
                Stream<Path> sheets = Files.list(parts.getPath("xl/worksheets"))) {
            for (Path sheet : sheets.filter(Files::isRegularFile).toList()) {
                Document text = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(Files.readAllBytes(sheet)));
                NodeList rows = text.getElementsByTagName("row");
                for (int i = 0; i < rows.getLength(); i++) {
                    NodeList cells = ((Element) rows.item(i)).getElementsByTagName("t");
                    if (cells.getLength() < 2 || !cells.item(0).getTextContent().contains(club) || !cells.item(1).getTextContent().equals(child)) continue;
                    cells.item(0).setTextContent(typed);
                    changed++;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                TransformerFactory.newInstance().newTransformer().transform(new DOMSource(text), new StreamResult(out));
                Files.write(sheet, out.toByteArray());
            }
        }
        assertThat(changed).isOne();
    }

    @Test
    @Order(20)
    void the_office_sees_in_one_look_which_task_of_the_term_is_late_and_with_whom() {
        onAnotherDay("2026-09-08T08:00");
        office.open("/").effort();
        office.go(".places a[href='/calendar']");
        Locator late = office.page().locator(".timeline .tone-danger");
        assertThat(late.count()).as(shown("main")).isPositive();
        UxBars.met("term overview: from the first page to who is late with what", 30, office.lookAt(late).effort());
        Pictures.take(office.page(), "term");
    }

    @Test
    @Order(21)
    void nothing_complained_and_no_address_named_anybody() {
        // An empty style attribute on a piece that was swapped in: the policy refuses it, and nobody sees a difference.
        complaints.removeIf(c -> c.startsWith("Applying inline style") && c.contains("sha256-47DEQpj8HBSa"));
        assertThat(complaints).isEmpty();
        assertThat(addresses).isNotEmpty();
        for (String address : addresses)
            for (DemoSchool.Pupil child : paper.pupilsOf("C3-1")) assertThat(address).doesNotContain(child.name());
    }
}
