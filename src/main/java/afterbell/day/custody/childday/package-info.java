/** The child-day: pure rules, free of Spring and of the database; could be lifted out as a library. */
@NullMarked
package afterbell.day.custody.childday;

import org.jspecify.annotations.NullMarked;
