/** Hazard rounds by checklist, and what they find until it is mended with a photo and confirmed (R95). */
@NullMarked
package afterbell.day.safety.hazards;

import org.jspecify.annotations.NullMarked;
