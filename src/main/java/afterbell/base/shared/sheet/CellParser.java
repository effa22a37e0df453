package afterbell.base.shared.sheet;

import java.util.function.UnaryOperator;

/** Reads one cell that is not blank. Never throws for what a person may have typed. */
@FunctionalInterface
public interface CellParser {
    Reading read(CellValue value, ImportContext context);

    /** What is written into a cell so that reading it gives this canonical value again. */
    default String write(String canonical) {
        return canonical;
    }

    /** The same reading, with a writing that people know. */
    default CellParser writing(UnaryOperator<String> words) {
        CellParser reader = this;
        return new CellParser() {
            @Override
            public Reading read(CellValue value, ImportContext context) {
                return reader.read(value, context);
            }

            @Override
            public String write(String canonical) {
                return words.apply(canonical);
            }
        };
    }
}
