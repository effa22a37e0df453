/** What a thing costs and why: pure, from a tariff file, one pupil's facts and the rules of the place. The formats stand in docs/how/money.md. */
@NullMarked
@NamedInterface("quote")
package afterbell.term.tariffs.quote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
