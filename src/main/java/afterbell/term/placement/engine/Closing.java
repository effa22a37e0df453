package afterbell.term.placement.engine;

/**
 * A section that does not run, with the numbers of its sentence: at most {@code placeable} could be placed, the minimum
 * is {@code minSize}. Where too few listed it, {@code placeable} is how many could have been placed in any result;
 * otherwise how many would gain from it in this one without taking another section under its minimum.
 */
public record Closing(String course, int placeable, int minSize) {}
