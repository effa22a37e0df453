package afterbell.reach.documents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of a signing link: 24 random bytes, kept nowhere but in the address itself.
 *
 * @param text as it stands in the address
 */
public record LinkSecret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static LinkSecret fresh() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return new LinkSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What the database knows of it. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "LinkSecret";
    }
}
