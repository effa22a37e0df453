/** All answers of a term, to be found, printed and taken out of the house. */
@NullMarked
package afterbell.reach.documents.archive;

import org.jspecify.annotations.NullMarked;
