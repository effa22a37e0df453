package afterbell.term.timetable.changing;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Session;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What takes place on a day.
 *
 * @param off why there is no service, or empty
 * @param filled whether the term has dated sessions yet
 * @param own own-class care, room by room
 * @param at the session whose form was refused, {@code typed} what stood in its fields
 */
public record DayPage(
        LocalDate day, String off, boolean filled, boolean mayChange, List<Session> clubs, List<Session> own, List<Choice> rooms, @Nullable UUID at, Map<String, String> typed, List<? extends Refusal> refusals) {

    public static List<Choice> reasons(Screen screen) {
        return ChangeSession.REASONS.stream().map(r -> Choice.of(r, screen.t("timetable.reason." + r))).toList();
    }

    /** Planned for this day and moved to another. */
    public boolean away(Session s) {
        return !s.day().equals(day);
    }

    /** What was typed into a field of the refused form; elsewhere what holds. */
    public String value(Session s, String field, String holds) {
        return s.id().equals(at) ? typed.getOrDefault(field, holds) : holds;
    }

    public List<? extends Refusal> refusals(Session s) {
        return s.id().equals(at) ? refusals : List.of();
    }
}
