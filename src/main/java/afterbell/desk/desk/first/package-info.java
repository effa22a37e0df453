/** What a person has to do now, over all hats and rooms. */
@NullMarked
package afterbell.desk.desk.first;

import org.jspecify.annotations.NullMarked;
