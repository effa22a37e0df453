package afterbell.day.duty.special;

import afterbell.base.shared.Refusal;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore.Child;
import afterbell.day.duty.SpecialStore.ClassCount;
import afterbell.day.duty.SpecialStore.Total;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the answers about a special day stand.
 *
 * @param totals of the whole school; empty for a class teacher
 * @param shown the class whose children are listed; null where none is
 * @param enters may write an answer for a family
 */
public record SpecialPage(
        SpecialDay day, List<Total> totals, List<ClassCount> classes, @Nullable UUID shown, List<Child> children, boolean open, boolean enters, boolean manages, List<? extends Refusal> refusals) {

    public int asked() {
        return classes.stream().mapToInt(ClassCount::children).sum();
    }

    public int answered() {
        return classes.stream().mapToInt(ClassCount::answered).sum();
    }
}
