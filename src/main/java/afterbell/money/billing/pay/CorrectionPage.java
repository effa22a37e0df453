package afterbell.money.billing.pay;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One person's pay in finance's hand: corrections and time taken. @param bank minutes in the bank of hours */
public record CorrectionPage(UUID staff, String name, int bank, Map<String, String> typed, List<Choice> reasons, List<? extends Refusal> refusals) {
    public String value(String field) {
        return typed.getOrDefault(field, "");
    }
}
