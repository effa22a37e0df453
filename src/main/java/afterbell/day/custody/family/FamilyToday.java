package afterbell.day.custody.family;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** One line per child on the family's first page: where it stands now. */
@Component
class FamilyToday implements TaskSource {
    private final Clock clock;

    FamilyToday(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (me.hat() != Hat.FAMILY) return List.of();
        List<UUID> children = me.children(Role.GUARDIAN, Role.CARER);
        if (children.isEmpty()) return List.of();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return List.of(new Asked<>(FamilyStore.lines(today, children), lines -> lines.stream().map(FamilyToday::task).toList()));
    }

    private static Task task(DayLine line) {
        State state = line.state().left() ? State.DONE : State.CALM;
        return new Task("custody.line." + line.state().code(), List.of(line.name(), line.where(), line.who()), "custody.line.note", "/children/" + line.child() + "/today", "custody.line.go", null, state, "");
    }
}
