/** Children named for a team: why, how many, and how many more may be (R42, R62). */
@NullMarked
package afterbell.term.programme.members;

import org.jspecify.annotations.NullMarked;
