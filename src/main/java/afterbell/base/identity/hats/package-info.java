/** Choosing the hat for the next requests: family, one school, one bureau. */
@NullMarked
package afterbell.base.identity.hats;

import org.jspecify.annotations.NullMarked;
