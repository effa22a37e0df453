/** The first visit of a family: by a slip, which admits at once, or by the class code, which lets it ask. */
@NullMarked
package afterbell.base.identity.entering;

import org.jspecify.annotations.NullMarked;
