package afterbell.base.identity.account;

import afterbell.base.shared.Refusal;
import java.util.List;

public record NamePage(String name, List<Refusal> refusals) {
    public NamePage {
        refusals = List.copyOf(refusals);
    }
}
