package afterbell.money.billing.platform;

import afterbell.base.rules.Bilingual;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.text.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * How one platform writes: what the list has in its columns, and by which words the result's columns are found. A new platform is a new file, never a new
 * release of the code.
 *
 * @param workbook an .xlsx goes out; else delimited text
 * @param item what the platform calls the fee
 */
public record Layout(String code, Bilingual name, boolean workbook, Charset charset, String item, List<Column> columns, Back back) {
    public Layout {
        columns = List.copyOf(columns);
    }

    /** What a column of the list holds. */
    public enum Of {
        PUPIL_CODE,
        PUPIL_NAME,
        CLASS,
        ITEM,
        YUAN,
        FEN,
        ORDER,
        PAY_CODE,
        UNTIL
    }

    public record Column(String head, Of of) {}

    /**
     * Header words of the result, without blanks and signs. Empty where the platform has no such column.
     *
     * @param paid words of the state that mean money; where there is no such column every row means money
     * @param total words that begin the row of totals
     */
    public record Back(
            Set<String> order, Set<String> payCode, Set<String> yuan, Set<String> fen, Set<String> state, Set<String> paid, Set<String> day, Set<String> serial, Set<String> eReceipt, Set<String> total, boolean totalRequired) {}

    /** The shipped layouts, by name of their files. */
    public static List<Layout> shipped() {
        try {
            List<Layout> all = new ArrayList<>();
            for (Resource r : new PathMatchingResourcePatternResolver().getResources("classpath*:billing/layouts/*.yaml")) all.add(read(DataFile.load("billing/layouts/" + Objects.requireNonNull(r.getFilename()))));
            all.sort(Comparator.comparing(Layout::code));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Layout> of(List<Layout> all, String code) {
        return all.stream().filter(l -> l.code().equals(code)).findFirst();
    }

    private static Layout read(DataFile file) {
        DataFile out = file.at("out");
        DataFile back = file.at("back");
        return new Layout(
                file.text("layout"),
                new Bilingual(file.text("zh"), file.text("en")),
                out.text("format").equals("xlsx"),
                Charset.forName(out.text("charset", "UTF-8")),
                out.text("item"),
                out.at("columns").list().stream().map(c -> new Column(c.text("head"), Of.valueOf(c.text("of").toUpperCase(Locale.ROOT).replace('-', '_')))).toList(),
                new Back(
                        words(back, "order"),
                        words(back, "pay-code"),
                        words(back, "yuan"),
                        words(back, "fen"),
                        back.has("state") ? words(back.at("state"), "head") : Set.of(),
                        back.has("state") ? words(back.at("state"), "paid") : Set.of(),
                        words(back, "day"),
                        words(back, "serial"),
                        words(back, "e-receipt"),
                        words(back, "total"),
                        back.flag("total-required")));
    }

    private static Set<String> words(DataFile at, String key) {
        return at.has(key) ? at.at(key).texts().stream().map(CellText::key).collect(Collectors.toUnmodifiableSet()) : Set.of();
    }
}
