package afterbell.money.billing;

import java.time.YearMonth;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A slice's part of a made world: what the demo school did with the money of its last month, through the slice's own acts. */
public interface LastMonth {
    /** @param words of the demo by key; under the school's scope, inside a transaction */
    void make(UUID school, YearMonth month, UnaryOperator<String> words);
}
