/** The menu as the office makes it: sections one by one, taken over from last term, withdrawn when they can't be held. */
@NullMarked
package afterbell.term.programme.menu;

import org.jspecify.annotations.NullMarked;
