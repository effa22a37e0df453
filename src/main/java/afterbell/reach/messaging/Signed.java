package afterbell.reach.messaging;

import afterbell.base.shared.crypto.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature of a call to another system: {@code Afterbell-Signature: t=1788253200,v1=<hex>}, where the hex is HMAC-SHA-256, under the shared secret,
 * of {@code "<t>.<body>"}. The time is under the signature, so a call that was overheard is good for {@link #WINDOW} at most; within it the receiver
 * knows a repetition by {@code Afterbell-Delivery}.
 */
public final class Signed {
    public static final String HEADER = "Afterbell-Signature";
    public static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");

    private Signed() {}

    public static String header(String secret, Instant at, String body) {
        return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac(secret, at.getEpochSecond(), body));
    }

    /** How a receiver checks: the form, the time, and the code in constant time. */
    public static boolean holds(String secret, String header, String body, Instant now) {
        Matcher m = FORM.matcher(header);
        if (!m.matches()) return false;
        long at = Long.parseLong(m.group(1));
        return Math.abs(now.getEpochSecond() - at) <= WINDOW.toSeconds() && MessageDigest.isEqual(HexFormat.of().parseHex(m.group(2)), mac(secret, at, body));
    }

    private static byte[] mac(String secret, long at, String body) {
        return MasterKey.mac(secret.getBytes(StandardCharsets.UTF_8), at + "." + body);
    }
}
