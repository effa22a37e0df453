package afterbell.money.billing.statements;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.BillObjections.Objection;
import java.util.List;

/** What families find wrong with their bills. @param answers whether this person answers */
public record ObjectionsPage(boolean answers, List<Objection> all, List<Refusal> refusals) {
    public ObjectionsPage {
        all = List.copyOf(all);
        refusals = List.copyOf(refusals);
    }

    public List<Objection> waiting() {
        return all.stream().filter(o -> o.answer() == null).toList();
    }

    public List<Objection> answered() {
        return all.stream().filter(o -> o.answer() != null).toList();
    }
}
