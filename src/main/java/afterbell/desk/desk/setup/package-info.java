/** The first visit to an empty node: bureau, school, grades, the first office account, and what comes next. */
@NullMarked
package afterbell.desk.desk.setup;

import org.jspecify.annotations.NullMarked;
