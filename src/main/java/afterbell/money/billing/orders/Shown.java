package afterbell.money.billing.orders;

import afterbell.money.billing.OrderState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the desk's pages show. */
public interface Shown {
    /** A child by name, gone or present. */
    record Named(UUID id, String name, String className, boolean gone) {}

    /** A line of the desk's list. @param credit what the school owes the family @param shown owed besides, and on show yet */
    record Line(UUID id, String name, String className, boolean gone, long due, long credit, long shown, @Nullable OrderState state, @Nullable String number, @Nullable Instant expiresAt, long paid) {}

    /** Figures of the desk, in fen; suspense in pieces. */
    record Figures(long due, int debtors, long paid, long credit, int suspense) {}

    /** Money that fits no order. @param child whose order it named, or null */
    record Strange(UUID id, String way, String reference, long fen, String why, String number, LocalDate day, @Nullable UUID child, @Nullable String name, @Nullable Long asked) {}
}
