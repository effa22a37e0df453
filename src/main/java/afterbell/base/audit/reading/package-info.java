/** The record as the office reads it, and the heads of the chains as the bureau watches them. */
@NullMarked
package afterbell.base.audit.reading;

import org.jspecify.annotations.NullMarked;
