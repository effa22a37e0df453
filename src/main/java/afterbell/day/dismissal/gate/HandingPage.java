package afterbell.day.dismissal.gate;

import afterbell.base.roster.WayHome.Taker;
import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.Release.Handing;
import afterbell.day.dismissal.Release.Sibling;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param typedName somebody who is not on the list, as typed
 * @param shown whom a card or phone has shown, or null; {@code text} is what it showed
 */
public record HandingPage(Handing handing, String typedName, @Nullable UUID shown, String text, List<? extends Refusal> refusals) {
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

    public boolean delegates() {
        return handing.ways().takers().stream().anyMatch(t -> t.byCode());
    }
}
