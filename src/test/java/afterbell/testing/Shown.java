package afterbell.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * What an address shows a person, as text that can be compared: a page without its tokens, the words of a PDF, every part of an .xlsx or .zip, a picture byte by
 * byte. Only what is new with each answer is left out: tokens, nonces, and the moment that a page or a file says it was made.
 *
 * @param type of the content; status of the answer
 */
public record Shown(int status, String type, String text) {
    private static final Pattern ONCE = Pattern.compile("<(input|meta)[^>]*_(csrf|key)[^>]*>|data-(now|at)=\"[^\"]*Z\"|data-now=\"[^\"]*\"|\"(now|csrf|key)\":\"[^\"]*\"|nonce=\"[^\"]*\"|<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(created|modified)>");

    public static Shown of(Visitor who, String base, String path) {
        try {
            return of(who.http().send(HttpRequest.newBuilder(URI.create(base + path)).header("Accept-Language", "zh-CN").GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Shown of(HttpResponse<byte[]> answer) throws IOException {
        return new Shown(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), words(answer.body()));
    }

    /** Whether it is a file and not a page. */
    public boolean file() {
        return status == 200 && !type.startsWith("text/html");
    }

    private static String words(byte[] body) throws IOException {
        if (starts(body, "%PDF")) {
            try (PDDocument document = Loader.loadPDF(body)) {
                return document.getNumberOfPages() + "\n" + new PDFTextStripper().getText(document);
            }
        }
        if (starts(body, "PK")) return unpacked(body).toString();
        String text = new String(body, StandardCharsets.UTF_8);
        // Bytes that are no text, as those of a picture, are compared as they are.
        return text.indexOf('\uFFFD') >= 0 ? new String(body, StandardCharsets.ISO_8859_1) : ONCE.matcher(text).replaceAll("");
    }

    private static boolean starts(byte[] body, String with) {
        return body.length > with.length() && new String(body, 0, with.length(), StandardCharsets.ISO_8859_1).equals(with);
    }

    // By its directory: parts that were streamed say their size only there.
    private static Map<String, String> unpacked(byte[] body) throws IOException {
        Path copy = Files.createTempFile("shown", ".zip");
        try {
            Files.write(copy, body);
            Map<String, String> parts = new TreeMap<>();
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                for (ZipEntry e : Collections.list(zip.entries())) parts.put(e.getName(), words(zip.getInputStream(e).readAllBytes()));
            }
            return parts;
        } finally {
            Files.delete(copy);
        }
    }
}
