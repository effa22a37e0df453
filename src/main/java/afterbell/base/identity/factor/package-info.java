/** The second factor: time-based codes of an authenticator app, and recovery codes for the day the phone is lost. */
@NullMarked
package afterbell.base.identity.factor;

import org.jspecify.annotations.NullMarked;
