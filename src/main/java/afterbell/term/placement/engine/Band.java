package afterbell.term.placement.engine;

/** A teacher's mark for an applicant of an auditioned section: 0 (the default) before 1. */
public record Band(String course, String pupil, int band) {}
