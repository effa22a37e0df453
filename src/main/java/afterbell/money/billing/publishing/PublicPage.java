package afterbell.money.billing.publishing;

import afterbell.term.tariffs.PriceDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What the school shows: its sheets (the latest version of each) and its price board. */
public record PublicPage(String school, String code, List<Row> sheets, List<PriceDocument> prices) {
    public record Row(UUID id, String kind, LocalDate from, LocalDate until, int version, Instant at) {}
}
