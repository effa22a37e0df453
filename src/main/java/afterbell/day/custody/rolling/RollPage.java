package afterbell.day.custody.rolling;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Afternoon.SessionNow;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.Underway;
import afterbell.day.custody.childday.Fact;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roll of a session.
 *
 * @param here to be counted now, present unless tapped
 * @param elsewhere expected here, but another room still has them
 * @param away on leave, not at school or gone: expected by nobody, and countable all the same
 * @param missing looked for and not there
 * @param rolledAt null while nobody has rolled the session
 * @param proposedAt when an outside instructor proposed the roll that is ticked here; null where nobody has since the last roll
 * @param early minutes until the session begins, 0 once it has or when it is about to
 * @param typed what was searched; found: who was found by it
 * @param near on no list of the session, and likely the one who has come in: looked for, sent on and not counted, or of the same class
 * @param underway children whom the session's teacher sent on and nobody has counted in the walking time; of a dropped session all
 * @param notes names of children with a note that this person may open now
 */
public record RollPage(
        SessionNow session,
        boolean today,
        List<Child> here,
        List<Child> elsewhere,
        List<Child> away,
        List<Child> missing,
        @Nullable Instant rolledAt,
        @Nullable Instant proposedAt,
        long early,
        boolean mixed,
        String typed,
        List<Child> found,
        List<Near> near,
        List<Underway> underway,
        Map<UUID, String> notes,
        List<? extends Refusal> refusals) {

    /** @param absent tapped as not there @param note who has it or had it, or empty @param late when its family said that it comes @param steps of the search so far */
    public record Child(UUID id, String name, String className, State state, String note, @Nullable Instant since, @Nullable Instant until, @Nullable String word, boolean absent, boolean planned, @Nullable Instant late, List<Step> steps) {
        public boolean out() {
            return state == State.CALLED_OUT;
        }
    }

    /** A child that is on no list of the session and may well be the one that has just come in. @param sought looked for, or sent on and not counted in time */
    public record Near(UUID pupil, String name, String className, boolean sought) {}

    public record Step(Instant at, String word, String by) {}

    public String href() {
        return "/sessions/" + session.id();
    }

    /** Fetched late today, as their families said, whoever of them has not left. */
    public List<Child> late() {
        return Stream.concat(here.stream(), elsewhere.stream()).filter(c -> c.late() != null).toList();
    }

    public int expected() {
        return here.size();
    }

    public long absent() {
        return here.stream().filter(Child::absent).count();
    }

    /** The class sits in its room and nobody has handed it over: this roll does. */
    public boolean takesOver() {
        return session.schoolClass() != null && here.stream().anyMatch(c -> c.state() == State.IN_CLASS);
    }

    /** In this room now. */
    public List<Child> inRoom() {
        return here.stream().filter(c -> c.state() == State.PRESENT || c.state() == State.CALLED_OUT).toList();
    }

    public List<Child> out() {
        return here.stream().filter(Child::out).toList();
    }

    public List<Child> guests() {
        return inRoom().stream().filter(c -> !c.planned()).toList();
    }

    public List<Choice> places(Screen screen) {
        return Arrays.stream(Fact.Where.values()).map(w -> Choice.of(w.name(), screen.t("custody.where." + w.name()))).toList();
    }

    public List<Choice> inRoomChoices() {
        return inRoom().stream().filter(c -> !c.out()).map(c -> Choice.of(c.id().toString(), c.name())).toList();
    }

    public static List<String> stepWords() {
        return Arrays.stream(Fact.Step.values()).map(Enum::name).toList();
    }
}
