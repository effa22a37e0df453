package afterbell.base.shared.sheet;

import afterbell.base.shared.text.DataFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parsers that kinds are made of. Each gives one canonical writing, so that equal facts compare equal whoever typed them. */
public final class Cells {
    private static final Set<String> NONE = Words.keys("none");
    private static final Set<String> YES = Words.keys("yes");
    private static final Set<String> NO = Words.keys("no");
    private static final Set<String> FREE = Words.keys("free");
    private static final Set<String> EVERY_DAY = Words.keys("everyDay");
    private static final Map<String, DataFile> WEEKDAYS = Words.at("weekdays").entries();
    private static final List<String> WEEK_PREFIXES = Words.list("weekPrefixes");
    private static final String GRADE_WORD = Words.oneOf(Words.list("gradeSuffixes"));
    private static final Pattern CLOCK = Pattern.compile("([01]?\\d|2[0-4])[:\uFF1A.]?([0-5]\\d)?.{0,3}");
    private static final Pattern AMOUNT = Pattern.compile("[\u00A5\uFFE5]?(\\d{1,6}(?:\\.\\d{1,2})?)(?:" + Words.oneOf(Words.list("yuan")) + ")?");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,6})(?:" + Words.oneOf(Words.list("people")) + ")?");
    private static final String LIST = "[,\uFF0C\u3001;\uFF1B/\u250B\\s]+";

    private Cells() {}

    /** Any text up to a length in characters; a word for "none" counts as blank. */
    public static CellParser text(int longest) {
        return (value, context) -> {
            if (value instanceof CellValue.Fault) return Reading.bad("sheet.cell.fault", value.text());
            String text = CellText.clean(value.text());
            if (NONE.contains(Words.comparable(text))) return Reading.BLANK;
            int length = text.codePointCount(0, text.length());
            return length > longest ? Reading.bad("sheet.cell.too-long", length, longest) : Reading.of(text);
        };
    }

    /** A code or number kept as text, with its leading zeros. */
    public static CellParser code(int longest) {
        return (value, context) -> Identifiers.digits(value).then(text -> text(longest).read(new CellValue.Text(text), context));
    }

    public static CellParser personName() {
        return (value, context) -> orNone(value, PersonNames::read);
    }

    /** Names of several people, joined by the ideographic comma. */
    public static CellParser personNames() {
        return (value, context) -> orNone(value, known -> {
            List<String> names = new ArrayList<>();
            for (String part : CellText.clean(known.text()).split("[,\uFF0C\u3001;\uFF1B/\\n]+")) {
                Reading name = PersonNames.read(new CellValue.Text(part));
                if (name instanceof Reading.Bad) return name;
                if (name instanceof Reading.Value read) names.add(read.text());
            }
            return Reading.of(String.join("\u3001", names));
        });
    }

    public static CellParser phone() {
        return (value, context) -> orNone(value, Phones::read);
    }

    public static CellParser identity() {
        return (value, context) -> orNone(value, Identifiers::identity);
    }

    public static CellParser registration() {
        return (value, context) -> orNone(value, Identifiers::registration);
    }

    public static CellParser contacts() {
        return (value, context) -> orNone(value, Contacts::read);
    }

    /** A birthday of somebody in these grades, with some years of grace on either side. */
    public static CellParser birthday() {
        return (value, context) -> orNone(value, known -> Dates.read(
                known,
                LocalDate.of(context.startYear() - context.highestGrade() - 13, 1, 1),
                LocalDate.of(context.startYear() - context.lowestGrade() - 3, 12, 31)));
    }

    public static CellParser date() {
        return (value, context) -> orNone(
                value, known -> Dates.read(known, LocalDate.of(2000, 1, 1), LocalDate.of(context.startYear() + 30, 12, 31)));
    }

    public static CellParser schoolClass() {
        CellParser parser = (value, context) -> orNone(value, known -> ClassNames.read(known, context));
        return parser.writing(ClassNames::written);
    }

    public static CellParser grade() {
        return (value, context) -> orNone(value, known -> ClassNames.readGrade(known, context));
    }

    /** Several grades: a list, a range or both; canonical ascending with commas. */
    public static CellParser grades() {
        CellParser parser = (value, context) -> orNone(value, known -> {
            String text = CellText.clean(known.text()).replaceAll("\\s", "");
            Set<Integer> grades = new TreeSet<>();
            for (String part : text.split("[,\uFF0C\u3001;\uFF1B]+")) {
                String[] ends = part.split("[-~\u2014\u2013\u301C\uFF5E]+|" + Words.oneOf(List.of(Words.list("ranges").getFirst(), Words.list("ranges").get(1))));
                List<Integer> read = new ArrayList<>();
                for (String end : ends) {
                    Reading grade = ClassNames.readGrade(new CellValue.Text(end), context);
                    if (!(grade instanceof Reading.Value found)) return grade instanceof Reading.Blank ? Reading.bad("sheet.cell.grade-unknown", text) : grade;
                    read.add(Integer.parseInt(found.text()));
                }
                if (read.isEmpty() || read.size() > 2 || read.getLast() < read.getFirst()) return Reading.bad("sheet.cell.grade-unknown", text);
                for (int grade = read.getFirst(); grade <= read.getLast(); grade++) grades.add(grade);
            }
            return Reading.of(grades.stream().map(String::valueOf).collect(Collectors.joining(",")));
        });
        return parser.writing(codes -> each(codes, ClassNames::writtenGrade));
    }

    /** One of the words of a table of {@code sheet/words.yaml}; canonical is its code. */
    public static CellParser choice(String table) {
        Map<String, String> codes = Words.codes(table);
        CellParser parser = (value, context) -> orNone(value, known -> {
            String code = codes.get(Words.comparable(known.text()));
            return code == null ? Reading.bad("sheet.cell.choice-unknown", known.text(), firstWords(table)) : new Reading.Value(code);
        });
        return parser.writing(code -> firstWord(table, code));
    }

    /** Several words of a table; canonical is their codes in alphabetical order with commas. */
    public static CellParser choices(String table) {
        Map<String, String> codes = Words.codes(table);
        CellParser parser = (value, context) -> orNone(value, known -> {
            Set<String> found = new TreeSet<>();
            for (String part : CellText.clean(known.text()).split("[,\uFF0C\u3001;\uFF1B/\\n+]+")) {
                String code = codes.get(Words.comparable(part));
                if (code == null) return Reading.bad("sheet.cell.choice-unknown", part, firstWords(table));
                found.add(code);
            }
            return Reading.of(String.join(",", found));
        });
        return parser.writing(all -> each(all, code -> firstWord(table, code)));
    }

    public static CellParser gender() {
        return choice("genders");
    }

    /** Canonical {@code yes} or {@code no}. */
    public static CellParser yesNo() {
        CellParser parser = (value, context) -> {
            String word = Words.comparable(value.text());
            if (YES.contains(word) || value instanceof CellValue.Flag flag && flag.value()) return new Reading.Value("yes");
            if (NO.contains(word) || value instanceof CellValue.Flag) return new Reading.Value("no");
            return Reading.bad("sheet.cell.yes-no-unknown", value.text());
        };
        return parser.writing(answer -> Words.list(answer).getFirst());
    }

    static boolean isNo(String text) {
        return NO.contains(Words.comparable(text));
    }

    /** A whole number in bounds, also with a counting word. */
    public static CellParser count(int least, int most) {
        return (value, context) -> orNone(value, known -> {
            Matcher count = COUNT.matcher(CellText.clean(known.text()));
            if (!count.matches()) return Reading.bad("sheet.cell.not-a-count", known.text());
            int number = Integer.parseInt(count.group(1));
            return number < least || number > most
                    ? Reading.bad("sheet.cell.count-out-of-range", number, least, most)
                    : new Reading.Value(String.valueOf(number));
        });
    }

    /** An amount in yuan; canonical is whole fen. A word for free is 0. */
    public static CellParser fen() {
        CellParser parser = (value, context) -> {
            if (value instanceof CellValue.Number number) {
                BigDecimal fen = number.value().movePointRight(2).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
                return fen.scale() <= 0 && fen.signum() >= 0 && fen.precision() - fen.scale() <= 8
                        ? new Reading.Value(fen.toPlainString())
                        : Reading.bad("sheet.cell.amount-unknown", number.text());
            }
            String text = Words.comparable(value.text());
            if (FREE.contains(text)) return new Reading.Value("0");
            if (NONE.contains(text)) return Reading.BLANK;
            Matcher amount = AMOUNT.matcher(text);
            return amount.matches()
                    ? new Reading.Value(new BigDecimal(amount.group(1)).movePointRight(2).toBigInteger().toString())
                    : Reading.bad("sheet.cell.amount-unknown", value.text());
        };
        return parser.writing(fen -> fen.equals("0") ? Words.list("free").getFirst() : new BigDecimal(fen).movePointLeft(2).stripTrailingZeros().toPlainString());
    }

    /** A time of day; canonical is HH:mm. */
    public static CellParser time() {
        return (value, context) -> orNone(value, known -> {
            if (known instanceof CellValue.Moment moment) return new Reading.Value(moment.at().toLocalTime().withSecond(0).toString());
            if (known instanceof CellValue.Number number && number.value().compareTo(BigDecimal.ONE) < 0 && number.value().signum() > 0) {
                int minutes = number.value().multiply(BigDecimal.valueOf(1440)).setScale(0, RoundingMode.HALF_UP).intValue();
                return new Reading.Value(LocalTime.of(minutes / 60 % 24, minutes % 60).toString());
            }
            LocalTime time = timeIn(CellText.clean(known.text()));
            return time == null ? Reading.bad("sheet.cell.time-unknown", known.text()) : new Reading.Value(time.toString());
        });
    }

    static @Nullable LocalTime timeIn(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (!clock.matches()) return null;
        try {
            int hour = Integer.parseInt(clock.group(1));
            return LocalTime.of(hour, clock.group(2) == null ? 0 : Integer.parseInt(clock.group(2)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** One weekday; canonical is its English name in capitals. */
    public static CellParser weekday() {
        CellParser parser = (value, context) -> orNone(value, known -> {
            Set<DayOfWeek> days = daysIn(CellText.clean(known.text()));
            return days != null && days.size() == 1
                    ? new Reading.Value(days.iterator().next().name())
                    : Reading.bad("sheet.cell.weekday-unknown", known.text());
        });
        return parser.writing(Cells::dayWord);
    }

    /** A set of weekdays in any writing: a list, a run of numerals after one prefix, a range, every day. */
    public static CellParser weekdays() {
        CellParser parser = (value, context) -> orNone(value, known -> {
            Set<DayOfWeek> days = daysIn(CellText.clean(known.text()));
            return days == null || days.isEmpty() ? Reading.bad("sheet.cell.weekday-unknown", known.text()) : new Reading.Value(days(days));
        });
        return parser.writing(days -> each(days, Cells::dayWord));
    }

    /** A weekday as we write it, by its English name in capitals. */
    public static String dayWord(String day) {
        return WEEKDAYS.containsKey(day) ? WEEKDAYS.get(day).texts().getFirst() : day;
    }

    static String days(Set<DayOfWeek> days) {
        return new TreeSet<>(days).stream().map(DayOfWeek::name).collect(Collectors.joining(","));
    }

    /** The weekdays a text names, and nothing else; null when something else stands there. */
    static @Nullable Set<DayOfWeek> daysIn(String raw) {
        String text = raw.replaceAll("\\s", "");
        if (EVERY_DAY.contains(Words.comparable(text))) return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        boolean range = false;
        DayOfWeek last = null;
        for (String rest = text; !rest.isEmpty(); ) {
            String prefix = Words.startOf(rest, WEEK_PREFIXES);
            if (prefix != null) {
                rest = rest.substring(prefix.length());
                continue;
            }
            DayOfWeek day = dayAtStart(rest);
            if (day != null) {
                if (range && last != null && day.compareTo(last) > 0) days.addAll(EnumSet.range(last, day));
                days.add(day);
                last = day;
                range = false;
                rest = rest.substring(1);
                continue;
            }
            String sign = Words.startOf(rest, Words.list("ranges"));
            if (sign != null && last != null) {
                range = true;
                rest = rest.substring(sign.length());
            } else if (rest.substring(0, 1).matches(LIST)) {
                rest = rest.substring(1);
            } else {
                return null;
            }
        }
        return days;
    }

    /** After the prefix is gone a day is one numeral or digit. */
    private static @Nullable DayOfWeek dayAtStart(String rest) {
        char first = rest.charAt(0);
        if (first >= '1' && first <= '5') return DayOfWeek.of(first - '0');
        for (Map.Entry<String, DataFile> day : WEEKDAYS.entrySet())
            if (rest.startsWith(day.getValue().texts().getLast())) return DayOfWeek.valueOf(day.getKey());
        return null;
    }

    private static String each(String codes, UnaryOperator<String> word) {
        return Arrays.stream(codes.split(",")).map(word).collect(Collectors.joining("\u3001"));
    }

    private static String firstWord(String table, String code) {
        return Words.at(table).has(code) ? Words.at(table).at(code).texts().getFirst() : code;
    }

    private static String firstWords(String table) {
        return Words.at(table).entries().values().stream()
                .map(words -> words.texts().getFirst())
                .collect(Collectors.joining("\u3001"));
    }

    @FunctionalInterface
    private interface Read {
        Reading read(CellValue value);
    }

    private static Reading orNone(CellValue value, Read read) {
        if (value instanceof CellValue.Fault) return Reading.bad("sheet.cell.fault", value.text());
        return NONE.contains(Words.comparable(value.text())) ? Reading.BLANK : read.read(value);
    }
}
