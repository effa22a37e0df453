package afterbell.base.shared.sheet;

import java.util.function.Function;

/** What came of one cell: nothing there, a value in its one canonical writing, or a problem that names the way out. */
public sealed interface Reading {
    Reading BLANK = new Blank();

    record Blank() implements Reading {}

    record Value(String text) implements Reading {}

    record Bad(SheetProblem problem) implements Reading {}

    static Reading of(String text) {
        return text.isEmpty() ? BLANK : new Value(text);
    }

    static Reading bad(String key, Object... facts) {
        return new Bad(SheetProblem.of(key, facts));
    }

    default Reading then(Function<String, Reading> next) {
        return this instanceof Value value ? next.apply(value.text()) : this;
    }
}
