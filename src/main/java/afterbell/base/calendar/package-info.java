/**
 * When: school years and terms, teaching days with swapped days and public holidays, service days, bell times, waves, closures.
 *
 * <p>Words: <b>slot</b> a stretch of an afternoon between two bells, for a grade band and weekday; <b>follows</b> the weekday whose timetable a
 * swapped day takes; <b>service day</b> a day on which a grade band has at least one slot and no closure; <b>wave</b> a time at which bands leave;
 * <b>clash</b> an overlap in minutes, ends excluded.
 *
 * <p>Invariants: slots of a grade band never overlap; a pupil belongs to one band of a term; a child leaves with the end of its last session of the
 * day; a holiday that no authority has published yet is marked as unconfirmed wherever it shows.
 */
@NullMarked
@ApplicationModule(
        id = "calendar",
        allowedDependencies = {
            "shared", "shared :: *", "schools", "schools :: *", "audit", "audit :: *", "identity", "identity :: *", "rules", "rules :: *"
        })
package afterbell.base.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
