package afterbell.base.rules.today;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Stage;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.TaskSource.State;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rules hold for a school on a day.
 *
 * @param stage the stage asked for; null = the whole school
 */
public record RulesPage(Listing list, LocalDate on, boolean today, @Nullable Stage stage, List<Stage> stages, List<String> areas, List<Row> rows, List<String> packs) {

    /** @param own whether the school set it itself */
    public record Row(Bilingual title, Resolved<?> resolved, boolean own) {
        public String key() {
            return resolved.rule().key();
        }
    }

    /** How a severity looks. */
    public static State state(Severity severity) {
        return switch (severity) {
            case BAN -> State.DANGER;
            case DUTY, CAP_SOFT_WITH_REASON -> State.ATTENTION;
            case ADVICE -> State.CALM;
        };
    }
}
