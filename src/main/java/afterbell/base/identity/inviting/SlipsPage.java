package afterbell.base.identity.inviting;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Printed slips, eight on a sheet. */
public record SlipsPage(UUID klass, String school, String className, List<List<Slip>> sheets) {

    /** @param spelled the secret in groups of four, for typing where no camera works */
    public record Slip(String child, String qr, String address, String spelled, Instant expiresAt) {}
}
