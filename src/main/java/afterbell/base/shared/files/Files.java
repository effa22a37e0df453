package afterbell.base.shared.files;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps and gives files, in pieces, inside the caller's scope: what the scope doesn't show is not found. */
@Component
public class Files {
    /** What is taken where a caller names no smaller bound; the web server refuses larger requests before. */
    public static final int MEGABYTES = 20;

    private static final int PIECE = 256 * 1024;
    private static final int ZIP_ENTRIES = 2_000;

    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final PersonalData personal;

    Files(JdbcClient sql, Ids ids, Clock clock, PersonalData personal) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.personal = personal;
    }

    /** Who may read a file, apart from the staff of its school. CHILD needs a pupil; its file is sealed. STAFF files are sealed too. */
    public enum Audience {
        PUBLIC,
        SCHOOL,
        CHILD,
        STAFF
    }

    /**
     * A file to be kept.
     *
     * @param pupil the child it is about; only with {@link Audience#CHILD}
     * @param field name of the form field, for the refusal
     * @param megabytes 1 to {@value #MEGABYTES}
     */
    public record Wanted(UUID school, Audience audience, @Nullable UUID pupil, Set<FileKind> kinds, String field, int megabytes) {
        public Wanted {
            kinds = Set.copyOf(kinds);
            if ((audience == Audience.CHILD) != (pupil != null)) throw new IllegalArgumentException("a child's file names its child, and no other does");
            if (megabytes < 1 || megabytes > MEGABYTES) throw new IllegalArgumentException("megabytes: " + megabytes);
        }

        /** A photograph about a child, as a phone takes it. */
        public static Wanted photo(UUID school, UUID pupil, String field) {
            return new Wanted(school, Audience.CHILD, pupil, Set.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP), field, MEGABYTES);
        }
    }

    /**
     * A kept file without its content.
     *
     * @param bytes length of the content
     * @param sha256 of the content, 64 hexadecimal digits
     */
    public record Kept(UUID id, FileKind kind, long bytes, String sha256, Instant at) {}

    /** Keeps a file after looking at its content. Runs in the caller's transaction, so that a refused act keeps nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome<Kept> put(Wanted wanted, InputStream content) {
        try {
            BufferedInputStream in = new BufferedInputStream(content, PIECE);
            in.mark(FileKind.HEAD);
            byte[] head = in.readNBytes(FileKind.HEAD);
            in.reset();
            if (head.length == 0) return Outcome.refused(new FileRefusal.Empty(wanted.field()));
            Optional<FileKind> kind = FileKind.of(head).filter(wanted.kinds()::contains);
            if (kind.isEmpty()) return Outcome.refused(wrongKind(wanted));
            return kind.get().picture() ? picture(wanted, kind.get(), in) : plain(wanted, kind.get(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome<Kept> picture(Wanted wanted, FileKind kind, InputStream in) throws IOException {
        int most = wanted.megabytes() * 1024 * 1024;
        byte[] raw = in.readNBytes(most + 1);
        if (raw.length > most) return Outcome.refused(new FileRefusal.TooLarge(wanted.field(), wanted.megabytes()));
        Optional<byte[]> redrawn = Picture.redrawn(kind, raw);
        if (redrawn.isEmpty()) return Outcome.refused(new FileRefusal.Damaged(wanted.field()));
        return store(wanted, kind, new ByteArrayInputStream(redrawn.get()));
    }

    private Outcome<Kept> plain(Wanted wanted, FileKind kind, InputStream in) throws IOException {
        if (kind == FileKind.XLSX) {
            // A workbook is small enough to be held, and its inside must be seen before it is kept.
            int most = wanted.megabytes() * 1024 * 1024;
            byte[] raw = in.readNBytes(most + 1);
            if (raw.length > most) return Outcome.refused(new FileRefusal.TooLarge(wanted.field(), wanted.megabytes()));
            if (!workbook(raw)) return Outcome.refused(wrongKind(wanted));
            return store(wanted, kind, new ByteArrayInputStream(raw));
        }
        return store(wanted, kind, in);
    }

    private static FileRefusal.WrongKind wrongKind(Wanted wanted) {
        return new FileRefusal.WrongKind(wanted.field(), wanted.kinds().stream().sorted().map(Enum::name).collect(Collectors.joining(", ")));
    }

    private static boolean workbook(byte[] raw) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(raw), StandardCharsets.UTF_8)) {
            boolean types = false;
            boolean book = false;
            int seen = 0;
            for (ZipEntry e = zip.getNextEntry(); e != null && seen < ZIP_ENTRIES && !(types && book); e = zip.getNextEntry(), seen++) {
                types |= e.getName().equals("[Content_Types].xml");
                book |= e.getName().equals("xl/workbook.xml");
            }
            return types && book;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Outcome<Kept> store(Wanted wanted, FileKind kind, InputStream in) throws IOException {
        UUID id = ids.next();
        boolean sealed = wanted.audience() == Audience.CHILD || wanted.audience() == Audience.STAFF;
        byte @Nullable [] key = sealed ? personal.newKey() : null;
        Instant now = clock.instant();
        insert(wanted, id, kind, key, now);
        MessageDigest digest = sha256();
        long bytes = 0;
        byte[] last = new byte[0];
        byte[] buffer = new byte[PIECE];
        for (int number = 0; ; number++) {
            int n = in.readNBytes(buffer, 0, PIECE);
            if (n == 0) break;
            bytes += n;
            if (bytes > wanted.megabytes() * 1024L * 1024L) {
                remove(wanted.school(), id);
                return Outcome.refused(new FileRefusal.TooLarge(wanted.field(), wanted.megabytes()));
            }
            byte[] piece = Arrays.copyOf(buffer, n);
            digest.update(piece);
            last = piece;
            sql.sql("insert into shared.file_piece (school_id, file_id, number, content) values (:s, :f, :n, :c)")
                    .param("s", wanted.school())
                    .param("f", id)
                    .param("n", number)
                    .param("c", key == null ? piece : personal.sealBytes(key, piece))
                    .update();
        }
        if (kind == FileKind.PDF && !new String(last, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
            remove(wanted.school(), id);
            return Outcome.refused(new FileRefusal.Damaged(wanted.field()));
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        sql.sql("update shared.file set bytes = :b, sha256 = :h where school_id = :s and file_id = :f")
                .param("b", bytes)
                .param("h", hash)
                .param("s", wanted.school())
                .param("f", id)
                .update();
        return Outcome.done(new Kept(id, kind, bytes, hash, now));
    }

    private void insert(Wanted wanted, UUID id, FileKind kind, byte @Nullable [] key, Instant now) {
        Scope scope = Scopes.current().orElseThrow();
        sql.sql("""
                insert into shared.file (school_id, file_id, audience, pupil_id, kind, bytes, sha256, file_key, put_by, put_at)
                values (:s, :f, :audience, :pupil, :kind, 0, '', :key, :by, :at)
                """)
                .param("s", wanted.school())
                .param("f", id)
                .param("audience", wanted.audience().name())
                .param("pupil", wanted.pupil(), Types.OTHER)
                .param("kind", kind.name())
                .param("key", key, Types.BINARY)
                .param("by", scope.account(), Types.OTHER)
                .param("at", Timestamp.from(now))
                .update();
    }

    @Transactional(readOnly = true)
    public Optional<Kept> find(UUID school, UUID file) {
        return sql.sql("select file_id as id, kind, bytes, sha256, put_at as at from shared.file where school_id = :s and file_id = :f")
                .param("s", school)
                .param("f", file)
                .query((r, n) -> new Kept(r.getObject("id", UUID.class), FileKind.valueOf(r.getString("kind")), r.getLong("bytes"), r.getString("sha256"), r.getTimestamp("at").toInstant()))
                .optional();
    }

    /** Writes the content, one piece in memory at a time. */
    @Transactional(readOnly = true)
    public void write(UUID school, UUID file, OutputStream out) {
        byte[][] key = sql.sql("select file_key from shared.file where school_id = :s and file_id = :f")
                .param("s", school)
                .param("f", file)
                .query((r, n) -> new byte[][] {r.getBytes(1)})
                .optional()
                .orElseThrow(NotFound::new);
        try {
            for (int number = 0; ; number++) {
                Optional<byte[]> piece = sql.sql("select content from shared.file_piece where school_id = :s and file_id = :f and number = :n")
                        .param("s", school)
                        .param("f", file)
                        .param("n", number)
                        .query((r, n) -> r.getBytes(1))
                        .optional();
                if (piece.isEmpty()) return;
                out.write(key[0] == null ? piece.get() : personal.openBytes(key[0], piece.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole content; for small files such as a picture on a printed page. */
    @Transactional(readOnly = true)
    public byte[] bytes(UUID school, UUID file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(school, file, out);
        return out.toByteArray();
    }

    /** Answers a request with the file. A PDF or workbook is always downloaded, so that nothing of it runs as a page of ours. */
    @Transactional(readOnly = true)
    public void send(UUID school, UUID file, HttpServletResponse response) {
        Kept kept = find(school, file).orElseThrow(NotFound::new);
        response.setContentType(kept.kind().mediaType());
        response.setContentLengthLong(kept.bytes());
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", (kept.kind().picture() ? "inline" : "attachment") + "; filename=\"" + kept.sha256().substring(0, 12) + "." + kept.kind().ending() + "\"");
        try {
            write(school, file, response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(UUID school, UUID file) {
        sql.sql("delete from shared.file_piece where school_id = :s and file_id = :f").param("s", school).param("f", file).update();
        sql.sql("delete from shared.file where school_id = :s and file_id = :f").param("s", school).param("f", file).update();
    }

    /** The files about a child are gone with their keys; what they were and when stays, so that whoever names one finds an empty file. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void eraseOf(UUID school, UUID pupil) {
        sql.sql("delete from shared.file_piece x using shared.file f where f.school_id = x.school_id and f.file_id = x.file_id and f.school_id = :s and f.pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update shared.file set file_key = null, bytes = 0 where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
