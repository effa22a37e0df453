/** Teachers of auditioned sections mark the applicants between the close of a round and its lottery. They see no rank, no other wish and no priority. */
@NullMarked
package afterbell.term.placement.marking;

import org.jspecify.annotations.NullMarked;
