package afterbell.term.programme.menu;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.term.programme.Problem;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A section to be made or changed.
 *
 * @param id null for a new one
 * @param state draft, published or withdrawn
 * @param times when it may meet
 * @param people words for the teacher fields
 * @param money whether a price may be asked for
 * @param picture file id, or null
 * @param school the school's public code
 * @param problems what stands in the way of publishing, as it was saved last
 */
public record SectionPage(
        Term term,
        @Nullable UUID id,
        String state,
        Entry entry,
        List<Time> times,
        List<Integer> grades,
        List<Choice> rooms,
        List<Choice> providers,
        List<String> people,
        List<String> activities,
        boolean money,
        int members,
        @Nullable UUID picture,
        String school,
        List<Problem> problems,
        List<Refusal> refusals) {

    /** Everything as typed. */
    public record Entry(
            String code,
            String name,
            String activity,
            String domain,
            String layer,
            String kind,
            String description,
            String gradeFrom,
            String gradeUntil,
            String minSize,
            String capacity,
            String capacityReason,
            String perClassSeats,
            String room,
            String teacher,
            String assistants,
            Set<String> times,
            String provider,
            String materials,
            boolean insurance,
            String price,
            String priceUnit,
            boolean auditioned,
            boolean fixed,
            String fixedReason) {

        static Entry blank(String name, int lowest, int highest) {
            return new Entry(
                    "", name, "", "arts", "extension", "club", "", Integer.toString(lowest), Integer.toString(highest), "", "", "", "", "", "", "", Set.of(), "", "", false, "", "session", false, false, "");
        }
    }

    /**
     * A stretch of a weekday.
     *
     * @param value what the form sends
     * @param choosing grades whose plan offers a choice then
     */
    public record Time(String value, int weekday, LocalTime from, LocalTime until, List<Integer> choosing) {}

    public boolean published() {
        return state.equals("published");
    }
}
