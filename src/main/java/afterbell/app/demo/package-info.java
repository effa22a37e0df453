/**
 * The demo world: one believable primary-and-junior school, drawn from a seed. {@link afterbell.app.demo.DemoSchool} is the pure
 * description that both the demo files and the loader of the demo world read, so that the school in the spreadsheets and the
 * school on the screens are the same.
 */
@NullMarked
package afterbell.app.demo;

import org.jspecify.annotations.NullMarked;
