package afterbell.day.dismissal.dated;

import afterbell.base.roster.WayHome.Taker;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everybody of a person's duty who is still at school.
 *
 * @param at of when the list is
 * @param lines the person's own sessions that are the last of the day for somebody
 * @param minutes age of the list after which a device asks for the duty leader's code
 * @param code that code, for the duty leader alone
 */
public record DatedPage(Instant at, List<Line> lines, List<Child> children, int minutes, @Nullable String code, List<? extends Refusal> refusals) {

    public record Named(UUID id, String name, String className) {}

    /** @param children covered by a guardian's consent, whether they are counted already or not */
    public record Line(UUID session, String name, String room, LocalTime ends, List<Child> children) {}

    /** Everybody whom the page names as like somebody of its own. */
    public List<UUID> named() {
        return children.stream().flatMap(c -> c.alike().stream()).map(Named::id).distinct().toList();
    }

    /** @param initials of the name in pinyin @param comes when its family comes late, as it said, or null @param word where it is while it is called out, or null @param alike others still at school whose names are taken for this one's */
    public record Child(UUID id, String name, String className, String initials, String state, Ways ways, @Nullable Instant comes, @Nullable String word, List<Named> alike) {

        /** Class and name of each of {@link #alike}. */
        public String alikeNames() {
            return alike.stream().map(n -> n.className() + " " + n.name()).collect(Collectors.joining(", "));
        }

        /** Out of the room: in no line before its teacher says that it is back. */
        public boolean calledOut() {
            return state.equals("called_out");
        }

        /** Those who are known by sight; somebody who shows a code needs the network. */
        public List<Taker> takers() {
            return ways.takers().stream().filter(t -> !t.byCode()).toList();
        }

        public boolean delegates() {
            return ways.takers().stream().anyMatch(Taker::byCode);
        }
    }
}
