package afterbell.base.shared.db;

import java.util.Map;

/**
 * A list that somebody wants to read: the rows of a select, each a record whose components are the columns ({@code school_year} fills {@code schoolYear}, an array
 * fills a list, a word in any case fills an enum). A room gives its questions away, and {@link Questions} asks those of several rooms in one statement.
 *
 * @param sql a select with named parameters; its order is kept
 * @param values the parameters; none is null
 */
public record Question<T>(Class<T> row, String sql, Map<String, Object> values) {
    public Question {
        values = Map.copyOf(values);
    }
}
