/** Acts of a device that waited for the network: many at once, in any order, more than once. */
@NullMarked
package afterbell.day.custody.acting;

import org.jspecify.annotations.NullMarked;
