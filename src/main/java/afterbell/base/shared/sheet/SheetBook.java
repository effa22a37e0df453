package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A spreadsheet file opened for reading: .xlsx (also with macros, which are never run) or delimited text. What the file is, is
 * judged by its content; its name only names the tab of a text file.
 */
public final class SheetBook implements AutoCloseable {
    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ENCRYPTED_STREAM = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private final List<SheetTab> tabs;
    private final AutoCloseable file;

    private SheetBook(List<SheetTab> tabs, AutoCloseable file) {
        this.tabs = tabs;
        this.file = file;
    }

    /**
     * @param path a private copy of the upload that stays until this book is closed
     * @param fileName as the person called it
     * @throws SheetRefused when it is something else, too large, damaged, encrypted or of the old binary kind
     */
    public static SheetBook open(Path path, String fileName, SheetLimits limits) throws SheetRefused {
        try {
            long size = Files.size(path);
            if (size == 0) throw new SheetRefused("sheet.empty");
            if (size > limits.fileBytes()) throw new SheetRefused("sheet.too-large", limits.fileBytes() >> 20);
            byte[] head = head(path);
            if (startsWith(head, 'P', 'K', 3, 4)) {
                XlsxFile xlsx = XlsxFile.open(path, limits);
                return new SheetBook(xlsx.tabs(), xlsx);
            }
            refuseOtherKinds(path, head);
            return new SheetBook(List.of(new CsvTab(path, baseName(fileName), limits)), () -> {});
        } catch (IOException e) {
            throw new SheetRefused("sheet.damaged");
        }
    }

    public List<SheetTab> tabs() {
        return tabs;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a workbook", e);
        }
    }

    private static void refuseOtherKinds(Path path, byte[] head) throws IOException, SheetRefused {
        if (startsWith(head, OLE2[0], OLE2[1], OLE2[2], OLE2[3]))
            throw new SheetRefused(contains(path, ENCRYPTED_STREAM) ? "sheet.encrypted" : "sheet.old-binary");
        if (startsWith(head, '%', 'P', 'D', 'F')) throw new SheetRefused("sheet.not-a-sheet");
        if (startsWith(head, 0x89, 'P', 'N', 'G') || startsWith(head, 0xFF, 0xD8, 0xFF)) throw new SheetRefused("sheet.picture");
        String start = new String(head, StandardCharsets.ISO_8859_1).replace("\0", "").toLowerCase(Locale.ROOT);
        if (start.contains("<html") || start.contains("<!doctype") || start.contains("<table") || start.contains("<?xml"))
            throw new SheetRefused("sheet.web-page");
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(1024);
        }
    }

    private static boolean startsWith(byte[] head, int... wanted) {
        if (head.length < wanted.length) return false;
        for (int i = 0; i < wanted.length; i++) if (head[i] != (byte) wanted[i]) return false;
        return true;
    }

    /** The directory of an old compound file may stand anywhere in it. */
    private static boolean contains(Path path, byte[] wanted) throws IOException {
        byte[] all;
        try (InputStream in = Files.newInputStream(path)) {
            all = in.readNBytes(32 << 20);
        }
        outer:
        for (int i = 0; i + wanted.length <= all.length; i++) {
            for (int j = 0; j < wanted.length; j++) if (all[i + j] != wanted[j]) continue outer;
            return true;
        }
        return false;
    }

    private static String baseName(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
