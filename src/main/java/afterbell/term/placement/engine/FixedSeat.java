package afterbell.term.placement.engine;

/** A place given before the draw: a school team, or a continuing member ticked by the teacher. */
public record FixedSeat(String course, String pupil) {}
