package afterbell.day.safety.incidents;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Plan;
import afterbell.day.safety.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as a person types it: a line a step, {@code minute | who | what}; a line a call, {@code name | number}. A full-width bar counts as a bar. */
final class PlanText {
    private static final int MOST = 40;
    private static final int LAST_MINUTE = 1440;

    private PlanText() {}

    static PlanPage page(Plan p, Locale locale) {
        return new PlanPage(
                p,
                String.join("\n", p.steps().stream().map(s -> s.minute() + " | " + s.who().in(locale) + " | " + s.what().in(locale)).toList()),
                String.join("\n", p.calls().stream().map(c -> c.name().in(locale) + " | " + c.number()).toList()),
                p.title().in(locale),
                p.text().in(locale),
                p.headcount(),
                List.of());
    }

    static Plan read(Plan before, Typed typed, List<Refusal> no) {
        List<Plan.Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : lines(typed.text("steps"))) {
            number++;
            String[] parts = cells(line);
            if (parts.length != 3 || !parts[0].matches("\\d{1,4}") || Integer.parseInt(parts[0]) > LAST_MINUTE || bad(parts[1], 30) || bad(parts[2], 200)) {
                no.add(new Refusal.Simple("safety.plan.refused.step", "steps", List.of(number)));
                break;
            }
            steps.add(new Plan.Step(Integer.parseInt(parts[0]), Said.own(parts[1]), Said.own(parts[2])));
        }
        if (no.isEmpty() && (steps.isEmpty() || steps.size() > MOST)) no.add(new Refusal.Simple("safety.plan.refused.steps", "steps", List.of(MOST)));
        List<Plan.Call> calls = new ArrayList<>();
        for (String line : lines(typed.text("calls"))) {
            String[] parts = cells(line);
            if (parts.length != 2 || bad(parts[0], 30) || !parts[1].matches("[0-9+() -]{3,24}") || calls.size() >= MOST) {
                no.add(new Refusal.Simple("safety.plan.refused.calls", "calls", List.of()));
                break;
            }
            calls.add(new Plan.Call(Said.own(parts[0]), parts[1]));
        }
        if (bad(typed.text("title"), LeadIncident.TITLE)) no.add(new Refusal.Simple("safety.incident.refused.title", "title", List.of(LeadIncident.TITLE)));
        if (bad(typed.text("text"), LeadIncident.TEXT)) no.add(new Refusal.Simple("safety.incident.refused.text", "text", List.of(LeadIncident.TEXT)));
        return new Plan(before.key(), before.name(), typed.yes("headcount"), calls, steps, Said.own(typed.text("title")), Said.own(typed.text("text")), before.version());
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    private static String[] cells(String line) {
        String[] parts = line.replace('\uFF5C', '|').split("\\|", -1);
        for (int i = 0; i < parts.length; i++) parts[i] = parts[i].strip();
        return parts;
    }

    private static boolean bad(String text, int most) {
        return text.isEmpty() || text.length() > most;
    }
}
