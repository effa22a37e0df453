package afterbell.money.billing.reconciling;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.sheet.SheetRow;
import afterbell.base.shared.sheet.SheetTab;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.PayWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a file by its layout: .xlsx or delimited text. Pure; whatever can't be read is a refusal with its row, and nothing of the file counts. */
final class ReadStatement {
    private static final Pattern MOMENT = Pattern.compile("(\\d{4})\\D?(\\d{1,2})\\D?(\\d{1,2})(?:\\D+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?.*)?");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,10}(\\.\\d{1,2}0*)?");
    /** A refund's number, as the house makes them: R, the day, ten letters. */
    static final Pattern REFUND = Pattern.compile("R20[0-9]{6}[0-9A-Z]{10}");
    private static final long MOST = 1_000_000_000_000L;
    private static final int WIDEST = 64;

    private final StatementLayout layout;
    private final List<Statement.Row> rows = new ArrayList<>();
    private final List<Refusal> no = new ArrayList<>();
    private @Nullable Map<String, Integer> heads;
    private int totalColumn = -1;
    private boolean totalNext;
    private boolean over;
    private @Nullable Long stated;

    private ReadStatement(StatementLayout layout) {
        this.layout = layout;
    }

    static Outcome<Statement> read(StatementLayout layout, Path file, String name) {
        ReadStatement reader = new ReadStatement(layout);
        try (SheetBook book = SheetBook.open(file, name, SheetLimits.STANDARD)) {
            for (SheetTab tab : book.tabs()) {
                if (tab.hidden()) continue;
                tab.rows(reader::row);
                break;
            }
        } catch (SheetRefused e) {
            return Outcome.refused(new Refusal.Simple(e.problem().key(), "file", List.copyOf(e.problem().facts())));
        }
        return reader.end(hash(file));
    }

    private boolean row(SheetRow row) {
        if (row.blank()) return true;
        String first = cell(row, 0);
        if (!layout.skip().isEmpty() && first.startsWith(layout.skip())) {
            over |= heads != null;
            return true;
        }
        if (totalNext) {
            stated = amount(cell(row, totalColumn)).orElse(-1);
            return false;
        }
        Map<String, Integer> known = heads;
        if (known == null) heads = headsOf(row);
        else if (totals(row)) totalNext = true;
        else if (totalRow(row)) {
            stated = amount(text(row, known, "paid")).orElse(-1);
            return false;
        } else if (!over) data(row, known);
        return no.size() < 5;
    }

    private @Nullable Map<String, Integer> headsOf(SheetRow row) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < row.width(); i++) {
            String head = cell(row, i);
            for (Map.Entry<String, Set<String>> column : layout.columns().entrySet()) if (column.getValue().contains(head)) found.putIfAbsent(column.getKey(), i);
        }
        return found.containsKey("at") && found.containsKey("reference") && found.containsKey("paid") ? found : null;
    }

    private boolean totals(SheetRow row) {
        for (int i = 0; i < row.width(); i++)
            if (layout.totalHeads().contains(cell(row, i))) {
                totalColumn = i;
                return true;
            }
        return false;
    }

    private boolean totalRow(SheetRow row) {
        for (int i = 0; i < Math.min(3, row.width()); i++) if (layout.totalRows().contains(cell(row, i))) return true;
        return false;
    }

    private void data(SheetRow row, Map<String, Integer> heads) {
        String state = text(row, heads, "state");
        boolean hasState = heads.containsKey("state") && !(layout.paidStates().isEmpty() && layout.backStates().isEmpty());
        if (hasState && !layout.paidStates().contains(state) && !layout.backStates().contains(state)) return;
        OptionalLong in = amount(text(row, heads, "paid"));
        OptionalLong out = amount(text(row, heads, "back"));
        boolean back = hasState ? layout.backStates().contains(state) : out.orElse(0) != 0;
        // A column of its own holds what went back; without one the only amount does, with or without a sign.
        OptionalLong fen = back && heads.containsKey("back") ? out : in;
        OptionalLong fee = heads.containsKey("fee") ? amount(text(row, heads, "fee")) : OptionalLong.of(0);
        // Paid wholly by a coupon of the channel: no money moved.
        if (layout.way().online() && fen.isPresent() && fen.getAsLong() == 0 && !text(row, heads, back && heads.containsKey("back") ? "back" : "paid").isEmpty()) return;
        @Nullable Instant at = moment(text(row, heads, "at"));
        String reference = text(row, heads, "reference");
        if (at == null) no.add(new Refusal.Simple("billing.reconcile.refused.at", "file", List.of(row.number())));
        if (reference.isEmpty() || reference.length() > WIDEST) no.add(new Refusal.Simple("billing.reconcile.refused.reference", "file", List.of(row.number())));
        if (fen.isEmpty() || fee.isEmpty() || fen.getAsLong() == 0 || Math.abs(fen.getAsLong()) > MOST || fen.getAsLong() < 0 && !back) no.add(new Refusal.Simple("billing.reconcile.refused.amount", "file", List.of(row.number())));
        if (!no.isEmpty() || at == null) return;
        String refund = back ? text(row, heads, "refund") : "";
        String order = refund.isEmpty() ? text(row, heads, "order") : refund;
        // A bank writes the refund's number among other words, wherever there is room.
        if (back && layout.way() == PayWay.BANK) order = REFUND.matcher(order + " " + text(row, heads, "words")).results().map(MatchResult::group).findFirst().orElse(order);
        // A fee costs whichever sign it is written with: WeChat Pay writes what is taken, Alipay what the merchant is left with. With a refund it comes back.
        rows.add(new Statement.Row(rows.size() + 1, !back, at, reference, order.length() > WIDEST ? "" : order, Math.abs(fen.orElseThrow()), back ? 0 : Math.abs(fee.orElseThrow()), text(row, heads, "words")));
    }

    private String text(SheetRow row, Map<String, Integer> heads, String column) {
        @Nullable Integer at = heads.get(column);
        return at == null ? "" : cell(row, at);
    }

    private String cell(SheetRow row, int column) {
        String text = row.text(column);
        return !layout.strip().isEmpty() && text.startsWith(layout.strip()) ? text.substring(layout.strip().length()).strip() : text;
    }

    /** Yuan in fen; an empty cell is nothing; more than two decimals are no amount. */
    private static OptionalLong amount(String text) {
        String plain = text.replace(",", "").replaceFirst("^[\u00A5\uFFE5]", "").strip();
        if (plain.isEmpty() || plain.equals("-") || plain.equals("--")) return OptionalLong.of(0);
        return AMOUNT.matcher(plain).matches() ? OptionalLong.of(new BigDecimal(plain).movePointRight(2).longValueExact()) : OptionalLong.empty();
    }

    private static @Nullable Instant moment(String text) {
        Matcher m = MOMENT.matcher(text.replace('T', ' '));
        if (!m.matches()) return null;
        try {
            LocalDate day = LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
            if (day.getYear() < 2000 || day.getYear() > 2200) return null;
            LocalTime time = m.group(4) == null ? LocalTime.NOON : LocalTime.of(Integer.parseInt(m.group(4)), Integer.parseInt(m.group(5)), m.group(6) == null ? 0 : Integer.parseInt(m.group(6)));
            return LocalDateTime.of(day, time).atZone(Screen.ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Outcome<Statement> end(String hash) {
        if (heads == null) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.heads", "file", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        if (rows.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.empty", "file", List.of()));
        long paid = rows.stream().filter(Statement.Row::paid).mapToLong(Statement.Row::fen).sum();
        long back = rows.stream().filter(r -> !r.paid()).mapToLong(Statement.Row::fen).sum();
        if (stated == null && layout.totalRequired()) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.no_total", "file", List.of()));
        if (stated != null && stated != paid) return Outcome.refused(new Refusal.Simple("billing.reconcile.refused.total", "file", List.of(yuan(stated), yuan(paid))));
        LocalDate from = rows.stream().map(r -> day(r.at())).min(LocalDate::compareTo).orElseThrow();
        LocalDate until = rows.stream().map(r -> day(r.at())).max(LocalDate::compareTo).orElseThrow();
        return Outcome.done(new Statement(layout, hash, List.copyOf(rows), from, until, paid, back, rows.stream().mapToLong(Statement.Row::fee).sum()));
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, Screen.ZONE);
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
