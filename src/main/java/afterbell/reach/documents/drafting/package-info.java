/** The office writes, shows and publishes the letters of a term. */
@NullMarked
package afterbell.reach.documents.drafting;

import org.jspecify.annotations.NullMarked;
