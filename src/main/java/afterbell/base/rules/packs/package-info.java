/** A bureau reads, uploads, previews, applies and withdraws rule packs. */
@NullMarked
package afterbell.base.rules.packs;

import org.jspecify.annotations.NullMarked;
