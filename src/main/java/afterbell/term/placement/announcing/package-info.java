/** How a round's places will be given, before anybody knows who gets them: order, hashes and the value to come, for everybody to read. */
@NullMarked
package afterbell.term.placement.announcing;

import org.jspecify.annotations.NullMarked;
