package afterbell.base.shared.print;

import afterbell.base.shared.web.Offscreen;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.springframework.stereotype.Component;

/**
 * Makes A4 pages. One at a time per node: the typefaces are shared and memory stays bounded; a page of text takes about 100 ms, so a queue of people
 * waits seconds, never minutes. Long work (a class, a school) calls it once per document, so that others come between.
 */
@Component
public final class Pdf {
    private final Offscreen offscreen;
    private final Typefaces faces = new Typefaces();
    private final ReentrantLock one = new ReentrantLock(true);

    Pdf(Offscreen offscreen) {
        this.offscreen = offscreen;
        XRLog.setLoggingEnabled(false);
    }

    /**
     * Fills a template over {@code layout/paper} and writes it as PDF.
     *
     * @param template for example {@code documents/archive/paper}
     * @param school name on top of the page
     */
    public void write(String template, Object page, Locale locale, String school, OutputStream out) {
        write(offscreen.html(template, page, locale, school), out);
    }

    public byte[] bytes(String template, Object page, Locale locale, String school) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(template, page, locale, school, out);
        return out.toByteArray();
    }

    /** @param xhtml a whole well-formed page; pictures only as data: addresses */
    public void write(String xhtml, OutputStream out) {
        one.lock();
        try (PDDocument document = new PDDocument(IOUtils.createMemoryOnlyStreamCache())) {
            TrueTypeFont text = faces.text();
            IntPredicate inText = Typefaces.covers(text);
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.usePDDocument(document);
            builder.useFont(new PDFontSupplier(PDType0Font.load(document, text, true)), Typefaces.TEXT, 400, FontStyle.NORMAL, true);
            String settable = xhtml;
            if (xhtml.codePoints().anyMatch(c -> c > 0x7F && !inText.test(c))) {
                TrueTypeFont rare = faces.rare();
                IntPredicate inRare = Typefaces.covers(rare);
                builder.useFont(new PDFontSupplier(PDType0Font.load(document, rare, true)), Typefaces.RARE, 400, FontStyle.NORMAL, true);
                settable = withGeta(xhtml, inText.or(inRare));
            }
            builder.useReplacementText(Typefaces.GETA);
            builder.useExternalResourceAccessControl((uri, type) -> uri != null && uri.startsWith("data:"), ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
            builder.withHtmlContent(settable, "");
            builder.withProducer("Afterbell");
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            one.unlock();
        }
    }

    private static String withGeta(String xhtml, IntPredicate known) {
        StringBuilder out = new StringBuilder(xhtml.length());
        xhtml.codePoints().forEach(c -> {
            if (c <= 0x7F || known.test(c) || Character.isWhitespace(c)) out.appendCodePoint(c);
            else out.append(Typefaces.GETA);
        });
        return out.toString();
    }
}
