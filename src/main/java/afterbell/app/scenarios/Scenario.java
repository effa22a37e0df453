package afterbell.app.scenarios;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.engine.BellReader;
import afterbell.base.rules.Rule;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.programme.Cell;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One source plan as data ({@code scenarios/README.md}).
 *
 * @param id of the source plan, for example 000
 * @param classes grade to number of classes
 * @param rules what the school sets for itself, as nodes to be read by each rule's own kind
 * @param clubs names of courses for choice cells, small groups
 * @param walking names of courses for choice cells, larger groups
 * @param room how rooms are called, with a place for their number
 */
public record Scenario(
        String id,
        String title,
        int year,
        String kind,
        String region,
        String setting,
        String ownership,
        int pupils,
        SortedMap<Integer, Integer> classes,
        int half,
        TermDates dates,
        @Nullable LocalDate registration,
        int serviceWeek,
        int clubsWeek,
        int addDropWeeks,
        BellGrid bells,
        List<Place> places,
        Map<Rule<?>, YamlTree> rules,
        List<String> clubs,
        List<String> walking,
        String room) {

    /** What stands in one slot of one band on one weekday. */
    public record Place(String band, DayOfWeek day, String slot, List<Content> contents) {}

    public record Content(Cell.Form form, Cell.Layer layer, String text) {}

    /**
     * @param problems filled with what can't be understood; the answer counts only where none is added
     */
    public static Scenario read(String file, String text, List<YamlProblem> problems) {
        YamlTree plan = YamlTree.parse(file, text, problems).only("plan", "zh", "en", "year", "school", "term", "bells", "cells", "menu", "rules", "letter", "notes");
        YamlTree school = plan.at("school").only("kind", "region", "setting", "ownership", "pupils", "classes");
        YamlTree term = plan.at("term").only("half", "first", "last", "registration", "service-week", "clubs-week", "add-drop-weeks");
        SortedMap<Integer, Integer> classes = new TreeMap<>();
        school.at("classes").entries().forEach((grade, number) -> classes.put(Integer.parseInt(grade), number.number(1, 40)));
        Map<Rule<?>, YamlTree> rules = new LinkedHashMap<>();
        plan.at("rules").entries().forEach((key, value) -> Rule.named(key).ifPresentOrElse(rule -> rules.put(rule, value), () -> value.refuse("rules.unknown", key)));
        List<String> clubs = plan.has("menu") ? plan.at("menu").list("clubs").stream().map(YamlTree::text).toList() : List.of();
        List<String> walking = plan.has("menu") ? plan.at("menu").list("walking").stream().map(YamlTree::text).toList() : List.of();
        return new Scenario(
                plan.text("plan"),
                plan.text("zh"),
                plan.number("year", 2000, 2100),
                school.text("kind"),
                school.text("region"),
                school.text("setting"),
                school.text("ownership"),
                school.number("pupils", 1, 20_000),
                classes,
                term.number("half", 1, 2),
                new TermDates(term.date("first"), term.date("last")),
                term.dateOrNull("registration"),
                term.number("service-week", 1, 30),
                term.number("clubs-week", 1, 30),
                term.number("add-drop-weeks", 0, 20),
                BellReader.read(plan.at("bells")),
                places(plan),
                rules,
                clubs,
                walking,
                plan.has("menu") ? plan.at("menu").text("room") : "%d");
    }

    private static List<Place> places(YamlTree plan) {
        List<Place> places = new ArrayList<>();
        for (YamlTree cell : plan.list("cells")) {
            List<Content> contents = cell.list("contents").stream()
                    .map(c -> new Content(Cell.Form.of(c.text("form").replace('-', '_')), Cell.Layer.of(c.text("layer")), c.text("zh")))
                    .toList();
            for (YamlTree band : cell.list("bands")) for (DayOfWeek day : BellReader.days(cell.at("days"))) places.add(new Place(band.text(), day, cell.text("slot"), contents));
        }
        return places;
    }

    public boolean hasChoice() {
        return places.stream().flatMap(p -> p.contents().stream()).anyMatch(c -> c.form() == Cell.Form.CHOICE);
    }
}
