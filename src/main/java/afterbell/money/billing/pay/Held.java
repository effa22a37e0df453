package afterbell.money.billing.pay;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One session or turn that somebody stood.
 *
 * @param ref the session, gate, area or class; null for leader and late room
 * @param group the class of own-class care, by which a ceiling of a class-day counts; null otherwise
 * @param what name of the club or class; empty for turns
 * @param minutes by the clock; 0 for turns
 * @param stood in somebody's place
 */
public record Held(UUID staff, LocalDate day, Work work, @Nullable UUID ref, @Nullable UUID group, String what, int minutes, boolean stood) {}
