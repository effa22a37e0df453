package afterbell.base.calendar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TermDates;
import afterbell.base.rules.Kind;
import afterbell.base.rules.Rule;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios' files hold together: bells without clashes, one cell for each period, rules that exist. */
class ScenarioFilesTest {
    private final List<YamlProblem> problems = new ArrayList<>();

    private YamlTree plan(String id) {
        try {
            return YamlTree.parse(id, Files.readString(Path.of("scenarios", id, "plan.yaml")), problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Contents by band, weekday and slot. */
    private Map<String, List<String>> cells(YamlTree plan, BellGrid bells) {
        Map<String, List<String>> cells = new TreeMap<>();
        for (YamlTree cell : plan.list("cells")) {
            cell.only("bands", "days", "slot", "contents");
            List<String> contents = new ArrayList<>();
            for (YamlTree content : cell.list("contents")) {
                content.only("form", "layer", "zh", "en", "in-charge");
                assertThat(content.text("form")).isIn("own-class", "whole-class", "choice", "fixed");
                assertThat(content.text("layer")).isIn("basic", "extension");
                assertThat(content.text("en")).isNotBlank();
                contents.add(content.text("zh"));
            }
            for (YamlTree band : cell.list("bands"))
                for (DayOfWeek day : BellReader.days(cell.at("days"))) {
                    assertThat(bells.slots(band.text(), day)).as("%s %s", band.text(), day).extracting(Slot::code).contains(cell.text("slot"));
                    assertThat(cells.put(band.text() + " " + day.getValue() + " " + cell.text("slot"), contents)).as("two cells in one place").isNull();
                }
        }
        return cells;
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "001", "002.2", "002.6"})
    void a_scenario_is_whole(String id) {
        YamlTree plan = plan(id).only("plan", "zh", "en", "year", "school", "term", "bells", "cells", "menu", "rules", "letter", "notes");
        BellGrid bells = BellReader.read(plan.at("bells"));
        Map<String, List<String>> cells = cells(plan, bells);
        for (GradeBand band : bells.bands())
            for (DayOfWeek day : DayOfWeek.values())
                for (Slot slot : bells.slots(band.code(), day))
                    if (slot.kind() == SlotKind.PERIOD) assertThat(cells).containsKey(band.code() + " " + day.getValue() + " " + slot.code());
        YamlTree term = plan.at("term").only("half", "first", "last", "registration", "service-week", "clubs-week", "add-drop-weeks");
        assertThat(new TermDates(term.date("first"), term.date("last")).mondayOfWeek(2)).hasToString("2021-09-06");
        plan.at("rules").entries().forEach((key, value) -> {
            Rule<?> rule = Rule.named(key).orElseThrow(() -> new AssertionError(key));
            assertThat(rule.kind()).isNotInstanceOf(Kind.Table.class);
            assertThat(rule.kind().read(value)).isNotNull();
        });
        assertThat(problems).isEmpty();
    }

    @Test
    @Req("R22")
    void plan_000_is_its_table_exactly() {
        YamlTree plan = plan("000");
        BellGrid bells = BellReader.read(plan.at("bells"));
        Map<String, List<String>> cells = cells(plan, bells);
        List<String> help = List.of("提优补习", "辅导答疑");
        List<String> mondays = List.of("提优补习", "辅导答疑", "心理健康辅导");
        List<String> clubs = List.of("走班课程", "社团活动");
        List<String> habits = List.of("素养养成课程");
        assertThat(column(cells, "g7")).containsExactly(mondays, help, habits, help, clubs);
        assertThat(column(cells, "g8")).containsExactly(mondays, help, clubs, help, habits);
        assertThat(column(cells, "g9")).containsExactly(mondays, help, help, help, help);
        assertThat(cells.get("g9 3 S2")).containsExactly("自主作业", "自主学习", "个别答疑", "心理健康辅导");
        assertThat(cells.get("g7 5 S3")).containsExactly("自主作业", "自主学习", "个别答疑");
        assertThat(bells.slots()).isEqualTo(SourcePlanBellsTest.plan("000").slots());
    }

    private static List<List<String>> column(Map<String, List<String>> cells, String band) {
        List<List<String>> week = new ArrayList<>();
        for (int day = 1; day <= 5; day++) week.add(cells.get(band + " " + day + " S1"));
        return week;
    }
}
