package afterbell.term.placement.engine;

/**
 * One row of {@code result.csv}: a pupil and a slot it holds a place in ({@code *} where its list is for the week).
 *
 * @param rank the choice it is, from 1; 0 for a fixed member
 */
public record Seat(String pupil, String slot, String course, int rank) {}
