package afterbell.reach.documents.archive;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.Letters;
import afterbell.reach.documents.PaperSheets;
import afterbell.reach.documents.Signature;
import afterbell.reach.documents.SignatureStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class ArchiveController {
    private static final List<Column> COLUMNS = List.of(
            Column.text("class", "documents.archive.class"),
            Column.text("child", "documents.archive.child"),
            Column.text("title", "documents.archive.letter"),
            Column.text("answer", "documents.archive.answer").unsorted(),
            Column.text("at", "documents.archive.at"));

    private final ArchiveStore store;
    private final Letters letters;
    private final SignatureStore signatures;
    private final PaperSheets sheets;
    private final Roster roster;
    private final Calendars calendars;
    private final Files files;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ArchiveController(ArchiveStore store, Letters letters, SignatureStore signatures, PaperSheets sheets, Roster roster, Calendars calendars, Files files, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.letters = letters;
        this.signatures = signatures;
        this.sheets = sheets;
        this.roster = roster;
        this.calendars = calendars;
        this.files = files;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/office/letters/archive")
    ModelAndView archive(Wearer me, @RequestParam(defaultValue = "") String term, HttpServletRequest request) {
        UUID school = me.school();
        return transactions.execute(t -> {
            Term shown = Ids.parse(term).map(id -> calendars.term(school, id)).or(() -> calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE))).orElseThrow(NotFound::new);
            Listing asked = Listing.of("/office/letters/archive", request.getParameterMap(), COLUMNS, "class");
            Listing list = asked.counted(store.count(school, shown.id(), asked));
            return Pages.show("documents/archive/archive", new ArchivePage(shown.id().toString(), store.letters(school, shown.id()), roster.classes(school), list, store.rows(school, shown.id(), list)));
        });
    }

    @GetMapping("/office/letters/{letter}/children/{child}")
    ModelAndView record(Wearer me, @PathVariable UUID letter, @PathVariable UUID child) {
        UUID school = me.school();
        return transactions.execute(t -> {
            Letter l = kept(school, letter);
            Pupil pupil = roster.pupil(school, child);
            List<SignatureStore.Opened> history = signatures.history(school, letter, child).stream().map(Signature::id).map(id -> signatures.open(school, id)).toList();
            return Pages.show("documents/archive/record", new RecordPage(l, letters.published(l).title(), child, pupil.name(), pupil.className(), history));
        });
    }

    @GetMapping("/office/letters/{letter}/children/{child}.pdf")
    void childPdf(Wearer me, @PathVariable UUID letter, @PathVariable UUID child, HttpServletResponse response) {
        kept(me.school(), letter);
        sheets.ofChild(me.school(), letter, child, true, response);
    }

    /** A photographed receipt. */
    @GetMapping("/office/letters/{letter}/children/{child}/receipts/{file}")
    void receipt(Wearer me, @PathVariable UUID letter, @PathVariable UUID child, @PathVariable UUID file, HttpServletResponse response) {
        boolean of = transactions.execute(t -> signatures.history(me.school(), letter, child).stream().anyMatch(s -> file.equals(s.paperFile())));
        if (!of) throw new NotFound();
        files.send(me.school(), file, response);
    }

    @GetMapping("/office/letters/{letter}/paper.pdf")
    void blank(Wearer me, @PathVariable UUID letter, HttpServletResponse response) {
        kept(me.school(), letter);
        sheets.blank(me.school(), letter, response);
    }

    @GetMapping("/office/letters/{letter}/classes/{schoolClass}.pdf")
    void classPdf(Wearer me, @PathVariable UUID letter, @PathVariable UUID schoolClass, HttpServletResponse response) {
        kept(me.school(), letter);
        sheets.ofClass(me.school(), letter, schoolClass, true, response);
    }

    /** One PDF per class, class by class, so that memory holds one class at a time. */
    @GetMapping("/office/letters/{letter}.zip")
    void zip(Wearer me, @PathVariable UUID letter, HttpServletResponse response) throws IOException {
        UUID school = me.school();
        Letter l = kept(school, letter);
        response.setContentType("application/zip");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"letters.zip\"");
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream(), StandardCharsets.UTF_8)) {
            for (SchoolClass c : roster.classes(school)) {
                if (!l.isFor(c.grade())) continue;
                zip.putNextEntry(new ZipEntry(c.name().replaceAll("[\\\\/:*?\"<>|]", "-") + ".pdf"));
                sheets.writeClass(school, letter, c.id(), true, unclosed(zip));
                zip.closeEntry();
            }
        }
    }

    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    private Letter kept(UUID school, UUID letter) {
        Letter l = letters.get(school, letter);
        if (l.state() == Letter.State.DRAFT) throw new NotFound();
        return l;
    }
}
