package afterbell.money.billing.orders;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Money that fits no order. @param at which line the refusals are about, or null @param typed what was typed there */
public record StrangePage(List<Shown.Strange> lines, boolean places, @Nullable UUID at, String typed, List<? extends Refusal> refusals) {
    public List<? extends Refusal> refusals(UUID line) {
        return line.equals(at) ? refusals : List.of();
    }
}
