package afterbell.money.billing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain over a school's entries: SHA-256 over the hash before, the number, and each part of the entry with its length, so that no two entries are
 * written alike. Pure: the same rows give the same bytes in any release (law 5).
 */
final class EntryChain {
    private EntryChain() {}

    /** An entry as it is sealed, its lines by their ordinal. */
    record Sealed(UUID id, Instant at, LocalDate day, String document, UUID documentId, String memo, @Nullable UUID by, List<Posting> postings) {}

    /** What the first link of a school builds upon. */
    static byte[] root(UUID school) {
        return digest(("afterbell ledger " + school).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(byte[] previous, long seq, Sealed entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, "1");
            out.writeInt(previous.length);
            out.write(previous);
            out.writeLong(seq);
            write(out, entry.id().toString());
            out.writeLong(entry.at().getEpochSecond());
            // The database keeps microseconds.
            out.writeInt(entry.at().getNano() / 1000);
            write(out, entry.day().toString());
            write(out, entry.document());
            write(out, entry.documentId().toString());
            write(out, entry.memo());
            write(out, text(entry.by()));
            out.writeInt(entry.postings().size());
            for (Posting posting : entry.postings()) {
                write(out, posting.account());
                write(out, text(posting.pupil()));
                write(out, posting.channel() == null ? "" : posting.channel());
                write(out, text(posting.term()));
                out.writeLong(posting.fen());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest(bytes.toByteArray());
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
