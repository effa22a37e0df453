/** The office arranges the school's places: rooms, campuses, gates, areas. */
@NullMarked
package afterbell.base.schools.places;

import org.jspecify.annotations.NullMarked;
