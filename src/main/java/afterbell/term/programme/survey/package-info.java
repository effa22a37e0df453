/** The demand survey: the office asks, families tick within half a minute, the menu is made by what they want (R29, R39). */
@NullMarked
package afterbell.term.programme.survey;

import org.jspecify.annotations.NullMarked;
