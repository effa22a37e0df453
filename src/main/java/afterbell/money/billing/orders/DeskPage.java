package afterbell.money.billing.orders;

import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Screen;
import java.util.List;

/** What is due and what came in, child by child. @param takes may take money, as against read */
public record DeskPage(Listing list, List<Shown.Line> lines, Shown.Figures figures, boolean takes) {

    /** An amount of thousands without its fen, so that four figures find place on a phone; the list below has them to the fen. */
    public String rounded(Screen screen, long fen) {
        String exact = screen.money(fen);
        return fen < 1_000_000 ? exact : exact.substring(0, exact.length() - 3);
    }
}
