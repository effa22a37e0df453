package afterbell.base.shared.sheet;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Locale;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/** Turns a cell of the workbook reader into a {@link CellValue}, by what is stored and not by what is shown. */
final class CellReading {
    private static final int MOST_DIGITS = 40;

    private CellReading() {}

    static @Nullable CellValue value(Cell cell, boolean date1904) {
        Object value = cell.getValue();
        if (cell.getType() == CellType.ERROR) return new CellValue.Fault(shortened(String.valueOf(cell.getRawValue())));
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number(number, cell, date1904);
            case Boolean flag -> new CellValue.Flag(flag);
            default -> text(cell, value.toString(), date1904);
        };
    }

    /** The stored value of a formula comes as text whatever it is. */
    private static @Nullable CellValue text(Cell cell, String text, boolean date1904) {
        if (text.isBlank()) return null;
        if (cell.getType() == CellType.FORMULA && text.length() < MOST_DIGITS && text.matches("-?\\d+(\\.\\d+)?([Ee][+-]?\\d{1,3})?")) {
            boolean date = isDate(cell.getDataFormatId(), cell.getDataFormatString());
            if (date || text.length() <= 15 && !text.startsWith("0")) return number(new BigDecimal(text), cell, date1904);
        }
        return new CellValue.Text(text);
    }

    private static CellValue number(BigDecimal number, Cell cell, boolean date1904) {
        // A hostile exponent would make plain digits endless.
        if (Math.abs((long) number.precision() - number.scale()) > 300) return new CellValue.Fault("#NUM!");
        String format = cell.getDataFormatString();
        if (isDate(cell.getDataFormatId(), format)) {
            LocalDateTime moment = SerialDates.moment(number, date1904);
            if (moment != null) return new CellValue.Moment(moment);
        }
        return new CellValue.Number(number, format == null || format.equalsIgnoreCase("General") ? "" : format);
    }

    /** Built-in date formats by number, others by their letters outside quotes and brackets. */
    private static boolean isDate(@Nullable Integer id, @Nullable String format) {
        if (id != null && (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58))
            return true;
        if (format == null || format.length() > 200) return false;
        String letters = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
        if (letters.contains("general")) return false;
        return letters.contains("y") || letters.contains("d") || letters.contains("m") && !letters.contains("h") && !letters.contains("s");
    }

    private static String shortened(String code) {
        return code.length() > 20 ? code.substring(0, 20) : code;
    }
}
