/** Categories of children that count for priority and exemption: seen by the office, confirmed by a second person (R63, law 9). */
@NullMarked
package afterbell.base.roster.standings;

import org.jspecify.annotations.NullMarked;
