/** Checks that a provider or an outside teacher has passed, each with dates and document (C12). */
@NullMarked
package afterbell.term.staffing.checks;

import org.jspecify.annotations.NullMarked;
