/** The service office plans a round, announces it, extends it, ends it, and reads how far the answers are. */
@NullMarked
package afterbell.term.enrolment.rounds;

import org.jspecify.annotations.NullMarked;
