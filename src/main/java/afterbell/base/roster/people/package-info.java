/** The children of the school as the office looks for them: by name, sound and class. */
@NullMarked
package afterbell.base.roster.people;

import org.jspecify.annotations.NullMarked;
