/** Signing in and out. */
@NullMarked
package afterbell.base.identity.signin;

import org.jspecify.annotations.NullMarked;
