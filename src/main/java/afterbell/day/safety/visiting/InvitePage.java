package afterbell.day.safety.visiting;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import java.time.LocalDate;
import java.util.List;

public record InvitePage(List<GatePage.Row> mine, VisitForm typed, LocalDate today, LocalDate last, List<? extends Refusal> refusals) {
    public static List<Choice> purposes(Screen screen) {
        return VisitForm.PURPOSES.stream().map(p -> Choice.of(p, screen.t("safety.purpose." + p))).toList();
    }
}
