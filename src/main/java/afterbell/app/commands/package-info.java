/** One class per command of {@code ./afterbell}. */
@NullMarked
package afterbell.app.commands;

import org.jspecify.annotations.NullMarked;
