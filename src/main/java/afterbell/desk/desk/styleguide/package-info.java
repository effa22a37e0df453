/** Every component in every state on one page, for the people who build screens and for the tests that look at them. Demo mode only. */
@NullMarked
package afterbell.desk.desk.styleguide;

import org.jspecify.annotations.NullMarked;
