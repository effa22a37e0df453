package afterbell.day.safety.evidence;

import afterbell.day.safety.Book;
import afterbell.day.safety.CustodyFacts;
import afterbell.day.safety.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code evidence.json}.
 *
 * @param format {@value #FORMAT}
 * @param entries the incident's own chain
 * @param others entries of the day that a freeze names, each of another chain: only their own hashes are checked
 * @param custody what was said of the children concerned on the day of the incident, ids only; missing in bundles of the first format
 * @param files name in the bundle and SHA-256 of its content
 * @param notices what guardians were told and how far it had come when the bundle was made
 */
record Bundle(String format, String school, UUID incident, Instant madeAt, List<Row> entries, List<Row> others, @Nullable List<CustodyFacts.Said> custody, Map<String, String> files, List<Notice> notices, String head) {
    static final String FORMAT = "afterbell-evidence/2";
    /** Before the children's chains stood in it. */
    static final String FIRST_FORMAT = "afterbell-evidence/1";
    static final String JSON = "evidence.json";
    static final String SEAL = "seal.txt";
    static final String PDF = "report.pdf";

    /** @param text the words' own text, null where there are none or where they are not part of the bundle */
    record Row(
            UUID id,
            String book,
            UUID subject,
            int seq,
            String kind,
            String day,
            String at,
            @Nullable UUID by,
            SortedMap<String, String> facts,
            @Nullable String wordsHash,
            @Nullable String text,
            @Nullable String fileHash,
            @Nullable String file,
            String prev,
            String hash) {

        static Row of(Entry e, @Nullable String text, @Nullable String file) {
            return new Row(e.id(), e.book().code(), e.subject(), e.seq(), e.kind(), e.day().toString(), e.at().toString(), e.by(), e.facts(), e.wordsHash(), text, e.fileHash(), file, e.prev(), e.hash());
        }

        Entry entry() {
            return new Entry(id, Book.of(book).orElseThrow(), subject, seq, kind, LocalDate.parse(day), Instant.parse(at), by, facts, null, wordsHash, null, fileHash, prev, hash);
        }
    }

    record Notice(UUID id, Instant at, int families, int opened, int unreachable) {}
}
