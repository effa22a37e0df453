/** How a child gets home: who may collect, and on which days it may walk alone or leave with the class line (R85, R86). */
@NullMarked
package afterbell.base.roster.goinghome;

import org.jspecify.annotations.NullMarked;
