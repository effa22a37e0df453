package afterbell.day.duty.special;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import java.util.List;

/** @param unanswered what counts for who does not answer, by the rules today */
public record NewSpecialPage(SpecialForm typed, List<Choice> grades, String unanswered, List<? extends Refusal> refusals) {

    public static List<Choice> kinds(Screen screen) {
        return SpecialForm.KINDS.stream().map(k -> Choice.of(k, screen.t("duty.special.kind." + k))).toList();
    }
}
