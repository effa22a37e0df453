package afterbell.day.dismissal.gate;

import afterbell.base.roster.WayHome.Taker;
import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.Release.Handing;
import afterbell.day.dismissal.Release.Sibling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param typedName somebody who is not on the list, as typed
 * @param seen children of names like this one's, at whom whoever looks has looked
 * @param shown whom a card or phone has shown, or null; {@code text} is what it showed
 */
public record HandingPage(Handing handing, String typedName, @Nullable UUID shown, String text, Set<UUID> seen, List<? extends Refusal> refusals) {
    /** Who has shown a card or phone, as far as the list of today has that person. */
    public Optional<Taker> bearer() {
        return handing.ways().takers().stream().filter(t -> t.adult().equals(shown)).findFirst();
    }

    /** Brothers and sisters whom this person may take along now. */
    public List<Sibling> with(Taker taker) {
        return handing.siblings().stream().filter(s -> s.ready() && s.takers().contains(taker.adult())).toList();
    }

    /** The words after a name: child and all who go along. */
    public static String names(List<Sibling> siblings) {
        return String.join(" ", siblings.stream().map(s -> s.child().name()).toList());
    }

    public String href() {
        return "/gate/" + handing.child().pupil();
    }

    /** Whether it must be said first which child it is: another's name is taken for this one's, and no card or phone says it. */
    public boolean which() {
        return shown == null && handing.alike().stream().anyMatch(other -> !seen.contains(other.pupil()));
    }

    /** The same page once it is said: that it is this child, and none of the others. */
    public String chosen(Leaving one) {
        return "/gate/" + one.pupil() + Stream.concat(Stream.of(handing.child()), handing.alike().stream()).filter(c -> !c.equals(one)).map(c -> "seen=" + c.pupil()).collect(Collectors.joining("&", "?", ""));
    }

    public boolean delegates() {
        return handing.ways().takers().stream().anyMatch(t -> t.byCode());
    }
}
