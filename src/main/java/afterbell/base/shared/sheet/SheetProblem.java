package afterbell.base.shared.sheet;

import java.util.List;

/**
 * Why a file or a cell was not taken, as a message key with its facts in order. The text of each key says what is wrong and what
 * to do about it.
 */
public record SheetProblem(String key, List<String> facts) {
    public static SheetProblem of(String key, Object... facts) {
        return new SheetProblem(key, List.of(facts).stream().map(String::valueOf).toList());
    }
}
