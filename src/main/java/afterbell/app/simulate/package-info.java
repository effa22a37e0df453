/**
 * Lives school days of a scenario through the real use cases: an ordinary afternoon of a whole school, with troubles planted that a person or a card could
 * make. What the laws demand is read again from chain and tables by {@code LawBook}, whether a trouble was noticed from alarms, standings and notices alone.
 */
@NullMarked
package afterbell.app.simulate;

import org.jspecify.annotations.NullMarked;
