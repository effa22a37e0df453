/** The duty leader's board: the state of a whole school in one glance, red first, live on every node. */
@NullMarked
package afterbell.desk.desk.board;

import org.jspecify.annotations.NullMarked;
