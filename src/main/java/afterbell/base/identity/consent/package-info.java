/** The rules for children's data, and the guardian's separate consent at first entry. */
@NullMarked
package afterbell.base.identity.consent;

import org.jspecify.annotations.NullMarked;
