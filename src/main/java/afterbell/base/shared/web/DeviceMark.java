package afterbell.base.shared.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Tells the persons of one device apart, so that what it keeps for one is never shown or sent for another. No secret, and no account id. */
public final class DeviceMark {
    private static final int BYTES = 8;

    private DeviceMark() {}

    /** @return 16 hexadecimal digits */
    public static String of(UUID account) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(("device " + account).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
