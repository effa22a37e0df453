/** The hand-over of a class at the bell: expected beside counted, differences by a tap, one confirmation. */
@NullMarked
package afterbell.day.custody.handing;

import org.jspecify.annotations.NullMarked;
