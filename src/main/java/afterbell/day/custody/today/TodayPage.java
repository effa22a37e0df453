package afterbell.day.custody.today;

import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource.State;
import afterbell.day.custody.Underway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's afternoon.
 *
 * @param open whether the day's children have been looked up: without service nothing is to be done
 * @param underway children whom the person sent on and nobody has counted in the walking time
 */
public record TodayPage(LocalDate day, boolean open, List<Piece> classes, List<Piece> sessions, List<Said> said, List<Underway> underway) {

    /** What a family said today of a child that the person has or will have. @param at when it comes late; null for leave */
    public record Said(String name, String className, @Nullable Instant at) {}

    /**
     * One thing that the person answers for.
     *
     * @param starts null for a class at the bell
     * @param state attention while something is to be done, danger with a red clock, done when nothing is left
     * @param key of the sentence that says how far it is, filled with {@code count} and {@code more}
     */
    public record Piece(UUID id, String name, String room, @Nullable LocalTime starts, @Nullable LocalTime ends, State state, String key, int count, int more, String href, String buttonKey) {
        boolean waits() {
            return key.endsWith(".waiting") && (state == State.ATTENTION || state == State.DANGER);
        }
    }

    /** A roll opens by itself this long before its session, where nothing else is to be done. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    /** Sessions that wait to be rolled; none while a class is to be handed over. */
    public List<Piece> due() {
        if (classes.stream().anyMatch(Piece::waits)) return List.of();
        return sessions.stream().filter(p -> p.starts() != null && p.waits()).toList();
    }

    public String from(Piece due) {
        return moment(due.starts()).minus(EARLY).toString();
    }

    public String to(Piece due) {
        return moment(due.ends()).toString();
    }

    private Instant moment(@Nullable LocalTime time) {
        return day.atTime(Objects.requireNonNull(time)).atZone(Screen.ZONE).toInstant();
    }
}
