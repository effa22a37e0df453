/** The launcher, its commands, the demo world. */
@NullMarked
package afterbell.app;

import org.jspecify.annotations.NullMarked;
