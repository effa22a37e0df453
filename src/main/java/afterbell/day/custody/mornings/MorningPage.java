package afterbell.day.custody.mornings;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.childday.Fact;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The morning of a class. @param open whether the day's children are looked up @param onLeave today @param mayNote whether the person is the class's own teacher */
public record MorningPage(UUID schoolClass, String name, LocalDate day, boolean open, List<Child> children, List<Leave> onLeave, boolean mayNote, List<? extends Refusal> refusals) {

    /** @param state null on a day without service */
    public record Child(UUID id, String name, @Nullable State state) {
        public boolean away() {
            return state == State.NOT_AT_SCHOOL;
        }
    }

    public record Leave(UUID id, UUID pupil, String name, LocalDate from, LocalDate until, String told) {}

    public long away() {
        return children.stream().filter(Child::away).count();
    }

    public List<Choice> choices() {
        return children.stream()
                .filter(c -> onLeave.stream().noneMatch(l -> l.pupil().equals(c.id())))
                .map(c -> Choice.of(c.id().toString(), c.name()))
                .toList();
    }

    public List<Choice> ways(Screen screen) {
        return Arrays.stream(Fact.Told.values()).filter(t -> t != Fact.Told.IN_APP).map(t -> Choice.of(t.name(), screen.t("custody.told." + t.name()))).toList();
    }

    public String href() {
        return "/classes/" + schoolClass;
    }
}
