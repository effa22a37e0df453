/** A bureau's schools: the list, and opening one more on this node. Names of people are never read here, save the one that the bureau itself invites. */
@NullMarked
package afterbell.desk.desk.bureau;

import org.jspecify.annotations.NullMarked;
