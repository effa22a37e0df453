package afterbell.base.shared.sheet;

/**
 * How much of a file is read before it is refused.
 *
 * @param fileBytes the file as uploaded
 * @param unpackedBytes everything inside it, unpacked
 * @param ratio unpacked to packed, judged only above 8 MiB unpacked: honest sheets reach 20
 * @param rows rows that hold something, per tab
 * @param columns the last column that may hold something
 * @param cellLength characters in one cell
 * @param tabs sheets in one workbook
 */
public record SheetLimits(
        long fileBytes, long unpackedBytes, int ratio, int rows, int columns, int cellLength, int tabs) {
    private static final long MIB = 1L << 20;

    public static final SheetLimits STANDARD = new SheetLimits(40 * MIB, 400 * MIB, 120, 200_000, 256, 4_000, 100);
}
