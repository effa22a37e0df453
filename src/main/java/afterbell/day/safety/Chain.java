package afterbell.day.safety;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one subject: each entry's hash is the SHA-256 of its fields, one a line, and of the hash before it. Pure, so that a bundle is verified
 * without a database.
 */
public final class Chain {
    private Chain() {}

    /** The text that is hashed: a name and a value a line; values hold no line breaks, those of facts are escaped. */
    public static String text(Entry e) {
        StringBuilder text = new StringBuilder(400);
        line(text, "entry", e.id());
        line(text, "book", e.book().code());
        line(text, "subject", e.subject());
        line(text, "seq", e.seq());
        line(text, "kind", e.kind());
        line(text, "day", e.day());
        line(text, "at", e.at());
        line(text, "by", e.by());
        e.facts().forEach((k, v) -> line(text, "fact." + k, v));
        line(text, "words", e.wordsHash());
        line(text, "file", e.fileHash());
        line(text, "prev", e.prev());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        text.append(name).append('=').append(Objects.toString(value, "").replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }

    static String hash(Entry e) {
        return sha256(text(e).getBytes(StandardCharsets.UTF_8));
    }

    /** One number for many entries: the SHA-256 of their hashes in the given order. */
    public static String digest(List<String> hashes) {
        return sha256(String.join("\n", hashes).getBytes(StandardCharsets.US_ASCII));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of the first entry that doesn't follow from the one before, or 0 where the chain is whole. */
    public static int brokenAt(List<Entry> entries) {
        String prev = "";
        int seq = 0;
        for (Entry e : entries) {
            seq++;
            if (e.seq() != seq || !e.prev().equals(prev) || !e.hash().equals(hash(e))) return seq;
            prev = e.hash();
        }
        return 0;
    }
}
