package afterbell.day.custody.childday;

import java.time.Instant;
import java.util.UUID;

/**
 * A command: somebody says something of a child, or asks to do it.
 *
 * @param key the command's key; repeated, it changes nothing
 * @param happened true where it has physically happened already (a roll, an act of an offline device): such is always recorded; false where the person
 *     waits for the answer before acting (a release at an online gate)
 */
public record Telling(UUID key, Instant at, Teller teller, Fact fact, boolean happened) {}
