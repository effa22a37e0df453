package afterbell.day.safety.caring;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param all whether the person reads everybody's entries, else only his own @param photo entry that holds one */
public record CarePage(LocalDate day, boolean all, List<Row> rows, List<Choice> classes, String note, String schoolClass, boolean urgent, List<? extends Refusal> refusals) {
    public record Row(Instant at, String by, String schoolClass, String note, boolean urgent, @Nullable UUID photo) {}
}
