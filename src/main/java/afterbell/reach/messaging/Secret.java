package afterbell.reach.messaging;

import afterbell.base.identity.Hashes;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What stands in an address that was sent to somebody: 24 random bytes, kept nowhere else. The database knows its SHA-256.
 *
 * @param text as it stands in the address
 */
public record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Secret fresh() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    static Secret of(byte[] bytes) {
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] hash() {
        return Hashes.of(text);
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
