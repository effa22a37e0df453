package afterbell.base.roster;

import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a room keeps about a child: told to the family as its copy, and erased when the purpose is over. A later room implements it; a room that keeps ids
 * and codes alone has nothing to erase.
 */
public interface ChildRecords {

    /**
     * A line of the copy.
     *
     * @param section message key of the heading
     * @param words message key of the line
     * @param facts what fills it
     * @param at when it was said or done; null where it simply is so
     */
    record Line(String section, String words, List<Object> facts, @Nullable Instant at) {}

    /** A list to read, and the line that each row of it makes. */
    record Part<T>(Question<T> question, Function<T, Line> line) {}

    /** What to read for the copy: the parts of all rooms are asked in one statement, under the family's scope. What the family may not see is not in its copy. */
    List<Part<?>> copy(UUID school, UUID pupil);

    /**
     * Destroys keys, names and free texts of a child that has left. Ids stay. Runs under the school's scope in one transaction; doing it twice changes nothing.
     *
     * @param accounts of grown-ups who have nothing to do with the school any more
     */
    void erase(UUID school, UUID pupil, Collection<UUID> accounts);
}
