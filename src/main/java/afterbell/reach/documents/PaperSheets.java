package afterbell.reach.documents;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.print.Pdf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Letters on paper: the text as signed with its signature, or an empty one to be signed by hand. */
@Component
public class PaperSheets {
    private final Letters letters;
    private final SignatureStore signatures;
    private final Roster roster;
    private final Schools schools;
    private final Pdf pdf;
    private final TransactionTemplate transactions;

    PaperSheets(Letters letters, SignatureStore signatures, Roster roster, Schools schools, Pdf pdf, TransactionTemplate transactions) {
        this.letters = letters;
        this.signatures = signatures;
        this.roster = roster;
        this.schools = schools;
        this.pdf = pdf;
        this.transactions = transactions;
    }

    /**
     * One letter of one child.
     *
     * @param signed the answer that holds, or null for a sheet to be signed by hand
     */
    public record Sheet(Letter letter, LetterText text, String child, String schoolClass, SignatureStore.@Nullable Opened signed, boolean withReason) {}

    /** @param sheets one after the other, each on a new page */
    public record Pages(String title, List<Sheet> sheets) {}

    /** @param withReason for the office alone */
    public void ofChild(UUID school, UUID letter, UUID pupil, boolean withReason, HttpServletResponse response) {
        // Read in a transaction, drawn outside of it: a page takes longer to draw than a connection should be held.
        Pages pages = transactions.execute(t -> {
            Letter l = letters.get(school, letter);
            Sheet sheet = sheet(l, letters.published(l), roster.pupil(school, pupil), withReason);
            return new Pages(sheet.text().title(), List.of(sheet));
        });
        send(school, pages, response);
    }

    /** The empty letter for a class to copy: one sheet per child with its name, or one without any name. */
    public void blank(UUID school, UUID letter, HttpServletResponse response) {
        Pages pages = transactions.execute(t -> {
            Letter l = letters.get(school, letter);
            String gap = "________";
            LetterText text = letters.published(l).filled(Map.of("child.name", gap, "child.class", gap));
            return new Pages(text.title(), List.of(new Sheet(l, text, gap, gap, null, false)));
        });
        send(school, pages, response);
    }

    /** All children of a class, answered or not, in the order of their names. */
    public void ofClass(UUID school, UUID letter, UUID schoolClass, boolean withReason, HttpServletResponse response) {
        Pages pages = transactions.execute(t -> pagesOfClass(school, letter, schoolClass, withReason));
        if (pages.sheets().isEmpty()) throw new NotFound();
        send(school, pages, response);
    }

    /** The same into a stream; a class without children of the letter's grades writes nothing. */
    public void writeClass(UUID school, UUID letter, UUID schoolClass, boolean withReason, OutputStream out) {
        Pages pages = transactions.execute(t -> pagesOfClass(school, letter, schoolClass, withReason));
        if (!pages.sheets().isEmpty()) write(school, pages, out);
    }

    private Pages pagesOfClass(UUID school, UUID letter, UUID schoolClass, boolean withReason) {
        Letter l = letters.get(school, letter);
        LetterText text = letters.published(l);
        List<Sheet> sheets = new ArrayList<>();
        for (Pupil child : roster.pupils(school, schoolClass)) if (l.isFor(child.grade())) sheets.add(sheet(l, text, child, withReason));
        return new Pages(text.title(), sheets);
    }

    private Sheet sheet(Letter letter, LetterText published, Pupil child, boolean withReason) {
        SignatureStore.@Nullable Opened signed = signatures.history(letter.school(), letter.id(), child.id()).stream().filter(Signature::counts).findFirst().map(s -> signatures.open(letter.school(), s.id())).orElse(null);
        LetterText read = signed == null || signed.trust() == SignatureStore.Trust.ERASED || signed.text().title().isEmpty() ? published.filled(Letters.childFields(child)) : signed.text();
        return new Sheet(letter, read, child.name(), child.className(), signed, withReason);
    }

    void write(UUID school, Pages pages, OutputStream out) {
        pdf.write("documents/paper", pages, Locale.SIMPLIFIED_CHINESE, schools.nameOf(school), out);
    }

    private void send(UUID school, Pages pages, HttpServletResponse response) {
        response.setContentType("application/pdf");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "inline; filename=\"letter.pdf\"");
        try {
            write(school, pages, response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
