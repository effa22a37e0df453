package afterbell.money.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry before it is written.
 *
 * @param document with its id and memo: what was posted once is never posted again
 * @param memo a word in small letters, for example {@code 2026-09} or {@code paid}; tells the bookings of one document apart
 * @param day of the books
 * @param by account of whoever did it; null where the house did
 */
public record Draft(UUID entry, Document document, UUID documentId, String memo, Instant at, LocalDate day, @Nullable UUID by, List<Posting> postings) {
    public Draft {
        postings = List.copyOf(postings);
    }
}
