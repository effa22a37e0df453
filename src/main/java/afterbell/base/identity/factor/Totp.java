package afterbell.base.identity.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time codes as every authenticator app makes them (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits. */
final class Totp {
    /** As many bytes as the hash has (RFC 4226, section 4). */
    static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    /** Clocks of phones may be off by this many steps, either way. */
    private static final int DRIFT = 1;

    private static final int MODULUS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    static long stepAt(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
    }

    static String code(byte[] secret, long step) {
        byte[] mac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int at = mac[mac.length - 1] & 0xF;
        int number = ByteBuffer.wrap(mac, at, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%06d", number % MODULUS);
    }

    /**
     * The step that the code belongs to, if it is near enough to now and was not used yet.
     *
     * @param used the last step whose code was used; it and all before it are spent
     */
    static OptionalLong step(byte[] secret, String code, Instant now, long used) {
        long middle = stepAt(now);
        OptionalLong found = OptionalLong.empty();
        // Every step is looked at, so that the time taken tells nothing.
        for (long step = middle - DRIFT; step <= middle + DRIFT; step++) if (same(code(secret, step), code) && step > used) found = OptionalLong.of(step);
        return found;
    }

    /** Base32 (RFC 4648) without padding, for a number of bytes divisible by five. */
    static String base32(byte[] bytes) {
        if (bytes.length % 5 != 0) throw new IllegalArgumentException("needs whole groups of five bytes, not " + bytes.length);
        StringBuilder text = new StringBuilder(bytes.length / 5 * 8);
        int kept = 0;
        int bits = 0;
        for (byte b : bytes) {
            kept = (kept << 8 | b & 0xFF) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) text.append(BASE32.charAt(kept >> bits - 5 & 31));
        }
        return text.toString();
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
