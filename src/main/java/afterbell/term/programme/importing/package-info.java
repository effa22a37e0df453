/** The menu, the duties and the teams as spreadsheets: out as they stand, in with a preview of what they would change. */
@NullMarked
package afterbell.term.programme.importing;

import org.jspecify.annotations.NullMarked;
