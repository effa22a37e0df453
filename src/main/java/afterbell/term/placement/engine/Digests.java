package afterbell.term.placement.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 over the canonical forms. Every part is preceded by its length, so no two inputs share a byte stream. */
public final class Digests {
    private Digests() {}

    /** The published hash of an input, lower-case hex. */
    public static String ofInput(Instance instance) {
        return hex(inputDigest("afterbell placement input 1", instance));
    }

    /**
     * A key that only holders of the whole input can compute: it salts the leaves of the families' tree, so that
     * nobody can guess a neighbour's places by trying them all.
     */
    static byte[] saltKey(Instance instance) {
        return inputDigest("afterbell placement salt 1", instance);
    }

    private static byte[] inputDigest(String purpose, Instance instance) {
        MessageDigest digest = sha256();
        add(digest, purpose);
        for (Map.Entry<String, String> file : InstanceFiles.canonical(instance).entrySet()) {
            add(digest, file.getKey());
            add(digest, file.getValue());
        }
        return digest.digest();
    }

    static byte[] of(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            add(digest, part);
        }
        return digest.digest();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
