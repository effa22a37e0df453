package afterbell.money.billing.platform;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.CellValue;
import afterbell.base.shared.sheet.Dates;
import afterbell.base.shared.sheet.Reading;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.sheet.SheetRow;
import afterbell.base.shared.sheet.SheetTab;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a platform's file by its layout. Nothing is guessed: one cell that can't be read, one payment that stands twice, or a total that is not the sum of the
 * rows refuses the whole file, with its row, before anything is kept. Pure.
 */
final class ResultReader {
    private static final int HEADER_WITHIN = 20;
    private static final int MOST_FEN = 100_000_000;
    private static final int NAME = 64;

    private final Layout layout;
    private final LocalDate today;
    private final Map<String, Integer> at = new HashMap<>();
    private final List<Result.Row> rows = new ArrayList<>();
    private final Set<String> serials = new HashSet<>();
    private @Nullable Long total;
    private @Nullable Refusal fault;

    private ResultReader(Layout layout, LocalDate today) {
        this.layout = layout;
        this.today = today;
    }

    static Outcome<Result> read(Layout layout, SheetTab tab, LocalDate today) throws SheetRefused {
        ResultReader reader = new ResultReader(layout, today);
        tab.rows(reader::visit);
        return reader.outcome();
    }

    private Outcome<Result> outcome() {
        if (fault != null) return Outcome.refused(fault);
        if (at.isEmpty()) return refused("billing.platform.refused.header");
        if (rows.isEmpty()) return refused("billing.platform.refused.empty");
        Result result = new Result(rows);
        if (total == null && layout.back().totalRequired()) return refused("billing.platform.refused.no_total");
        if (total != null && total != result.fen()) return refused("billing.platform.refused.total", yuan(total), yuan(result.fen()));
        return Outcome.done(result);
    }

    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static Outcome<Result> refused(String key, Object... facts) {
        return Outcome.refused(new Refusal.Simple(key, "file", List.of(facts)));
    }

    private boolean visit(SheetRow row) {
        if (row.blank() || row.note()) return true;
        if (at.isEmpty()) return header(row) || row.number() < HEADER_WITHIN;
        if (total != null) return fault(row, "billing.platform.refused.after_total");
        if (layout.back().total().contains(CellText.key(row.text(first(row))))) return total(row);
        return payment(row);
    }

    private static int first(SheetRow row) {
        for (int i = 0; i < row.width(); i++) if (row.at(i) != null) return i;
        return 0;
    }

    private boolean header(SheetRow row) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < row.width(); i++) {
            String word = CellText.key(row.text(i));
            Layout.Back b = layout.back();
            note(found, "order", b.order(), word, i);
            note(found, "code", b.payCode(), word, i);
            note(found, "yuan", b.yuan(), word, i);
            note(found, "fen", b.fen(), word, i);
            note(found, "state", b.state(), word, i);
            note(found, "day", b.day(), word, i);
            note(found, "serial", b.serial(), word, i);
            note(found, "receipt", b.eReceipt(), word, i);
        }
        boolean whole = (found.containsKey("order") || found.containsKey("code")) && (found.containsKey("yuan") || found.containsKey("fen")) && found.containsKey("serial") && found.containsKey("day");
        if (whole) at.putAll(found);
        return whole;
    }

    private static void note(Map<String, Integer> found, String what, Set<String> words, String word, int column) {
        if (words.contains(word)) found.putIfAbsent(what, column);
    }

    private String text(SheetRow row, String what) {
        @Nullable Integer column = at.get(what);
        return column == null ? "" : row.text(column);
    }

    private boolean total(SheetRow row) {
        @Nullable Long sum = amount(row);
        if (sum == null) return fault(row, "billing.platform.refused.amount");
        total = sum;
        return true;
    }

    private boolean payment(SheetRow row) {
        boolean paid = layout.back().state().isEmpty() || layout.back().paid().contains(CellText.key(text(row, "state")));
        @Nullable Long fen = amount(row);
        if (fen == null && !paid) fen = 0L;
        if (fen == null || fen < 0 || paid && fen == 0 || fen > MOST_FEN) return fault(row, "billing.platform.refused.amount");
        String order = text(row, "order").toUpperCase(Locale.ROOT);
        String code = text(row, "code");
        if (order.length() > NAME || code.length() > 40 || order.isEmpty() && code.isEmpty() || !code.isEmpty() && code.length() < 4) return fault(row, "billing.platform.refused.order");
        String serial = text(row, "serial");
        if (paid && serial.isEmpty() || serial.length() > NAME) return fault(row, "billing.platform.refused.serial");
        if (paid && !serials.add(serial)) return fault(row, "billing.platform.refused.twice", serial);
        @Nullable LocalDate day = paid ? day(row) : today;
        if (day == null) return fault(row, "billing.platform.refused.day");
        String receipt = text(row, "receipt");
        if (receipt.length() > NAME) return fault(row, "billing.platform.refused.order");
        rows.add(new Result.Row(row.number(), order, code, paid, paid ? fen : 0, day, serial, receipt));
        return true;
    }

    private @Nullable LocalDate day(SheetRow row) {
        @Nullable CellValue cell = row.at(Objects.requireNonNull(at.get("day")));
        if (cell == null) return null;
        return Dates.read(cell, today.minusYears(2), today.plusDays(1)) instanceof Reading.Value(String iso) ? LocalDate.parse(iso) : null;
    }

    // Whole fen or nothing: a fraction of a fen is a fault of the file, not to be rounded away.
    private @Nullable Long amount(SheetRow row) {
        boolean inFen = at.containsKey("fen");
        String text = text(row, inFen ? "fen" : "yuan").replace(",", "").replace("\u00A5", "");
        if (!text.matches("-?\\d{1,9}(\\.\\d{1,6})?")) return null;
        try {
            return new BigDecimal(text).movePointRight(inFen ? 0 : 2).longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private boolean fault(SheetRow row, String key, Object... more) {
        List<Object> facts = new ArrayList<>(List.of(row.number()));
        facts.addAll(List.of(more));
        fault = new Refusal.Simple(key, "file", facts);
        return false;
    }
}
