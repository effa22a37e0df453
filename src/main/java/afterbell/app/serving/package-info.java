/** What a node for real families has besides the house: its log, its figures, its way to stop. */
@NullMarked
package afterbell.app.serving;

import org.jspecify.annotations.NullMarked;
