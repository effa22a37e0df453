package afterbell.day.dismissal.pickup;

import afterbell.base.roster.WayHome.Sent;
import afterbell.base.roster.WayHome.Taker;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * @param takers who may take the child today
 * @param line whether it leaves with the line today; walk: alone
 * @param sent who is sent from today on, with the codes
 * @param days on which somebody can be sent
 */
public record PickUpPage(UUID child, String name, String className, List<Taker> takers, boolean line, boolean walk, List<Sent> sent, List<LocalDate> days, Typed typed, List<? extends Refusal> refusals) {
    public String href() {
        return "/children/" + child + "/pick-up";
    }

    public record Typed(String name, String day) {
        static final Typed NOTHING = new Typed("", "");
    }
}
