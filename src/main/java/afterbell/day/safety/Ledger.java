package afterbell.day.safety;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The one table of the room: writes entries behind each other and reads them again. Nothing is ever changed. */
@Repository
@Transactional(readOnly = true)
public class Ledger {
    private static final String ENTRIES = """
            select e.event_id, e.book, e.subject_id, e.seq, e.kind, e.day, e.at, e.by_account, e.facts, e.words_id, e.words_hash, e.file_id, e.file_hash, e.prev, e.hash
            from safety.event e
            """;

    private final JdbcClient sql;
    private final JsonMapper json;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Ledger(JdbcClient sql, JsonMapper json, PersonalData personal, Ids ids, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /**
     * Holds other writers of this subject back until the transaction ends. Whoever decides by what has happened so far takes it before reading, so that
     * two taps at one moment see each other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(UUID subject) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "safety/" + subject).query((r, n) -> 0).single();
    }

    /** Writes an entry behind the last of its subject, at this moment, by the acting account. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Entry append(Act act) {
        return append(act, clock.instant(), Scopes.current().map(Scope::account).orElse(null));
    }

    /** The same for what happened before it is told, such as the demonstration's past days. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Entry append(Act act, Instant at, @Nullable UUID by) {
        lock(act.subject());
        record Tail(int seq, String hash) {}
        Tail tail = sql.sql("select seq, hash from safety.event where school_id = :s and subject_id = :x order by seq desc limit 1")
                .param("s", act.school())
                .param("x", act.subject())
                .query(Tail.class)
                .optional()
                .orElse(new Tail(0, ""));
        Instant moment = at.truncatedTo(ChronoUnit.MICROS);
        Sealed words = act.words().isEmpty() ? null : seal(act.school(), act.words());
        Entry entry = new Entry(
                        ids.next(),
                        act.book(),
                        act.subject(),
                        tail.seq() + 1,
                        act.kind(),
                        LocalDate.ofInstant(moment, Screen.ZONE),
                        moment,
                        by,
                        Entry.sorted(act.facts()),
                        words == null ? null : words.id(),
                        words == null ? null : words.hash(),
                        act.photo() == null ? null : act.photo().id(),
                        act.photo() == null ? null : act.photo().sha256(),
                        tail.hash(),
                        "")
                .sealed();
        insert(act.school(), entry);
        return entry;
    }

    private record Sealed(UUID id, String hash) {}

    // A grain of salt lies inside the words, so that nobody finds a short name by trying hashes once the words are erased.
    private Sealed seal(UUID school, Map<String, String> words) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        SortedMap<String, String> all = new TreeMap<>(words);
        all.put("salt", HexFormat.of().formatHex(salt));
        String text = json.writeValueAsString(all);
        byte[] key = personal.newKey();
        UUID id = ids.next();
        sql.sql("insert into safety.words (school_id, words_id, words_key, sealed) values (:s, :id, :key, :sealed)")
                .param("s", school)
                .param("id", id)
                .param("key", key)
                .param("sealed", personal.seal(key, text))
                .update();
        return new Sealed(id, Chain.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void insert(UUID school, Entry e) {
        sql.sql("""
                insert into safety.event (school_id, event_id, book, subject_id, seq, kind, day, at, by_account, facts, words_id, words_hash, file_id, file_hash, prev, hash)
                values (:s, :id, :book, :subject, :seq, :kind, :day, :at, :by, :facts::jsonb, :words, :wordsHash, :file, :fileHash, :prev, :hash)
                """)
                .param("s", school)
                .param("id", e.id())
                .param("book", e.book().code())
                .param("subject", e.subject())
                .param("seq", e.seq())
                .param("kind", e.kind())
                .param("day", Date.valueOf(e.day()))
                .param("at", Timestamp.from(e.at()))
                .param("by", e.by(), Types.OTHER)
                .param("facts", json.writeValueAsString(e.facts()))
                .param("words", e.words(), Types.OTHER)
                .param("wordsHash", e.wordsHash(), Types.VARCHAR)
                .param("file", e.file(), Types.OTHER)
                .param("fileHash", e.fileHash(), Types.VARCHAR)
                .param("prev", e.prev())
                .param("hash", e.hash())
                .update();
    }

    /** Everything about one subject in its order; a subject of another school or book is not found. */
    public List<Entry> of(UUID school, Book book, UUID subject) {
        List<Entry> all = sql.sql(ENTRIES + "where e.school_id = :s and e.subject_id = :x and e.book = :b order by e.seq")
                .param("s", school)
                .param("x", subject)
                .param("b", book.code())
                .query(this::entry)
                .list();
        if (all.isEmpty()) throw new NotFound();
        return all;
    }

    public Optional<Entry> entry(UUID school, UUID id) {
        return sql.sql(ENTRIES + "where e.school_id = :s and e.event_id = :id").param("s", school).param("id", id).query(this::entry).optional();
    }

    /** Entries by their ids, in the order of these. */
    public List<Entry> entries(UUID school, Collection<UUID> wanted) {
        if (wanted.isEmpty()) return List.of();
        return sql.sql(ENTRIES + "where e.school_id = :s and e.event_id = any(:ids) order by e.event_id").param("s", school).param("ids", wanted.toArray(UUID[]::new)).query(this::entry).list();
    }

    /** Subjects that began in the days, oldest first, each with everything that happened about it, later days too. */
    public Map<UUID, List<Entry>> begun(UUID school, Book book, LocalDate from, LocalDate until) {
        return bySubject(sql.sql(ENTRIES + """
                join safety.event f on f.school_id = e.school_id and f.subject_id = e.subject_id and f.seq = 1
                where f.school_id = :s and f.book = :b and f.day between :from and :until order by f.at, f.subject_id, e.seq
                """)
                .param("s", school)
                .param("b", book.code())
                .param("from", Date.valueOf(from))
                .param("until", Date.valueOf(until))
                .query(this::entry)
                .list());
    }

    /** Subjects that began with one of the first kinds and about which none of the later ones has happened yet, oldest first. */
    public Map<UUID, List<Entry>> without(UUID school, Book book, Collection<String> begunBy, Collection<String> kinds) {
        return bySubject(sql.sql(ENTRIES + """
                join safety.event f on f.school_id = e.school_id and f.subject_id = e.subject_id and f.seq = 1
                where f.school_id = :s and f.book = :b and f.kind = any(:begun)
                  and not exists (select 1 from safety.event o where o.school_id = f.school_id and o.subject_id = f.subject_id and o.kind = any(:kinds))
                order by f.at, f.subject_id, e.seq
                """)
                .param("s", school)
                .param("b", book.code())
                .param("begun", begunBy.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .query(this::entry)
                .list());
    }

    private static Map<UUID, List<Entry>> bySubject(List<Entry> entries) {
        Map<UUID, List<Entry>> all = new LinkedHashMap<>();
        entries.forEach(e -> all.computeIfAbsent(e.subject(), k -> new ArrayList<>()).add(e));
        return all;
    }

    /**
     * What a book holds of a day at one moment.
     *
     * @param lines id and hash of each entry, in the order of their ids
     */
    public record Frozen(Book book, List<String> lines) {
        public Frozen {
            lines = List.copyOf(lines);
        }

        public String digest() {
            return Chain.digest(lines);
        }
    }

    /** What the room knows of a day up to now, book by book. */
    public List<Frozen> frozen(UUID school, LocalDate day) {
        Map<Book, List<String>> lines = new EnumMap<>(Book.class);
        for (Book b : Book.values()) lines.put(b, new ArrayList<>());
        sql.sql("select book, event_id, hash from safety.event where school_id = :s and day = :d and book = any(:books) order by event_id")
                .param("s", school)
                .param("d", Date.valueOf(day))
                .param("books", lines.keySet().stream().map(Book::code).toArray(String[]::new))
                .query((r, n) -> Objects.requireNonNull(lines.get(Book.of(r.getString("book")).orElseThrow())).add(r.getObject("event_id", UUID.class) + " " + r.getString("hash")))
                .list();
        return lines.entrySet().stream().map(b -> new Frozen(b.getKey(), b.getValue())).toList();
    }

    /** What was written, by entry; words that were erased are missing. */
    public Map<UUID, SortedMap<String, String>> words(UUID school, Collection<Entry> entries) {
        Map<UUID, SortedMap<String, String>> all = new HashMap<>();
        texts(school, entries).forEach((entry, text) -> {
            SortedMap<String, String> words = json.readValue(text, new TypeReference<TreeMap<String, String>>() {});
            words.remove("salt");
            all.put(entry, words);
        });
        return all;
    }

    /** The words' own text, whose SHA-256 stands in the entry. */
    public Map<UUID, String> texts(UUID school, Collection<Entry> entries) {
        Map<UUID, UUID> entryOf = new HashMap<>();
        for (Entry e : entries) if (e.words() != null) entryOf.put(e.words(), e.id());
        if (entryOf.isEmpty()) return Map.of();
        Map<UUID, String> texts = new HashMap<>();
        sql.sql("select words_id, words_key, sealed from safety.words where school_id = :s and words_key is not null and words_id = any(:ids)")
                .param("s", school)
                .param("ids", entryOf.keySet().toArray(UUID[]::new))
                .query((r, n) -> texts.put(Objects.requireNonNull(entryOf.get(r.getObject("words_id", UUID.class))), personal.open(r.getBytes("words_key"), r.getBytes("sealed"))))
                .list();
        return texts;
    }

    /** Erases what was written in a book before a day; the entries stay and their chains stay whole. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int forgetWords(UUID school, Book book, LocalDate before) {
        return sql.sql("""
                update safety.words w set words_key = null, sealed = ''
                where w.school_id = :s and w.words_key is not null
                  and exists (select 1 from safety.event e where e.school_id = w.school_id and e.words_id = w.words_id and e.book = :b and e.day < :d)
                """)
                .param("s", school)
                .param("b", book.code())
                .param("d", Date.valueOf(before))
                .update();
    }

    private Entry entry(ResultSet r, int n) throws SQLException {
        return new Entry(
                r.getObject("event_id", UUID.class),
                Book.of(r.getString("book")).orElseThrow(),
                r.getObject("subject_id", UUID.class),
                r.getInt("seq"),
                r.getString("kind"),
                r.getObject("day", LocalDate.class),
                r.getTimestamp("at").toInstant(),
                r.getObject("by_account", UUID.class),
                json.readValue(r.getString("facts"), new TypeReference<TreeMap<String, String>>() {}),
                r.getObject("words_id", UUID.class),
                r.getString("words_hash"),
                r.getObject("file_id", UUID.class),
                r.getString("file_hash"),
                r.getString("prev"),
                r.getString("hash"));
    }
}
