package afterbell.money.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one child owed at a moment, to be paid once.
 *
 * @param number by which channels, files and people name it
 * @param payCode by which a fee platform names it; null until its file came back
 */
public record PayOrder(UUID id, UUID pupil, String number, long fen, OrderState state, Instant openedAt, Instant expiresAt, @Nullable String payCode) {}
