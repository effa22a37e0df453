/** The dated list: everybody still at school with who may take whom, on one page that works without a network; and what was done by it (P7). */
@NullMarked
package afterbell.day.dismissal.dated;

import org.jspecify.annotations.NullMarked;
