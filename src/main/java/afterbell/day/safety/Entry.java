package afterbell.day.safety;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened about one subject, as it stands in the chain.
 *
 * @param seq from 1, without gaps within the subject
 * @param kind what happened, for example {@code entered}
 * @param day the school's day, by which registers are read
 * @param by the account that told it, null for the house itself
 * @param facts ids, codes and numbers as text
 * @param words id of the sealed words, or null; {@code wordsHash} is the SHA-256 of their text
 * @param file id of the picture, or null; {@code fileHash} is the SHA-256 of its content
 * @param prev hash of the entry before, empty for the first
 * @param hash of everything above, see {@link Chain}
 */
public record Entry(
        UUID id,
        Book book,
        UUID subject,
        int seq,
        String kind,
        LocalDate day,
        Instant at,
        @Nullable UUID by,
        SortedMap<String, String> facts,
        @Nullable UUID words,
        @Nullable String wordsHash,
        @Nullable UUID file,
        @Nullable String fileHash,
        String prev,
        String hash) {

    public Entry {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    public boolean is(String wanted) {
        return kind.equals(wanted);
    }

    /** The same entry with its place in the chain computed. */
    Entry sealed() {
        return new Entry(id, book, subject, seq, kind, day, at, by, facts, words, wordsHash, file, fileHash, prev, Chain.hash(this));
    }

    static SortedMap<String, String> sorted(Map<String, String> facts) {
        return new TreeMap<>(facts);
    }
}
