package afterbell.reach.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document of a term as the office keeps it.
 *
 * @param source title and text with open fields
 * @param grades empty: all
 * @param answerBy wished for, never a barrier: later answers are taken too (C2)
 * @param edition 0 while it is a draft
 * @param countsFrom answers to earlier editions count no more
 * @param version counts changes, so that two editors notice each other
 */
public record Letter(
        UUID school, UUID id, UUID term, LetterKind kind, LetterText source, State state, List<Integer> grades, @Nullable Instant answerBy, int edition, int countsFrom, int version) {

    public enum State {
        DRAFT,
        PUBLISHED,
        WITHDRAWN
    }

    public boolean isFor(int grade) {
        return grades.isEmpty() || grades.contains(grade);
    }
}
