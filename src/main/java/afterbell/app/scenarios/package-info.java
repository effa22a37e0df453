/** Source plans as data, loaded as schools through the same beans and checks that people's screens call. */
@NullMarked
package afterbell.app.scenarios;

import org.jspecify.annotations.NullMarked;
