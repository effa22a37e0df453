package afterbell.base.roster.people;

import afterbell.base.roster.Departures;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One child as the office keeps it.
 *
 * @param adults name, kind and label of the grown-ups
 * @param held seats and the like that would end if the child left
 * @param mayChange the office; others read
 */
public record PupilPage(
        Pupil pupil,
        String seat,
        List<Adult> adults,
        List<Consent> consents,
        List<Roster.Move> moves,
        Departures.@Nullable Planned planned,
        int held,
        List<SchoolClass> classes,
        boolean mayChange,
        Typed typed,
        List<? extends Refusal> refusals) {

    public String href() {
        return "/pupils/" + pupil.id();
    }

    public List<Choice> others() {
        return classes.stream().filter(c -> !c.id().equals(pupil.schoolClass())).map(c -> Choice.of(c.id().toString(), c.name())).toList();
    }

    public record Adult(UUID id, String name, String kind, String label, boolean entered) {}

    public record Consent(String kind, List<Integer> weekdays) {}

    /** The forms as typed. */
    public record Typed(String name, String gender, String birthday, String seat, String firstAway) {
        static Typed of(Pupil p, String seat) {
            return new Typed(p.name(), p.gender() == null ? "" : p.gender(), p.birthday() == null ? "" : p.birthday().toString(), seat, "");
        }
    }

    /** A child that comes from elsewhere. @param id only for the place of refusals */
    public record NewPage(List<SchoolClass> classes, String schoolClass, Typed typed, boolean twin, @Nullable UUID id, List<? extends Refusal> refusals) {
        public List<Choice> choices() {
            return classes.stream().map(c -> Choice.of(c.id().toString(), c.name())).toList();
        }
    }
}
