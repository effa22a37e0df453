package afterbell.money.billing.spending;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.Map;

/** @param forbidden uses that the region doesn't allow, with the clause */
public record NewSpendingPage(List<String> uses, List<Forbidden> forbidden, Map<String, String> typed, int principalFrom, List<? extends Refusal> refusals) {
    public record Forbidden(String use, String zh, String en, String insteadZh, String insteadEn) {}

    public String value(String name) {
        return typed.getOrDefault(name, "");
    }
}
