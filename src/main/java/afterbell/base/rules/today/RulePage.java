package afterbell.base.rules.today;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Resolved;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;

/**
 * One rule: its value, why, and the school's own.
 *
 * @param packs what the packs say without the school
 * @param own whether the school set its own value
 * @param mayEdit whether the person may set one
 * @param typed what the form shows
 */
public record RulePage(
        Bilingual title, Resolved<?> resolved, Resolved<?> packs, LocalDate on, boolean own, boolean mayEdit, List<String> typed, List<? extends Refusal> refusals) {
    public String href() {
        return "/rules/" + resolved.rule().key();
    }
}
