/** What families hear of the draw and of sections that are taken off the menu: that there is something to read, never what. Decides nothing (law 7). */
@NullMarked
package afterbell.term.placement.telling;

import org.jspecify.annotations.NullMarked;
