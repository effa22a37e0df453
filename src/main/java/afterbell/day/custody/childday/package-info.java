/** The child-day: pure rules, free of Spring and of the database; could be lifted out as a library. The annotation below only opens it to later rooms. */
@NullMarked
@NamedInterface("childday")
package afterbell.day.custody.childday;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
