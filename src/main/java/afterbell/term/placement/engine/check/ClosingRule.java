package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Closing;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number behind a closing, derived again: how many could be placed in a section that does not run. */
final class ClosingRule {
    private final Register register;

    ClosingRule(Register register) {
        this.register = register;
    }

    /** Every section without a member, where a minimum asks for some. */
    List<Closing> closings() {
        List<Closing> closings = new ArrayList<>();
        for (Section section : register.instance.sections()) {
            if (register.load(section.course()) == 0 && section.minSize() > 0) {
                closings.add(new Closing(section.course(), placeable(section), section.minSize()));
            }
        }
        return closings;
    }

    private int placeable(Section section) {
        int reachable = reachable(section);
        return reachable < section.minSize() ? reachable : joiners(section);
    }

    /** Pupils who could hold it whatever happens elsewhere. */
    int reachable(Section section) {
        Map<String, Integer> byHome = new HashMap<>();
        int count = 0;
        for (Pupil pupil : register.instance.pupils()) {
            Ask ask = register.asks(pupil.pupil()).get(section.course());
            if (ask != null && register.couldHold(pupil, ask) && classAllows(section, pupil, byHome)) {
                count++;
            }
        }
        return count;
    }

    /** Pupils, in the order of ids, who gain from it and whose leaving takes no section under its minimum. */
    private int joiners(Section section) {
        Map<String, Integer> byHome = new HashMap<>();
        Map<String, Integer> left = new HashMap<>();
        int count = 0;
        for (Pupil pupil : register.instance.pupils()) {
            Ask ask = register.asks(pupil.pupil()).get(section.course());
            if (ask == null || !register.couldHold(pupil, ask)) {
                continue;
            }
            List<Ask> before = register.held(pupil.pupil());
            List<Ask> after = register.taking(pupil, ask);
            if (register.cost(pupil, after) >= register.cost(pupil, before)) {
                continue;
            }
            List<Ask> givenUp = before.stream().filter(own -> !after.contains(own)).toList();
            boolean harmless = givenUp.stream().allMatch(own -> register.mayRunWith(own.course(),
                    register.load(own.course()) - left.getOrDefault(own.course(), 0) - 1));
            if (harmless && hasClassSeat(section, pupil, byHome)) {
                givenUp.forEach(own -> left.merge(own.course(), 1, Integer::sum));
                classAllows(section, pupil, byHome);
                count++;
            }
        }
        return count;
    }

    private static boolean hasClassSeat(Section section, Pupil pupil, Map<String, Integer> byHome) {
        return section.classSeats() == null
                || pupil.home() == null
                || byHome.getOrDefault(pupil.home(), 0) < section.classSeats();
    }

    private static boolean classAllows(Section section, Pupil pupil, Map<String, Integer> byHome) {
        if (!hasClassSeat(section, pupil, byHome)) {
            return false;
        }
        if (pupil.home() != null) {
            byHome.merge(pupil.home(), 1, Integer::sum);
        }
        return true;
    }
}
