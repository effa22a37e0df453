/** A family reads a letter and answers it: on screen, or a guardian far away through a link. */
@NullMarked
package afterbell.reach.documents.signing;

import org.jspecify.annotations.NullMarked;
