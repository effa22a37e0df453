package afterbell.term.tariffs.documents;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price document, as typed.
 *
 * @param id null for a new one
 * @param held whether it was in force on some day already: then what it said stays, and only its end may be set
 */
public record PricePage(
        @Nullable UUID id,
        boolean held,
        String title,
        String authority,
        String number,
        String refunds,
        String notice,
        String phone,
        String from,
        String until,
        boolean file,
        List<Line> lines,
        List<Refusal> refusals) {

    /** One priced thing as typed, the amount in yuan. */
    public record Line(String item, String yuan, String unit, String service) {
        static final Line BLANK = new Line("", "", "period", "after-school");
    }
}
