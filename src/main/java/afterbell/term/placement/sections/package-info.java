/** The office's view of seats: each section with its members, its waiting list and why it stands so; overrides and re-placement with a reason. */
@NullMarked
package afterbell.term.placement.sections;

import org.jspecify.annotations.NullMarked;
