package afterbell.money.billing.reconciling;

import afterbell.base.rules.Bilingual;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.text.DataFile;
import afterbell.money.billing.PayWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * How one channel or bank writes its file. Another one is another file under {@code billing/statements}, never another release.
 *
 * @param columns header words by what they hold: at, reference, order, refund (the number of what went back), paid, back, fee, state, words
 * @param strip taken off the front of each cell; skip: rows that begin with it are not read; each may be empty
 * @param paidStates words of the column state that mean money in; with {@code backStates} empty where there is no such column
 * @param totalHeads header words of a total below the rows; totalRows: words that begin the row of totals
 */
record StatementLayout(
        String code, Bilingual name, PayWay way, Map<String, Set<String>> columns, String strip, String skip, Set<String> paidStates, Set<String> backStates, Set<String> totalHeads, Set<String> totalRows, boolean totalRequired) {

    static List<StatementLayout> shipped() {
        try {
            List<StatementLayout> all = new ArrayList<>();
            for (var r : new PathMatchingResourcePatternResolver().getResources("classpath*:billing/statements/*.yaml")) all.add(read(DataFile.load("billing/statements/" + Objects.requireNonNull(r.getFilename()))));
            all.sort(Comparator.comparing(StatementLayout::code));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StatementLayout read(DataFile file) {
        Map<String, Set<String>> columns = new HashMap<>();
        file.at("columns").entries().forEach((of, words) -> columns.put(of, cleaned(words)));
        return new StatementLayout(
                file.text("statement"), new Bilingual(file.text("zh"), file.text("en")), PayWay.valueOf(file.text("way")), Map.copyOf(columns), file.text("strip", ""), file.text("skip", ""), words(file, "states", "paid"), words(file, "states", "back"),
                words(file, "total", "paid"), words(file, "total", "row"), file.has("total") && file.at("total").has("required") && file.at("total").flag("required"));
    }

    private static Set<String> words(DataFile file, String at, String key) {
        return file.has(at) && file.at(at).has(key) ? cleaned(file.at(at).at(key)) : Set.of();
    }

    // As cells are read: blanks and wide signs made plain.
    private static Set<String> cleaned(DataFile words) {
        return words.texts().stream().map(CellText::clean).collect(Collectors.toUnmodifiableSet());
    }
}
