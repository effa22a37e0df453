package afterbell.desk.desk.board;

import afterbell.base.roster.CallNumbers;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.TaskSource.State;
import afterbell.day.custody.childday.Alarm;
import afterbell.day.custody.childday.Fact;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One child's day with its causes and remedies.
 *
 * @param state word of {@link afterbell.day.custody.ChildStanding.State}
 * @param who the member of staff who answers, or empty
 * @param chain what was said, latest first
 * @param colleagues who may have the child: for settling a dispute
 * @param numbers telephones, once somebody asked for them
 * @param searches whether the person may add a step of the search
 * @param leads whether the person may settle and take back
 */
public record ChildPage(
        UUID pupil,
        String name,
        UUID schoolClass,
        String className,
        String state,
        String who,
        List<Alarm> alarms,
        List<Said> chain,
        List<Choice> colleagues,
        List<CallNumbers.Number> numbers,
        boolean numbersAsked,
        boolean searches,
        boolean leads,
        Typed typed,
        List<? extends Refusal> refusals) {

    /** What was typed into a form that was refused. */
    public record Typed(String where, String with, String why) {
        static final Typed NOTHING = new Typed("", "", "");
    }

    /**
     * An entry of the chain in words.
     *
     * @param kind message key part of the fact
     * @param by who said so; empty for a device and where nobody is known
     * @param undone taken back
     * @param undoable whether it can still be taken back
     * @param claim one of the two sides of a dispute
     */
    public record Said(UUID id, Instant at, String kind, String who, String place, @Nullable String word, String by, boolean undone, boolean undoable, boolean claim) {}

    /** Colleagues, after a line that names nobody: nobody is chosen by chance. */
    public List<Choice> people(String nobody) {
        return Stream.concat(Stream.of(Choice.of("", nobody)), colleagues.stream()).toList();
    }

    public String href() {
        return "/board/children/" + pupil;
    }

    public boolean sought() {
        return state.equals("missing") || state.equals("traced");
    }

    public boolean red() {
        return alarms.stream().anyMatch(a -> a.kind().red());
    }

    /** Whether there is something to settle. */
    public boolean unsettled() {
        return alarms.stream().anyMatch(a -> a.kind() != Alarm.Kind.NOT_HANDED_OVER && a.kind() != Alarm.Kind.NOT_COUNTED && a.kind() != Alarm.Kind.NO_CUSTODIAN);
    }

    public static State state(Alarm alarm) {
        return alarm.kind().red() ? State.DANGER : State.ATTENTION;
    }

    public static List<String> steps() {
        return Arrays.stream(Fact.Step.values()).map(Enum::name).toList();
    }
}
