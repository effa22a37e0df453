package afterbell.reach.messaging.packs;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;

/**
 * A notice being written.
 *
 * @param classes those the writer may tell one by one, by id
 * @param grades whole grades, and with them the whole school; empty for a class teacher
 * @param mayUrge may break quiet hours
 */
public record WritePage(List<Choice> classes, List<Integer> grades, boolean mayUrge, Typed typed, List<? extends Refusal> refusals, String back) {

    public record Typed(String audience, String title, String text, String titleEn, String textEn, boolean urgent) {
        static final Typed NOTHING = new Typed("", "", "", "", "", false);
    }
}
