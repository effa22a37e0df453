/** Afterbell: an after-school service from the letter to the last refund. Wings in reading order: base, reach, term, day, money, quality, desk, app. */
@NullMarked
package afterbell;

import org.jspecify.annotations.NullMarked;
