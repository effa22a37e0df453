package afterbell.day.duty.special;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The question of a special day for one family, all its children on one page.
 *
 * @param open whether it can still be answered
 * @param typed what was chosen for each child, where the page was refused
 */
public record QuestionPage(SpecialDay day, List<Child> children, boolean open, Map<UUID, String> typed, List<? extends Refusal> refusals) {

    public static List<Choice> choices(Screen screen, SpecialDay day) {
        List<Choice> all = new ArrayList<>(List.of(Choice.of("home", screen.t("duty.special.home", day.leaves().toString()))));
        day.until().forEach(t -> all.add(Choice.of(t.toString(), screen.t("duty.special.until", t.toString()))));
        return all;
    }

    public String chosen(Child c) {
        if (typed.containsKey(c.pupil())) return Objects.requireNonNull(typed.get(c.pupil()));
        return value(c);
    }

    public static String value(Child c) {
        if (!c.answered()) return "";
        return c.until() == null ? "home" : c.until().toString();
    }

    public static String said(Screen screen, SpecialDay day, Child c) {
        return c.until() == null ? screen.t("duty.special.home", day.leaves().toString()) : screen.t("duty.special.until", c.until().toString());
    }

    public boolean answered() {
        return children.stream().allMatch(Child::answered);
    }
}
