/**
 * The tree of bureaus and schools, and the places of a school: campuses, grades, rooms, areas, gates.
 *
 * <p>Words: bureau, region, campus, grade band, room, area, gate. Invariants: a school is under one path of bureaus; a bureau sees the schools below
 * it and nothing inside them. Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "schools", allowedDependencies = {"shared", "shared::*"})
package afterbell.base.schools;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
