package afterbell.day.dismissal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Six digits that a secret and the clock make (after RFC 6238, with HMAC-SHA-256): the phone shows them, the gate makes them again. */
public final class RotatingCode {
    public static final int SECRET_BYTES = 32;
    /** Clocks of phone and house, and the moment between showing and typing, may be off by this many steps, either way. */
    static final int DRIFT = 1;
    /** A code of the last hour is known as an old one; what lies further back is no code. */
    private static final int REMEMBERED = 60;

    private static final int MODULUS = 1_000_000;

    private RotatingCode() {}

    public static long stepAt(Instant time, Duration step) {
        return Math.floorDiv(time.getEpochSecond(), step.toSeconds());
    }

    public static String code(byte[] secret, long step) {
        byte[] mac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int at = mac[mac.length - 1] & 0xF;
        return String.format(Locale.ROOT, "%06d", (ByteBuffer.wrap(mac, at, Integer.BYTES).getInt() & Integer.MAX_VALUE) % MODULUS);
    }

    /** What a code of this secret is now. */
    public sealed interface Reading {
        record Good(long step) implements Reading {}

        /** It was one of the last hour's. */
        record Old() implements Reading {}

        record None() implements Reading {}
    }

    public static Reading read(byte[] secret, String code, long now) {
        Reading found = new Reading.None();
        // Every step is looked at, so that the time taken tells nothing.
        for (long step = now - REMEMBERED; step <= now + DRIFT; step++)
            if (same(code(secret, step), code)) found = step >= now - DRIFT ? new Reading.Good(step) : new Reading.Old();
        return found;
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
