package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a workbook once into nothing, counting, before any parser sees it: a bomb is refused by the bytes that really come out,
 * not by the sizes it claims. Reads through the same central directory as the parser, so both see the same file.
 */
final class XlsxGuard {
    private static final int MOST_PARTS = 5_000;
    private static final long JUDGE_RATIO_ABOVE = 8L << 20;
    private static final long MOST_STRINGS = 128L << 20;

    private XlsxGuard() {}

    static void check(ZipFile zip, long packed, SheetLimits limits) throws IOException, SheetRefused {
        refuseOtherPackages(zip);
        long total = 0;
        int parts = 0;
        byte[] buffer = new byte[1 << 16];
        Enumeration<ZipArchiveEntry> entries = zip.getEntries();
        while (entries.hasMoreElements()) {
            ZipArchiveEntry entry = entries.nextElement();
            if (++parts > MOST_PARTS) throw new SheetRefused("sheet.bomb");
            if (entry.isDirectory() || entry.getName().startsWith("xl/media/")) continue;
            if (entry.getGeneralPurposeBit().usesEncryption()) throw new SheetRefused("sheet.encrypted");
            boolean strings = entry.getName().endsWith("sharedStrings.xml");
            long part = 0;
            try (InputStream in = zip.getInputStream(entry)) {
                for (int read; (read = in.read(buffer)) > 0; ) {
                    if (part == 0 && entry.getName().endsWith(".xml")) refuseDoctype(buffer, read);
                    part += read;
                    total += read;
                    if (total > limits.unpackedBytes()) throw new SheetRefused("sheet.bomb");
                    if (total > JUDGE_RATIO_ABOVE && total / Math.max(1, packed) > limits.ratio())
                        throw new SheetRefused("sheet.bomb");
                    if (strings && part > MOST_STRINGS) throw new SheetRefused("sheet.bomb");
                }
            }
        }
    }

    private static void refuseOtherPackages(ZipFile zip) throws SheetRefused {
        if (zip.getEntry("xl/workbook.bin") != null) throw new SheetRefused("sheet.old-binary");
        if (zip.getEntry("mimetype") != null) throw new SheetRefused("sheet.open-document");
        if (zip.getEntry("[Content_Types].xml") == null) throw new SheetRefused("sheet.not-a-sheet");
        if (zip.getEntry("word/document.xml") != null || zip.getEntry("ppt/presentation.xml") != null)
            throw new SheetRefused("sheet.not-a-sheet");
    }

    /** No office program writes one; it is where entity bombs and outside references live. */
    private static void refuseDoctype(byte[] buffer, int length) throws SheetRefused {
        String start = new String(buffer, 0, Math.min(length, 4096), StandardCharsets.ISO_8859_1);
        if (start.replace("\0", "").contains("<!DOCTYPE")) throw new SheetRefused("sheet.bomb");
    }
}
