package afterbell.base.shared.sheet;

/** One sheet of a file. */
public interface SheetTab {
    /** The name on the tab; for a text file the name of the file. */
    String name();

    boolean hidden();

    /**
     * Reads the rows from the top, once each, without holding them. May be called again to read again.
     *
     * @throws SheetRefused when a bound is passed or the file is damaged; rows seen so far must be thrown away
     */
    void rows(RowVisitor visitor) throws SheetRefused;

    /** Takes one row; answers whether more are wanted. */
    @FunctionalInterface
    interface RowVisitor {
        boolean visit(SheetRow row);
    }
}
