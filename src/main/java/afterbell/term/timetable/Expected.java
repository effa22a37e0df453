package afterbell.term.timetable;

import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child's place in one session of a day.
 *
 * @param schoolClass the child's own class
 * @param section the club, or null for own-class care
 * @param care the class with which it stays in own-class care: its own, or the one its own is merged into in this slot; null for a club
 * @param room null where none is set
 */
public record Expected(
        UUID pupil, UUID schoolClass, int grade, UUID session, @Nullable UUID section, @Nullable UUID care, @Nullable UUID room, LocalTime starts, LocalTime ends) {}
