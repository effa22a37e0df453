package afterbell.day.dismissal.rides;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the office arranges about ways home. @param typed as typed, where it was refused */
public record ArrangePage(List<Band> bands, List<Keeper> keepers, Typed typed, List<? extends Refusal> refusals) {

    /** @param grades the grades in it, as numbers @param way line or one_by_one */
    public record Band(String band, String grades, String way) {}

    /** @param riders children with a guardian's consent; 0 for a dormitory */
    public record Keeper(UUID id, String kind, String name, String keeper, List<String> stops, List<Integer> weekdays, @Nullable String gender, int riders) {}

    public record Typed(String kind, String name, String keeper, String stops, Set<String> weekdays, String gender) {
        static final Typed NOTHING = new Typed("bus", "", "", "", Set.of("1", "2", "3", "4", "5"), "");
    }
}
