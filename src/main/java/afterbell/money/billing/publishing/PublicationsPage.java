package afterbell.money.billing.publishing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What could be published, and what is. @param code of the school in public addresses */
public record PublicationsPage(String code, List<Row> rows, boolean publishes) {
    /** @param id of the latest version; null where nothing is published yet */
    public record Row(String kind, LocalDate from, LocalDate until, @Nullable UUID id, int version, @Nullable Instant at) {}
}
