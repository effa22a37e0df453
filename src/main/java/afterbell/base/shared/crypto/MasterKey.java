package afterbell.base.shared.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The node's secret: 32 random bytes in a file outside the data folder and outside every backup (law 8). Keys for single purposes are derived from it,
 * so that none is used for two things.
 */
public final class MasterKey {
    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key.clone();
    }

    /** Reads the key file, or makes it at the first start (readable by its owner alone). */
    public static MasterKey at(Path file) {
        try {
            if (!Files.exists(file)) make(file);
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length != 32) throw new IllegalStateException("the key file " + file + " is damaged: it must hold 64 hexadecimal digits");
            return new MasterKey(key);
        } catch (IOException e) {
            throw new UncheckedIOException("the key file can't be read: " + file, e);
        }
    }

    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Files.writeString(file, HexFormat.of().formatHex(fresh));
    }

    /** A key for one purpose. */
    public byte[] derive(String purpose) {
        return hmac(key, purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA256 under a derived key. */
    public static byte[] mac(byte[] key, String message) {
        return hmac(key, message.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hmac(byte[] key, byte[] message) {
        return keyed(key).doFinal(message);
    }

    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
