package afterbell.base.rules.today;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ChoiceStore;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleShade;
import afterbell.base.rules.RuleShelf;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.yaml.YamlTree;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class RulesController {
    private static final List<Column> COLUMNS = List.of(
            Column.text("rule", "rules.list.rule").unsorted(),
            Column.text("value", "rules.list.value").unsorted(),
            Column.text("severity", "rules.list.severity").unsorted(),
            Column.text("clause", "rules.list.clause").unsorted());

    private final Rules rules;
    private final RuleShelf shelf;
    private final List<RuleShade> shades;
    private final SetOwnRule setOwnRule;
    private final Clock clock;

    RulesController(Rules rules, RuleShelf shelf, List<RuleShade> shades, SetOwnRule setOwnRule, Clock clock) {
        this.rules = rules;
        this.shelf = shelf;
        this.shades = List.copyOf(shades);
        this.setOwnRule = setOwnRule;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.FINANCE, Role.SUPERVISOR})
    @GetMapping("/rules")
    ModelAndView list(HttpServletRequest request, Wearer wearer) {
        Listing list = Listing.of("/rules", request.getParameterMap(), COLUMNS, "");
        UUID school = wearer.school();
        LocalDate on = dateOf(list.filter("on"));
        Situation whole = rules.situation(school, on);
        @Nullable Stage stage = whole.stages().stream().filter(s -> s.name().equals(list.filter("stage"))).findFirst().orElse(null);
        Situation asked = stage == null ? whole : whole.of(stage);
        String words = list.filter("q").toLowerCase(Locale.ROOT);
        List<String> areas = Rule.all().stream().map(Rule::area).distinct().filter(area -> shades.stream().noneMatch(shade -> shade.hides(school, area))).toList();
        List<RulesPage.Row> rows = Rule.all().stream()
                .filter(rule -> areas.contains(rule.area()))
                .map(rule -> row(school, asked, rule))
                .filter(row -> list.filter("area").isEmpty() || row.resolved().rule().area().equals(list.filter("area")))
                .filter(row -> words.isEmpty() || text(row).contains(words))
                .toList();
        Listing counted = list.counted(rows.size());
        List<RulesPage.Row> shown = rows.stream().skip(counted.offset()).limit(counted.size()).toList();
        List<String> packs = rows.stream().map(r -> r.resolved().clause().pack()).distinct().toList();
        return Pages.show("rules/today/list", new RulesPage(counted, on, on.equals(today()), stage, whole.stages().stream().sorted().toList(), areas, shown, packs));
    }

    private <T> RulesPage.Row row(UUID school, Situation asked, Rule<T> rule) {
        Resolved<T> resolved = rules.resolve(school, asked, rule);
        return new RulesPage.Row(shelf.title(rule), resolved, isOwn(resolved));
    }

    private static String text(RulesPage.Row row) {
        Bilingual clause = row.resolved().clause().text();
        return String.join(" ", row.key(), row.title().zh(), row.title().en(), clause.zh(), clause.en(), row.resolved().clause().pack(), row.resolved().clause().code())
                .toLowerCase(Locale.ROOT);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.FINANCE, Role.SUPERVISOR})
    @GetMapping("/rules/{key}")
    ModelAndView one(@PathVariable String key, @RequestParam(defaultValue = "") String on, Wearer wearer) {
        return Pages.show("rules/today/rule", page(wearer, named(key), dateOf(on), List.of(), null));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/rules/{key}/own")
    ModelAndView set(
            @PathVariable String key, @RequestParam(name = "value", required = false) @Nullable List<String> value, Wearer wearer, RedirectAttributes redirect) {
        Rule<?> rule = named(key);
        List<String> typed = value == null ? List.of() : value;
        return switch (setOwnRule.set(wearer, rule, typed)) {
            case Outcome.Done<?> done -> {
                rules.forget(wearer.school());
                yield Pages.done("/rules/" + key, redirect, "rules.own.done");
            }
            case Outcome.Refused<?> refused -> Pages.refused("rules/today/rule", page(wearer, rule, today(), refused.refusals(), typed));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/rules/{key}/own/removal")
    ModelAndView drop(@PathVariable String key, Wearer wearer, RedirectAttributes redirect) {
        setOwnRule.drop(wearer, named(key));
        rules.forget(wearer.school());
        return Pages.done("/rules/" + key, redirect, "rules.own.dropped");
    }

    private <T> RulePage page(Wearer wearer, Rule<T> rule, LocalDate on, List<? extends Refusal> refusals, @Nullable List<String> typed) {
        Situation situation = rules.situation(wearer.school(), on);
        Resolved<T> resolved = rules.resolve(wearer.school(), situation, rule);
        return new RulePage(
                shelf.title(rule),
                resolved,
                rules.resolve(situation, rule),
                on,
                isOwn(resolved),
                wearer.is(Role.OFFICE, Role.PRINCIPAL) && !(resolved.value() instanceof RuleTable),
                typed != null ? typed : written(resolved),
                refusals);
    }

    private static <T> List<String> written(Resolved<T> resolved) {
        return switch (resolved.value()) {
            case Collection<?> many -> many.stream().map(each -> each instanceof Enum<?> word ? YamlTree.spelled(word) : each.toString()).toList();
            case Enum<?> word -> List.of(YamlTree.spelled(word));
            default -> List.of(resolved.shown());
        };
    }

    private static boolean isOwn(Resolved<?> resolved) {
        return resolved.clause().pack().equals(ChoiceStore.SCHOOL);
    }

    private static Rule<?> named(String key) {
        return Rule.named(key).filter(rule -> !rule.retired()).orElseThrow(NotFound::new);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** A mistyped day in an address is today. */
    private LocalDate dateOf(String text) {
        try {
            LocalDate day = text.isEmpty() ? today() : LocalDate.parse(text);
            // The product's own pack begins in 2017; nothing is known of earlier days.
            return day.isBefore(FIRST) ? FIRST : day;
        } catch (DateTimeParseException e) {
            return today();
        }
    }

    private static final LocalDate FIRST = LocalDate.of(2017, 3, 1);
}
