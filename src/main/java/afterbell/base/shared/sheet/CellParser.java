package afterbell.base.shared.sheet;

/** Reads one cell that is not blank. Never throws for what a person may have typed. */
@FunctionalInterface
public interface CellParser {
    Reading read(CellValue value, ImportContext context);
}
