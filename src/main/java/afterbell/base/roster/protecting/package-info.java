/** Papers that keep somebody from a child: a court's limit on a guardian, a person who must not take the child. The office alone (law 9). */
@NullMarked
package afterbell.base.roster.protecting;

import org.jspecify.annotations.NullMarked;
