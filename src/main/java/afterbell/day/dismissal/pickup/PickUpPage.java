package afterbell.day.dismissal.pickup;

import afterbell.base.roster.WayHome.Sent;
import afterbell.base.roster.WayHome.Taker;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.Passes.Pass;
import afterbell.day.dismissal.pickup.BusStore.Bus;
import afterbell.day.dismissal.pickup.BusStore.Ride;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param takers who may take the child today
 * @param way how it leaves today, where that is known: somebody comes late, the bus, the line, alone
 * @param late when somebody comes late, else null
 * @param sent who is sent from today on, with the codes
 * @param cards that are out
 * @param buses that run
 * @param ride the bus that the family agreed to, or null
 * @param days on which somebody can be sent
 */
public record PickUpPage(UUID child, String name, String className, List<Taker> takers, Way way, @Nullable LocalTime late, List<Sent> sent, List<Pass> cards, List<Bus> buses, @Nullable Ride ride, List<LocalDate> days, Typed typed, List<? extends Refusal> refusals) {
    public String href() {
        return "/children/" + child + "/pick-up";
    }

    public List<Choice> stops() {
        return buses.stream().flatMap(b -> b.choices().entrySet().stream().map(e -> Choice.of(e.getKey(), b.name() + (e.getValue().isEmpty() ? "" : " · " + e.getValue()), b.keeper()))).toList();
    }

    public boolean rides() {
        return !buses.isEmpty() || ride != null;
    }

    public String rideName() {
        return ride == null ? "" : ride.name() + (ride.stop().isEmpty() ? "" : " · " + ride.stop()) + " · " + ride.keeper();
    }

    public List<Integer> rideDays() {
        return ride == null ? List.of() : ride.weekdays();
    }

    /** The card of a person, or null. */
    public @Nullable Pass card(Taker taker) {
        return cards.stream().filter(c -> c.adult().equals(taker.adult())).findFirst().orElse(null);
    }

    /** How the child leaves today, in words; empty where nobody has said. */
    public String leaves(Screen screen) {
        return switch (way) {
            case LATE -> screen.t("dismissal.pickup.late", late == null ? "" : screen.time(late));
            case BUS -> screen.t("dismissal.pickup.bus", ride == null ? "" : ride.name());
            case LINE -> screen.t("dismissal.pickup.line");
            case WALK -> screen.t("dismissal.pickup.walk");
            case NONE -> "";
        };
    }

    /** The first that holds: who comes late or goes by bus does not stand in the line, whatever is agreed for other days. */
    public enum Way {
        LATE,
        BUS,
        LINE,
        WALK,
        NONE
    }

    public record Typed(String name, String day) {
        static final Typed NOTHING = new Typed("", "");
    }
}
