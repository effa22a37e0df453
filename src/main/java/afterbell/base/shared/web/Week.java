package afterbell.base.shared.web;

import java.util.List;

/** A week as a small picture: days across, slots down; every day has as many slots as there are names. */
public record Week(List<String> slotNames, List<Day> days) {

    public Week {
        slotNames = List.copyOf(slotNames);
        days = List.copyOf(days);
        for (Day day : days)
            if (day.slots().size() != slotNames.size()) throw new IllegalArgumentException("a day with " + day.slots().size() + " slots of " + slotNames.size());
    }

    /**
     * @param name short: the weekday
     * @param note the date or nothing
     */
    public record Day(String name, String note, boolean today, List<Slot> slots) {
        public Day {
            slots = List.copyOf(slots);
        }
    }

    /**
     * @param title what the child does there, short; empty for nothing
     * @param note place or hour, or empty
     */
    public record Slot(Kind kind, String title, String note) {}

    /** Own class, a place in a club, a wish not yet decided, nothing, or two things at one time. */
    public enum Kind {
        OWN,
        CLUB,
        WISH,
        NONE,
        CLASH
    }
}
