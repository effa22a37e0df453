package afterbell.term.placement.engine;

/**
 * One legal way to give one pupil one section.
 *
 * @param index its place among the pupil's options, best ranks first
 * @param points sum of the published cost over its rows
 * @param saved what the rows would cost unfilled
 * @param units how much of the pupil's demand it fills
 * @param rankSum sum of ranks as level 8 counts them
 * @param continues 1 where the activity is one of last term's
 * @param group seats of the pupil's home class in the section, or -1 where there is no such cap
 */
record Option(
        int pupil,
        int index,
        int section,
        int points,
        int saved,
        int units,
        int rankSum,
        int band,
        int continues,
        int group,
        String[] rows,
        int[] ranks) {
    int gain() {
        return saved - points;
    }
}
