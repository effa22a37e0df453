package afterbell.day.custody.swipes;

import java.time.Instant;

/**
 * One card at a gate.
 *
 * @param seq the device's own running number: with the device it is the key of the swipe (law 6)
 * @param card trace of the number; {@code tail} its last characters
 * @param said the device's clock
 * @param at the same moment by the server's clock
 */
record Swipe(long seq, byte[] card, String tail, boolean out, Instant said, Instant at) {}
