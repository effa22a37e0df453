package afterbell.base.roster.protecting;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The papers themselves, as photographs or PDFs. They lie sealed among the school's files and no address leads to one: a page is opened by a POST with a
 * purpose, for one paper, and each opening stands in the audit.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Scans {
    /** Pages that one paper may have. */
    static final int MOST = 12;

    private static final int MEGABYTES = 10;
    private static final Set<FileKind> KINDS = Set.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.PDF);

    private final JdbcClient sql;
    private final Files files;
    private final Audit audit;
    private final Clock clock;

    Scans(JdbcClient sql, Files files, Audit audit, Clock clock) {
        this.sql = sql;
        this.files = files;
        this.audit = audit;
        this.clock = clock;
    }

    /** How many pages each paper has; a paper without any is not named. */
    Map<UUID, Integer> counts(UUID school) {
        return sql.sql("select protection_id, count(*)::int from roster.protection_scan where school_id = :s group by protection_id")
                .param("s", school)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The pages of one paper in the order in which they came. */
    List<UUID> of(UUID school, UUID protection) {
        return sql.sql("select file_id from roster.protection_scan where school_id = :s and protection_id = :p order by put_at, file_id")
                .param("s", school)
                .param("p", protection)
                .query(UUID.class)
                .list();
    }

    /** Keeps pages after a look at their content; where one is refused, the caller undoes the act and nothing is kept. */
    List<Refusal> put(Wearer me, UUID protection, UUID pupil, List<? extends InputStreamSource> pages) {
        List<Refusal> no = new ArrayList<>();
        if (of(me.school(), protection).size() + pages.size() > MOST) return List.of(new Refusal.Simple("roster.protect.refused.scans", "scan", List.of(MOST)));
        for (InputStreamSource page : pages) {
            try (InputStream content = page.getInputStream()) {
                switch (files.put(new Files.Wanted(me.school(), Files.Audience.STAFF, null, KINDS, "scan", MEGABYTES), content)) {
                    case Outcome.Done<Files.Kept>(Files.Kept kept) -> add(me, protection, pupil, kept.id());
                    case Outcome.Refused<Files.Kept> refused -> no.addAll(refused.refusals());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return no;
    }

    private void add(Wearer me, UUID protection, UUID pupil, UUID file) {
        sql.sql("insert into roster.protection_scan (school_id, protection_id, file_id, put_at, put_by) values (:s, :p, :f, :at, :by)")
                .param("s", me.school())
                .param("p", protection)
                .param("f", file)
                .param("at", Timestamp.from(clock.instant()))
                .param("by", me.account())
                .update();
        audit.record(me.school(), "roster.protection_scan_added", "pupil", pupil, Map.of("protection", protection, "file", file));
    }

    /** Says who looks and what for; the caller then sends the file. A page of another paper is not found. */
    void opened(Wearer me, UUID protection, UUID pupil, UUID file, String purpose) {
        if (!of(me.school(), protection).contains(file)) throw new NotFound();
        audit.record(me.school(), "roster.protection_scan_opened", "pupil", pupil, Map.of("protection", protection, "file", file, "purpose", purpose));
    }

    /** A page that was taken by mistake is gone with its content; that it was there stays in the audit. Twice changes nothing. */
    void remove(Wearer me, UUID protection, UUID pupil, UUID file) {
        int gone = sql.sql("delete from roster.protection_scan where school_id = :s and protection_id = :p and file_id = :f")
                .param("s", me.school())
                .param("p", protection)
                .param("f", file)
                .update();
        if (gone == 0) return;
        files.remove(me.school(), file);
        audit.record(me.school(), "roster.protection_scan_removed", "pupil", pupil, Map.of("protection", protection, "file", file));
    }
}
