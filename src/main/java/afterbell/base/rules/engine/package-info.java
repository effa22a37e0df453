/** Reads packs and resolves rules. Pure: no Spring, no database, no clock. */
@NullMarked
package afterbell.base.rules.engine;

import org.jspecify.annotations.NullMarked;
