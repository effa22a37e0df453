/** The office keeps the price documents that hold at the school. */
@NullMarked
package afterbell.term.tariffs.documents;

import org.jspecify.annotations.NullMarked;
