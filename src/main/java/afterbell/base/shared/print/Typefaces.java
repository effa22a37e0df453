package afterbell.base.shared.print;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.CmapSubtable;
import org.apache.fontbox.ttf.CmapTable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The two typefaces of printed pages. Each is read when first needed (10 and 16 MB) and given back under memory pressure; the second is not touched by
 * a page whose characters the first one has. One thread at a time uses a face: its tables are read lazily and are not made for two.
 */
public final class Typefaces {
    static final String TEXT = "text";
    static final String RARE = "rare";

    /** What stands for a character that no face has, as Chinese printers have always set it. */
    static final String GETA = "\u3013";

    private @Nullable SoftReference<TrueTypeFont> text;
    private @Nullable SoftReference<TrueTypeFont> rare;

    TrueTypeFont text() {
        @Nullable TrueTypeFont kept = text == null ? null : text.get();
        if (kept == null) {
            kept = read(TEXT);
            text = new SoftReference<>(kept);
        }
        return kept;
    }

    TrueTypeFont rare() {
        @Nullable TrueTypeFont kept = rare == null ? null : rare.get();
        if (kept == null) {
            kept = read(RARE);
            rare = new SoftReference<>(kept);
        }
        return kept;
    }

    /** The text face and the rare one for pictures, in this order: whatever the first can't draw the second may. */
    public static List<Font> forPictures() {
        return List.of(picture(TEXT), picture(RARE));
    }

    private static Font picture(String name) {
        try (InputStream in = Typefaces.class.getResourceAsStream("/fonts/" + name + ".ttf")) {
            if (in == null) throw new IllegalStateException("the typefaces are not built: ./afterbell builds them together with the browser files");
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which of the characters a face can set. */
    static IntPredicate covers(TrueTypeFont face) {
        try {
            CmapLookup map = face.getUnicodeCmapLookup();
            return c -> map.getGlyphId(c) != 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrueTypeFont read(String name) {
        try (InputStream in = Typefaces.class.getResourceAsStream("/fonts/" + name + ".ttf")) {
            if (in == null) throw new IllegalStateException("the typefaces are not built: ./afterbell builds them together with the browser files");
            TrueTypeFont face = new TTFParser().parse(new RandomAccessReadBuffer(in));
            CmapTable map = face.getCmap();
            map.setCmaps(Arrays.stream(map.getCmaps()).map(Plain::new).toArray(CmapSubtable[]::new));
            return face;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One glyph may stand for an ordinary character and for a radical of the same shape. A PDF names the glyph's first character to whoever copies or
     * searches its text, so the ordinary one must come first: otherwise nobody finds a name by typing it.
     */
    private static final class Plain extends CmapSubtable {
        private final CmapSubtable given;

        Plain(CmapSubtable given) {
            this.given = given;
            setPlatformId(given.getPlatformId());
            setPlatformEncodingId(given.getPlatformEncodingId());
        }

        @Override
        public int getGlyphId(int character) {
            return given.getGlyphId(character);
        }

        @Override
        public @Nullable List<Integer> getCharCodes(int glyph) {
            @Nullable List<Integer> codes = given.getCharCodes(glyph);
            return codes == null || codes.size() < 2 ? codes : codes.stream().sorted(Comparator.comparing(Plain::compatible).thenComparing(c -> c)).toList();
        }

        // Kangxi and other radicals, compatibility ideographs: Unicode blocks 2E80-2FDF, F900-FAFF, 2F800-2FA1F.
        private static boolean compatible(int c) {
            return c >= 0x2E80 && c <= 0x2FDF || c >= 0xF900 && c <= 0xFAFF || c >= 0x2F800 && c <= 0x2FA1F;
        }
    }
}
