package afterbell.term.placement;

import afterbell.base.calendar.Calendars;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a rush needs to know of a section and a child before it stands in the queue, kept for some seconds: in the opening minute a whole school asks the
 * same. Nothing here decides a seat: hours, grades and capacity are judged again by PostgreSQL as they stand.
 */
@Component
public class RushFacts {
    private static final long SECTION_NANOS = 5_000_000_000L;
    private static final long CHILD_NANOS = 60_000_000_000L;
    private static final int MOST_KEPT = 200_000;

    private final JdbcClient sql;
    private final Calendars calendars;
    private final TransactionTemplate transactions;
    private final Map<Key, Club> clubs = new ConcurrentHashMap<>();
    private final Map<Key, Child> children = new ConcurrentHashMap<>();

    RushFacts(JdbcClient sql, Calendars calendars, TransactionTemplate transactions) {
        this.sql = sql;
        this.calendars = calendars;
        this.transactions = transactions;
    }

    private record Key(UUID school, UUID id) {}

    private record Club(UUID term, String name, boolean fixed, @Nullable Instant opens, @Nullable Instant closes, LocalDate from, long readAt) {
        boolean openAt(Instant at) {
            return !fixed && opens != null && closes != null && !at.isBefore(opens) && at.isBefore(closes);
        }
    }

    private record Child(UUID term, int grade, String band, long readAt) {}

    /**
     * @param from the first day of a seat taken now
     * @param club the section's name
     */
    public record Ready(int grade, String band, LocalDate from, String club) {}

    /** Empty where the section's seats do not go by time at this instant; then the ordinary way decides. What is kept costs no transaction. */
    public Optional<Ready> of(UUID school, UUID section, UUID child, Instant at) {
        @Nullable Club club = club(new Key(school, section), at);
        if (club == null || !club.openAt(at)) return Optional.empty();
        @Nullable Child known = child(new Key(school, child), club.term());
        return known == null ? Optional.empty() : Optional.of(new Ready(known.grade(), known.band(), club.from(), club.name()));
    }

    private @Nullable Club club(Key key, Instant at) {
        @Nullable Club known = clubs.get(key);
        if (known != null && System.nanoTime() - known.readAt() < SECTION_NANOS) return known;
        @Nullable Club read = Objects.requireNonNull(transactions.execute(t -> readClub(key, at))).orElse(null);
        if (clubs.size() > MOST_KEPT) clubs.clear();
        if (read != null) clubs.put(key, read);
        return read;
    }

    private Optional<Club> readClub(Key key, Instant at) {
        return sql.sql("""
                select c.term_id, x.name, x.fixed, c.opens_at, c.closes_at from placement.section_seats c join programme.pub_section x on x.school_id = c.school_id and x.section_id = c.section_id
                where c.school_id = :s and c.section_id = :x
                """)
                .param("s", key.school())
                .param("x", key.id())
                .query((r, n) -> {
                    UUID term = r.getObject(1, UUID.class);
                    LocalDate from = SeatDays.of(calendars.term(key.school(), term), LocalDate.ofInstant(at, Screen.ZONE)).from();
                    return new Club(term, r.getString(2), r.getBoolean(3), instant(r.getTimestamp(4)), instant(r.getTimestamp(5)), from, System.nanoTime());
                })
                .optional();
    }

    private @Nullable Child child(Key key, UUID term) {
        @Nullable Child known = children.get(key);
        if (known != null && known.term().equals(term) && System.nanoTime() - known.readAt() < CHILD_NANOS) return known;
        @Nullable Child read = Objects.requireNonNull(transactions.execute(t -> readChild(key, term))).orElse(null);
        if (children.size() > MOST_KEPT) children.clear();
        if (read != null) children.put(key, read);
        return read;
    }

    private Optional<Child> readChild(Key key, UUID term) {
        return sql.sql("""
                select p.grade, b.band from roster.pub_pupil p join calendar.pub_band b on b.school_id = p.school_id and b.term_id = :t and b.grade = p.grade
                where p.school_id = :s and p.pupil_id = :p
                """)
                .param("s", key.school())
                .param("t", term)
                .param("p", key.id())
                .query((r, n) -> new Child(term, r.getInt(1), r.getString(2), System.nanoTime()))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
