package afterbell.day.safety.evidence;

import afterbell.day.safety.Book;
import afterbell.day.safety.Chain;
import afterbell.day.safety.CustodyFacts;
import afterbell.day.safety.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes a bundle again. Pure: needs neither database nor network. A bundle proves that its parts belong together and were not changed since it was made;
 * that it is the school's own shows when its head is the one that the school noted elsewhere ({@code head} below).
 */
public final class VerifyBundle {
    private static final long MOST_BYTES = 400L * 1024 * 1024;
    private static final int MOST_FILES = 2_000;

    private VerifyBundle() {}

    /** What is wrong, and about what: an entry's id, a file's name. */
    public record Lie(Kind kind, String about) {}

    public enum Kind {
        /** No bundle, or one of another format. */
        UNREADABLE,
        /** An entry doesn't have the hash of its fields. */
        CHANGED,
        /** An entry doesn't build upon the one before, or one is missing. */
        BROKEN,
        /** Words are not those of the entry. */
        WORDS,
        /** A file is not the one that was put in. */
        FILE,
        /** A file is missing, or one stands there that nobody put in. */
        FILES,
        /** What was frozen is not what the freeze says. */
        FROZEN,
        /** What was said of a child concerned is not what the incident's chain says was said. */
        CUSTODY,
        /** The list itself is not the one that was sealed. */
        SEAL,
        /** The head is not the one that was noted. */
        HEAD
    }

    /** @param entries of the incident's chain @param frozen entries of other chains that were checked @param erased words that are gone, which is allowed */
    public record Report(String school, String incident, int entries, int frozen, int files, int erased, String head, List<Lie> lies) {
        public Report {
            lies = List.copyOf(lies);
        }

        public boolean whole() {
            return lies.isEmpty();
        }
    }

    /** @param noted a head noted elsewhere, or null */
    public static Report verify(InputStream zip, @Nullable String noted) throws IOException {
        Map<String, byte[]> small = new HashMap<>();
        Map<String, String> hashes = new TreeMap<>();
        if (!read(zip, small, hashes)) return unreadable();
        byte[] json = small.get(Bundle.JSON);
        byte[] seal = small.get(Bundle.SEAL);
        if (json == null) return unreadable();
        Bundle bundle;
        try {
            bundle = JsonMapper.builder().build().readValue(json, Bundle.class);
            if (bundle == null || !Bundle.FORMAT.equals(bundle.format()) && !(Bundle.FIRST_FORMAT.equals(bundle.format()) && bundle.custody() == null)) return unreadable();
            return judged(bundle, json, seal, hashes, noted);
        } catch (JacksonException | NullPointerException | IllegalArgumentException | java.util.NoSuchElementException | java.time.DateTimeException e) {
            // Whatever a forged list lacks, it is no list of ours.
            return unreadable();
        }
    }

    private static Report unreadable() {
        return new Report("", "", 0, 0, 0, 0, "", List.of(new Lie(Kind.UNREADABLE, "")));
    }

    // Keeps the list and the seal; of everything else the hash alone. False where the bundle is larger than any bundle.
    private static boolean read(InputStream in, Map<String, byte[]> small, Map<String, String> hashes) throws IOException {
        long left = MOST_BYTES;
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (hashes.size() >= MOST_FILES) return false;
                byte[] content = zip.readNBytes((int) Math.min(left + 1, 64 * 1024 * 1024));
                left -= content.length;
                if (left < 0 || zip.read() >= 0) return false;
                if (e.getName().equals(Bundle.JSON) || e.getName().equals(Bundle.SEAL)) small.put(e.getName(), content);
                else if (hashes.put(e.getName(), Chain.sha256(content)) != null) return false;
            }
        } catch (java.util.zip.ZipException damaged) {
            return false;
        }
        return true;
    }

    private static Report judged(Bundle bundle, byte[] json, byte @Nullable [] seal, Map<String, String> hashes, @Nullable String noted) {
        List<Lie> lies = new ArrayList<>();
        if (seal == null || !new String(seal, StandardCharsets.US_ASCII).strip().equals(Chain.sha256(json))) lies.add(new Lie(Kind.SEAL, Bundle.SEAL));
        int erased = chain(bundle, hashes, lies);
        int frozen = frozen(bundle, lies);
        custody(bundle, lies);
        files(bundle, hashes, lies);
        String head = bundle.entries().isEmpty() ? "" : bundle.entries().getLast().hash();
        if (!head.equals(bundle.head())) lies.add(new Lie(Kind.BROKEN, "head"));
        if (noted != null && !(noted.length() >= 16 && head.startsWith(noted.toLowerCase(java.util.Locale.ROOT)))) lies.add(new Lie(Kind.HEAD, noted));
        return new Report(bundle.school(), bundle.incident().toString(), bundle.entries().size(), frozen, hashes.size(), erased, head, lies);
    }

    private static int chain(Bundle bundle, Map<String, String> hashes, List<Lie> lies) {
        int erased = 0;
        String prev = "";
        int seq = 0;
        for (Bundle.Row row : bundle.entries()) {
            Entry e = row.entry();
            seq++;
            if (!honest(e)) lies.add(new Lie(Kind.CHANGED, row.id().toString()));
            if (e.seq() != seq || !e.prev().equals(prev) || !e.subject().equals(bundle.incident()) || e.book() != Book.INCIDENT) lies.add(new Lie(Kind.BROKEN, row.id().toString()));
            if (row.wordsHash() != null && row.text() == null) erased++;
            if (row.text() != null && !Chain.sha256(row.text().getBytes(StandardCharsets.UTF_8)).equals(row.wordsHash())) lies.add(new Lie(Kind.WORDS, row.id().toString()));
            if (row.fileHash() != null && (row.file() == null || !row.fileHash().equals(hashes.get(row.file())))) lies.add(new Lie(Kind.FILE, String.valueOf(row.file())));
            prev = e.hash();
        }
        return erased;
    }

    private static boolean honest(Entry e) {
        return e.hash().equals(Chain.sha256(Chain.text(e).getBytes(StandardCharsets.UTF_8)));
    }

    private static int frozen(Bundle bundle, List<Lie> lies) {
        Map<UUID, Entry> others = new HashMap<>();
        bundle.others().stream().map(Bundle.Row::entry).forEach(e -> others.put(e.id(), e));
        bundle.entries().stream().map(Bundle.Row::entry).forEach(e -> others.putIfAbsent(e.id(), e));
        Set<UUID> seen = new TreeSet<>();
        for (Bundle.Row row : bundle.entries()) {
            if (!row.kind().equals("frozen") || row.text() == null) continue;
            Map<String, String> words = JsonMapper.builder().build().readValue(row.text(), new TypeReference<Map<String, String>>() {});
            for (Book book : Book.values()) {
                List<String> lines = words.getOrDefault(book.code(), "").lines().toList();
                boolean same = Chain.digest(lines).equals(row.facts().get(book.code() + ".digest")) && Integer.toString(lines.size()).equals(row.facts().get(book.code() + ".count"));
                if (!same) lies.add(new Lie(Kind.FROZEN, book.code()));
                for (String line : lines) {
                    UUID id = UUID.fromString(line.substring(0, 36));
                    Entry e = others.get(id);
                    seen.add(id);
                    if (e == null || !honest(e) || !line.substring(37).equals(e.hash())) lies.add(new Lie(Kind.FROZEN, id.toString()));
                }
            }
        }
        return seen.size();
    }

    /** Each mark of a child in the incident's chain is the digest of as many of its rows as there were then. */
    private static void custody(Bundle bundle, List<Lie> lies) {
        if (Bundle.FIRST_FORMAT.equals(bundle.format())) return;
        List<CustodyFacts.Said> all = Objects.requireNonNull(bundle.custody());
        Set<String> marked = new TreeSet<>();
        Set<UUID> wrong = new TreeSet<>();
        for (Bundle.Row row : bundle.entries())
            row.facts().forEach((key, mark) -> {
                if (!row.kind().equals("child") && !row.kind().equals("frozen") || !key.matches("custody\\.[0-9a-f-]{36}")) return;
                marked.add(key);
                UUID pupil = UUID.fromString(key.substring(8));
                if (!mark.matches("\\d{1,9} .*")) {
                    wrong.add(pupil);
                    return;
                }
                long many = Long.parseLong(mark.substring(0, mark.indexOf(' ')));
                List<CustodyFacts.Said> then = all.stream().filter(s -> s.pupil().equals(pupil)).limit(many).toList();
                if (!CustodyFacts.mark(then).equals(mark)) wrong.add(pupil);
            });
        for (int i = 1; i < all.size(); i++) if (all.get(i).seq() <= all.get(i - 1).seq()) wrong.add(all.get(i).pupil());
        for (CustodyFacts.Said said : all) if (!marked.contains(CustodyFacts.key(said.pupil()))) wrong.add(said.pupil());
        wrong.forEach(pupil -> lies.add(new Lie(Kind.CUSTODY, pupil.toString())));
    }

    private static void files(Bundle bundle, Map<String, String> hashes, List<Lie> lies) {
        bundle.files().forEach((name, hash) -> {
            if (!hashes.containsKey(name)) lies.add(new Lie(Kind.FILES, name));
            else if (!hash.equals(hashes.get(name))) lies.add(new Lie(Kind.FILE, name));
        });
        Set<String> unknown = hashes.keySet().stream().filter(n -> !bundle.files().containsKey(n)).collect(Collectors.toCollection(TreeSet::new));
        unknown.forEach(n -> lies.add(new Lie(Kind.FILES, n)));
    }
}
