package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbered chain that families write into a class's chat group ("12. name, Mon Wed Fri, until 18:00, basketball"), pasted as it
 * stands. Of two lines for one child the later counts, for that is how a chain is corrected.
 */
public final class ChainText {
    private static final Pattern NUMBERED = Pattern.compile("^\\s*(\\d{1,3})\\s*[.\u3001)\uFF09:\uFF1A\uFF0E]\\s*(.*)$");
    private static final Pattern SPLIT = Pattern.compile("[\\s,;+|/]+");
    private static final List<String> UNTIL = Words.list("untilWords");
    private static final Set<String> NO = Words.keys("no");
    private static final Set<String> YES = Words.keys("yes");
    private static final int LONGEST = 200_000;

    private ChainText() {}

    /**
     * @param days empty when nothing was said of days
     * @param declined the family said no
     * @param wishes words that are neither day, time, yes nor no, in their order
     */
    public record Line(
            int line, @Nullable Integer number, String name, Set<DayOfWeek> days, @Nullable LocalTime until, boolean declined, List<String> wishes) {}

    /** Lines that begin with no number stand in {@code other}, for the person to see what was not understood. */
    public record Chain(List<Line> lines, List<String> other) {}

    /** @throws SheetRefused when the text is longer than any class's chain */
    public static Chain read(String text) throws SheetRefused {
        if (text.length() > LONGEST) throw new SheetRefused("sheet.text-too-long", LONGEST);
        List<Line> lines = new ArrayList<>();
        List<String> other = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\\R")) {
            number++;
            String clean = CellText.clean(raw).replace('\u3001', ',');
            if (clean.isEmpty()) continue;
            Matcher numbered = NUMBERED.matcher(clean.replaceFirst("^(\\d{1,3}),", "$1."));
            Line line = numbered.matches() ? line(number, Integer.parseInt(numbered.group(1)), numbered.group(2)) : null;
            if (line == null) {
                other.add(clean);
            } else {
                lines.removeIf(earlier -> earlier.name().equals(line.name()));
                lines.add(line);
            }
        }
        return new Chain(lines, other);
    }

    /** The chain as a tab of the kind {@link SheetKinds#answers}, so that it goes through the same preview. */
    public static SheetTab tab(String name, Chain chain) {
        return new SheetTab() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean hidden() {
                return false;
            }

            @Override
            public void rows(RowVisitor visitor) {
                if (!visitor.visit(row(1, header()))) return;
                for (Line line : chain.lines()) if (!visitor.visit(row(line.line() + 1, cells(line)))) return;
            }
        };
    }

    /**
     * What somebody has pasted as delimited text: a chain, where most lines are numbered and the kind is that of answers, becomes a table of it, everything else is
     * one already. A line of a chain that is not understood stands in the table as it was written, so that the preview names it.
     *
     * @param kind key of the kind of table that is wanted
     * @throws SheetRefused when the text is longer than any class's chain
     */
    public static String table(String kind, String text) throws SheetRefused {
        Chain chain = read(text);
        if (!kind.equals("answers") || chain.lines().size() <= chain.other().size()) return text;
        StringBuilder table = new StringBuilder();
        try {
            CsvOut out = CsvOut.forPeople(table).row(header());
            for (Line line : chain.lines()) out.row(cells(line));
            for (String other : chain.other()) out.row(List.of(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.toString();
    }

    private static @Nullable Line line(int line, int number, String rest) {
        List<String> words = new ArrayList<>(List.of(SPLIT.split(rest.strip())));
        words.removeIf(String::isEmpty);
        if (words.isEmpty()) return null;
        String name = PersonNames.clean(words.removeFirst());
        if (!PersonNames.plausible(name) || NO.contains(Words.comparable(name))) return null;
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        LocalTime until = null;
        boolean declined = false;
        List<String> wishes = new ArrayList<>();
        for (String word : words) {
            Set<DayOfWeek> named = Cells.daysIn(word);
            LocalTime time = time(word);
            if (named != null) days.addAll(named);
            else if (time != null) until = time;
            else if (NO.contains(Words.comparable(word))) declined = true;
            else if (!YES.contains(Words.comparable(word))) wishes.add(word);
        }
        return new Line(line, number, name, days, until, declined && days.isEmpty(), wishes);
    }

    private static @Nullable LocalTime time(String word) {
        String lead = Words.startOf(word, UNTIL);
        String rest = lead == null ? word : word.substring(lead.length());
        if (rest.isEmpty() || !Character.isDigit(rest.charAt(0))) return null;
        return lead == null && !rest.contains(":") ? null : Cells.timeIn(rest);
    }

    private static List<String> header() {
        HeaderWords words = new HeaderWords(SheetKinds.answers());
        List<String> header = new ArrayList<>();
        for (String column : List.of("name", "takes", "days", "until", "wish1", "wish2", "wish3", "wish4", "wish5", "wish6", "wish7", "wish8", "wish9")) header.add(words.word(column));
        return header;
    }

    private static List<String> cells(Line line) {
        List<String> cells = new ArrayList<>();
        cells.add(line.name());
        cells.add(line.declined() ? "no" : "");
        cells.add(String.join(",", line.days().stream().map(day -> String.valueOf(day.getValue())).toList()));
        cells.add(line.until() == null ? "" : line.until().toString());
        cells.addAll(line.wishes().stream().limit(SheetKinds.MOST_WISHES).toList());
        return cells;
    }

    private static SheetRow row(int number, List<String> texts) {
        @Nullable CellValue[] cells = new CellValue[texts.size()];
        for (int i = 0; i < cells.length; i++) cells[i] = texts.get(i).isEmpty() ? null : new CellValue.Text(texts.get(i));
        return SheetRow.of(number, cells);
    }
}
