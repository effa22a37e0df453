/** From a file to the school's records: uploaded, looked at, mended, confirmed. Nothing is saved unless a person confirms. */
@NullMarked
package afterbell.base.roster.importing;

import org.jspecify.annotations.NullMarked;
