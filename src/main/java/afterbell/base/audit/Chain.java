package afterbell.base.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hash chain over a school's entries. A link's hash is SHA-256 over school, number, time, the hash before, and every entry with the length of each of
 * its parts, so that no two different runs of entries are written alike. Pure: the same rows give the same bytes in any release.
 */
final class Chain {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private Chain() {}

    /** @param facts as JSON, in any order of its keys */
    record Entry(UUID id, Instant at, UUID account, String hat, String action, String subject, @Nullable UUID subjectId, String facts) {}

    record Link(long number, Instant sealedAt, int entries, byte[] previous, byte[] hash) {}

    /** What the first link of a school builds upon. */
    static byte[] root(UUID school) {
        return digest(("afterbell audit " + school).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(UUID school, long number, Instant sealedAt, byte[] previous, List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, "1");
            write(out, school.toString());
            out.writeLong(number);
            write(out, sealedAt);
            out.writeInt(previous.length);
            out.write(previous);
            out.writeInt(entries.size());
            for (Entry e : entries) write(out, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        write(out, entry.id().toString());
        write(out, entry.at());
        write(out, entry.account().toString());
        write(out, entry.hat());
        write(out, entry.action());
        write(out, entry.subject());
        write(out, entry.subjectId() == null ? "" : entry.subjectId().toString());
        write(out, JSON.writeValueAsString(JSON.readValue(entry.facts(), FACTS)));
    }

    // The database keeps microseconds.
    private static void write(DataOutputStream out, Instant at) throws IOException {
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano() / 1000);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
