package afterbell.term.programme;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a plan, said to the office.
 *
 * @param facts strings, numbers, days, {@link When}, {@link Day} and {@link Grades}; the page says these in the reader's language
 * @param section the section to mend, or null
 * @param place where to mend what belongs to no section
 * @param stops whether it keeps the plan from being published; otherwise a person should look at it
 */
public record Problem(Kind kind, List<Object> facts, @Nullable UUID section, Place place, boolean stops) {

    /** A weekday and a stretch of it. */
    public record When(int weekday, LocalTime from, LocalTime until) {}

    public record Day(int weekday) {}

    public record Grades(int from, int until) {}

    public enum Place {
        SECTION,
        MEMBERS,
        GRID,
        DUTIES,
        PROVIDERS,
        PRICES,
        RULES
    }

    public enum Kind {
        EMPTY_MENU,
        EMPTY_GRID,
        NO_SLOT,
        NO_TEACHER,
        NO_ROOM,
        NOTHING_TO_CHOOSE_THERE,
        GRADES_NOT_REACHED,
        TIMES_DIFFER,
        ABOVE_CAP,
        ABOVE_BAN,
        ABOVE_ROOM,
        MEMBERS_ABOVE_CAPACITY,
        MEMBERS_ABOVE_SHARE,
        MEMBERS_NONE,
        FIXED_WITHOUT_REASON,
        TEACHER_TWICE,
        ROOM_TWICE,
        PUPIL_TWICE,
        TEACHER_AWAY,
        TEACHER_LEFT,
        OUTSIDE_WITHOUT_PROVIDER,
        PROVIDER_NOT_FIT,
        PROVIDER_RUNS_OUT,
        PERSON_NOT_FIT,
        PERSON_RUNS_OUT,
        PROVIDER_NOT_CHOSEN_OPENLY,
        INSTITUTIONS_BARRED,
        INTEREST_CLASSES_BARRED,
        PRICE_WITHOUT_DOCUMENT,
        CHOICE_WITHOUT_SECTION,
        FEW_COURSES,
        DUTY_WITHOUT_TEACHER,
        OWN_CLASS_CROWDED,
        NO_BASIC_SERVICE
    }

    public String messageKey() {
        return "programme.problem." + kind.name().toLowerCase(Locale.ROOT);
    }

    static Problem stop(Kind kind, Section section, Object... facts) {
        return new Problem(kind, List.of(facts), section.id(), Place.SECTION, true);
    }

    static Problem look(Kind kind, Section section, Object... facts) {
        return new Problem(kind, List.of(facts), section.id(), Place.SECTION, false);
    }

    Problem at(Place other) {
        return new Problem(kind, facts, section, other, stops);
    }

    public Optional<UUID> sectionId() {
        return Optional.ofNullable(section);
    }
}
