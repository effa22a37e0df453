package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Closing;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deferred acceptance derived again: higher class first, then lottery, everybody takes the best left; the section that
 * misses most of its minimum is closed and all turns are taken anew.
 */
final class TurnRule {
    private final Instance instance;
    private final List<Closing> closings = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();

    TurnRule(Instance instance) {
        this.instance = instance;
    }

    Register run() {
        Register empty = new Register(instance, Order.DA);
        ClosingRule rule = new ClosingRule(empty);
        for (Section section : instance.sections()) {
            int reachable = rule.reachable(section);
            if (!empty.fixedIn.containsKey(section.course()) && reachable < section.minSize()) {
                close(section, reachable);
            }
        }
        while (true) {
            Register register = new Register(instance, Order.DA);
            instance.pupils().stream()
                    .sorted(Comparator.comparingInt(Pupil::priorityClass).thenComparingInt(Pupil::lottery))
                    .forEach(pupil -> register.give(pupil.pupil(), best(register, pupil)));
            List<Section> lacking = instance.sections().stream()
                    .filter(section -> !closed.contains(section.course()))
                    .filter(section -> !register.mayRunWith(section.course(), register.load(section.course())))
                    .toList();
            if (lacking.isEmpty()) {
                return register;
            }
            Section worst = lacking.stream()
                    .min(Comparator.<Section>comparingInt(s -> register.load(s.course()) - s.minSize())
                            .thenComparing(Section::course, Text.ORDER))
                    .orElseThrow();
            close(worst, register.load(worst.course()));
        }
    }

    List<Closing> closings() {
        return closings.stream().sorted(Comparator.comparing(Closing::course, Text.ORDER)).toList();
    }

    private void close(Section section, int placeable) {
        closed.add(section.course());
        closings.add(new Closing(section.course(), placeable, section.minSize()));
    }

    private List<Ask> best(Register register, Pupil pupil) {
        List<Ask> free = register.asks(pupil.pupil()).values().stream()
                .filter(ask -> !closed.contains(ask.course()) && register.couldHold(pupil, ask)
                        && register.hasRoom(pupil, ask.course()))
                .sorted(Comparator.<Ask>comparingInt(ask -> ask.rows().stream()
                                .mapToInt(row -> Register.costOfRank(row.rank())).sum() * 12 / ask.units())
                        .thenComparing(Ask::course, Text.ORDER))
                .toList();
        return grow(register, pupil, free, 0, List.of());
    }

    /** The cheapest set among those that extend the given one; the earlier found among equals. */
    private List<Ask> grow(Register register, Pupil pupil, List<Ask> free, int from, List<Ask> chosen) {
        List<Ask> best = chosen;
        for (int i = from; i < free.size(); i++) {
            if (register.fits(pupil, chosen, free.get(i))) {
                List<Ask> more = new ArrayList<>(chosen);
                more.add(free.get(i));
                List<Ask> grown = grow(register, pupil, free, i + 1, more);
                if (worth(grown) > worth(best)) {
                    best = grown;
                }
            }
        }
        return best;
    }

    private static int worth(List<Ask> bundle) {
        return bundle.stream().mapToInt(Register::worth).sum();
    }
}
