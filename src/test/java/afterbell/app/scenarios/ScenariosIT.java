package afterbell.app.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.Wave;
import afterbell.base.calendar.Calendars;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.Programme;
import afterbell.term.tariffs.Tariffs;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The source plans as schools: loaded, published, and read back as they were printed. */
@HouseTest
class ScenariosIT {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired
    LoadScenario scenarios;

    @Autowired
    GivenSchool given;

    @Autowired
    Programme programme;

    @Autowired
    Calendars calendars;

    @Autowired
    Tariffs tariffs;

    @Autowired
    Rules rules;

    @Autowired
    Visitor.Maker visitors;

    private static Scenario read(String id) {
        try {
            return read(id, Files.readString(Path.of("scenarios", id, "plan.yaml")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Scenario read(String id, String text) {
        List<YamlProblem> problems = new ArrayList<>();
        Scenario plan = Scenario.read(id, text, problems);
        assertThat(problems).isEmpty();
        return plan;
    }

    private LoadScenario.Loaded load(Scenario plan) {
        LoadScenario.Loaded loaded = scenarios.load(plan, "plan" + plan.id() + "-" + NEXT.incrementAndGet());
        assertThat(loaded.stops()).isEmpty();
        assertThat(loaded.barred()).isEmpty();
        assertThat(given.in(loaded.school(), () -> programme.publishedAt(loaded.school(), loaded.term()))).isPresent();
        return loaded;
    }

    private List<List<String>> week(LoadScenario.Loaded loaded, String band, int grade, String slot) {
        List<Cell> cells = given.in(loaded.school(), () -> programme.cells(loaded.school(), loaded.term()));
        List<List<String>> week = new ArrayList<>();
        for (int day = 1; day <= 5; day++) week.add(CellPolicy.of(cells, Slot.idOf(loaded.term(), band, DayOfWeek.of(day), slot), grade).stream().map(CellPolicy.Content::text).toList());
        return week;
    }

    @Test
    @Req({"R22", "R21", "C13", "R113"})
    void plan_000_is_a_published_school_whose_week_is_the_printed_table() {
        LoadScenario.Loaded loaded = load(read("000"));
        UUID school = loaded.school();
        List<String> help = List.of("提优补习", "辅导答疑");
        List<String> monday = List.of("提优补习", "辅导答疑", "心理健康辅导");
        List<String> clubs = List.of("走班课程", "社团活动");
        List<String> habits = List.of("素养养成课程");
        assertThat(week(loaded, "g7", 7, "S1")).containsExactly(monday, help, habits, help, clubs);
        assertThat(week(loaded, "g8", 8, "S1")).containsExactly(monday, help, clubs, help, habits);
        assertThat(week(loaded, "g9", 9, "S1")).containsExactly(monday, help, help, help, help);
        for (int grade = 7; grade <= 9; grade++) {
            assertThat(Set.copyOf(week(loaded, "g" + grade, grade, "S2"))).containsExactly(List.of("自主作业", "自主学习", "个别答疑", "心理健康辅导"));
            assertThat(Set.copyOf(week(loaded, "g" + grade, grade, "S3"))).containsExactly(List.of("自主作业", "自主学习", "个别答疑"));
        }
        // Grade 9 stays ten minutes longer, and every band has its own last bell.
        given.in(school, () -> {
            var bells = calendars.bells(school, loaded.term());
            assertThat(bells.slots("g9", DayOfWeek.FRIDAY).getLast().time().until()).isEqualTo(LocalTime.of(20, 10));
            assertThat(bells.slots("g7", DayOfWeek.FRIDAY).getLast().time().until()).isEqualTo(LocalTime.of(20, 0));
            assertThat(bells.waves()).extracting(Wave::at).containsExactly(LocalTime.of(18, 0), LocalTime.of(20, 0), LocalTime.of(20, 10));
            LocalDate day = LocalDate.of(2021, 9, 6);
            // No charge before the authority has set one: not a word about money.
            assertThat(tariffs.charges(school, day)).isFalse();
            assertThat(rules.value(school, day, Rule.CLUB_MAX_SIZE)).isEqualTo(20);
            assertThat(rules.value(school, day, Rule.WALKING_CLASS_MAX_SIZE)).isEqualTo(30);
            // The plan names volunteers and says nothing of institutions: what the region says holds.
            assertThat(rules.value(school, day, Rule.INSTITUTIONS_ALLOWED)).isTrue();
            return true;
        });
        String page = visitors.signedIn(given.staff(school, Role.OFFICE)).get("/programme").body();
        assertThat(page).contains("素养养成课程").contains("17:00").contains("20:10").contains("晚自习");
    }

    @Test
    @Req({"R17", "R21", "R35", "R6"})
    void plan_001_is_a_published_school_with_three_endings_and_two_hours_a_day() {
        LoadScenario.Loaded loaded = load(read("001"));
        UUID school = loaded.school();
        assertThat(week(loaded, "low", 1, "S1")).containsOnly(List.of("自主学习")).hasSize(5);
        assertThat(week(loaded, "middle", 4, "S2")).containsOnly(List.of("特色活动", "兴趣社团"));
        assertThat(week(loaded, "high", 6, "S2")).containsOnly(List.of("兴趣社团"));
        given.in(school, () -> {
            var bells = calendars.bells(school, loaded.term());
            assertThat(bells.waves()).extracting(Wave::at).containsExactly(LocalTime.of(17, 0), LocalTime.of(17, 20), LocalTime.of(17, 30));
            for (String band : List.of("low", "middle", "high"))
                assertThat(bells.slots(band, DayOfWeek.MONDAY).stream().mapToInt(s -> (int) java.time.Duration.between(s.time().from(), s.time().until()).toMinutes()).sum()).isEqualTo(120);
            assertThat(calendars.of(school, loaded.term()).basicFrom()).isEqualTo(LocalDate.of(2021, 9, 6));
            return true;
        });
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get("/programme").body()).contains("兴趣社团").contains("17:20");
    }

    @Test
    @Req({"R34", "C14"})
    void a_school_without_clubs_or_draw_runs_on_its_plan_alone() throws IOException {
        String text = Files.readString(Path.of("scenarios/001/plan.yaml"))
                .replaceAll("(?m)^ *- \\{form: choice.*\n", "")
                .replace("form: whole-class", "form: own-class")
                .replaceAll("(?m)^  - bands: \\[high]\n    days: mon-fri\n    slot: S2\n    contents:\n", "  - {bands: [high], days: mon-fri, slot: S2, contents: [{form: own-class, layer: basic, zh: 自主阅读, en: Reading}]}\n")
                .replace("rules:\n", "rules:\n  interest-classes.allowed: no\n");
        Scenario plan = read("001", text);
        assertThat(plan.hasChoice()).isFalse();
        LoadScenario.Loaded loaded = load(plan);
        assertThat(given.in(loaded.school(), () -> programme.sections(loaded.school(), loaded.term()))).isEmpty();
        String code = given.in(loaded.school(), () -> "").isEmpty() ? "plan001-" + NEXT.get() : "";
        assertThat(visitors.stranger().get("/schools/" + code + "/menu").statusCode()).isEqualTo(200);
        Visitor office = visitors.signedIn(given.staff(loaded.school(), Role.OFFICE));
        for (String page : List.of("/programme", "/programme/duties", "/programme/sections", "/programme/publication", "/calendar", "/rounds")) assertThat(office.get(page).statusCode()).as(page).isEqualTo(200);
    }
}
