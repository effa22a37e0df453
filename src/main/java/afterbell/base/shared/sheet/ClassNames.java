package afterbell.base.shared.sheet;

import afterbell.base.shared.text.DataFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Classes in the many writings of schools, as grade and number: by name with words or signs, by three digits (302), by the year of
 * entry, by stage (the first class of junior school's second grade), by a number beside a column for the grade, or turned into a
 * date by Excel. The canonical writing is {@code grade-number}.
 */
public final class ClassNames {
    private static final Map<String, DataFile> NUMERALS = Words.at("numerals").entries();
    private static final Map<String, DataFile> STAGES = Words.at("stages").entries();
    private static final String TEN = Words.at("ten").text();
    private static final String HAN_NUMBER = "[" + String.join("", NUMERALS.keySet()) + TEN + "]{1,3}";
    private static final String NUMBER = "(\\d{1,2}|" + HAN_NUMBER + ")";
    private static final String GRADE_WORD = Words.oneOf(Words.list("gradeSuffixes"));
    private static final String COHORT = Pattern.quote(Words.at("cohortSuffix").text());
    private static final String CLASS_WORD = Words.oneOf(Words.list("classSuffixes"));
    private static final String STAGE = "(" + Words.oneOf(STAGES.keySet()) + ")";
    private static final String SIGN = "[(.\\-/]";

    private static final Pattern BY_YEAR =
            Pattern.compile(STAGE + "?((?:19|20)\\d{2}|\\d{2})" + COHORT + "\\(?" + NUMBER + "\\)?" + CLASS_WORD + "?");
    private static final Pattern BY_STAGE = Pattern.compile(
            STAGE + "(" + HAN_NUMBER + "|\\d)(?:" + GRADE_WORD + "|" + COHORT + ")?" + SIGN + "?" + NUMBER + "\\)?" + CLASS_WORD + "?");
    private static final Pattern BY_GRADE_WORD = Pattern.compile(
            NUMBER + "(?:" + GRADE_WORD + "|" + COHORT + ")" + SIGN + "?" + NUMBER + "\\)?" + CLASS_WORD + "?");
    private static final Pattern BY_SIGN = Pattern.compile(NUMBER + SIGN + NUMBER + "\\)?" + CLASS_WORD + "?");
    private static final Pattern BY_SWITCH = Pattern.compile("(" + HAN_NUMBER + ")(\\d{1,2})" + CLASS_WORD + "?");
    private static final Pattern BY_TWO_NUMERALS = Pattern.compile(
            "([" + String.join("", NUMERALS.keySet()) + "])(" + HAN_NUMBER + ")" + CLASS_WORD);
    private static final Pattern BY_DIGITS = Pattern.compile("(0?\\d|1[0-2])(\\d{2})" + CLASS_WORD + "?");
    private static final Pattern TWO_DIGITS = Pattern.compile("([1-9])(\\d)");
    private static final Pattern NUMBER_ONLY = Pattern.compile("\\(?" + NUMBER + "\\)?" + CLASS_WORD + "?");
    private static final Pattern GRADE_ONLY =
            Pattern.compile(STAGE + "?" + NUMBER + "(?:" + GRADE_WORD + "|" + COHORT + ")?");
    private static final Pattern YEAR_ONLY = Pattern.compile(STAGE + "?((?:19|20)\\d{2})" + COHORT);

    private ClassNames() {}

    /** Reads a class cell on its own. */
    public static Reading read(CellValue value, ImportContext context) {
        return read(value, null, context);
    }

    /** Reads a class cell, with the grade's own cell where the table has one. */
    public static Reading read(CellValue value, @Nullable CellValue gradeCell, ImportContext context) {
        if (value instanceof CellValue.Moment moment) {
            // 3-2 typed into a cell of general format becomes the second of March.
            return found(moment.at().getMonthValue(), moment.at().getDayOfMonth(), value, context);
        }
        String text = compact(value.text());
        if (gradeCell != null) {
            Matcher only = NUMBER_ONLY.matcher(text);
            if (only.matches()) {
                int number = number(only.group(1));
                return readGrade(gradeCell, context).then(grade -> found(Integer.parseInt(grade), number, value, context));
            }
        }
        if (value instanceof CellValue.Number && text.matches("\\d\\.1") && context.mostClasses() >= 10)
            return Reading.bad("sheet.cell.class-ambiguous", value.text(), text.charAt(0) + "-1", text.charAt(0) + "-10");
        Reading reading = readText(text, value, context);
        if (gradeCell == null || !(reading instanceof Reading.Value known)) return reading;
        return readGrade(gradeCell, context)
                .then(grade -> known.text().startsWith(grade + "-")
                        ? known
                        : Reading.bad("sheet.cell.class-not-of-grade", value.text(), gradeCell.text()));
    }

    /** Reads a grade cell into its number, 1 to 12. */
    public static Reading readGrade(CellValue value, ImportContext context) {
        String text = compact(value.text());
        Matcher year = YEAR_ONLY.matcher(text);
        if (year.matches()) return one(gradesOfYear(year.group(1), Integer.parseInt(year.group(2)), context), value.text());
        Matcher grade = GRADE_ONLY.matcher(text);
        if (!grade.matches()) return Reading.bad("sheet.cell.grade-unknown", value.text());
        int first = grade.group(1) == null ? 0 : Objects.requireNonNull(STAGES.get(grade.group(1))).number();
        int number = first + number(grade.group(2));
        return number >= context.lowestGrade() && number <= context.highestGrade()
                ? new Reading.Value(String.valueOf(number))
                : Reading.bad("sheet.cell.grade-not-here", value.text(), context.lowestGrade(), context.highestGrade());
    }

    /** How we write a class ourselves. */
    public static String write(int grade, int number) {
        DataFile words = Words.at("classNames");
        return String.format(Locale.ROOT, words.text("pattern"), words.at("grades").texts().get(grade - 1), number);
    }

    /** A canonical class, such as 3-2, as we write it. */
    public static String written(String canonical) {
        int dash = canonical.indexOf('-');
        return dash < 0 ? canonical : write(Integer.parseInt(canonical.substring(0, dash)), Integer.parseInt(canonical.substring(dash + 1)));
    }

    /** A grade's number as we write it. */
    static String writtenGrade(String grade) {
        return Words.at("classNames").at("grades").texts().get(Integer.parseInt(grade) - 1) + Words.list("gradeSuffixes").getFirst();
    }

    /** A class as somebody types it into a search box: three digits, two, numeral and digit; canonical, or empty when it is none. */
    public static String shorthand(String typed) {
        ImportContext any = new ImportContext(2000, 1, 12, 0);
        Matcher two = TWO_DIGITS.matcher(compact(typed));
        if (two.matches()) return two.group(1) + "-" + two.group(2);
        return read(new CellValue.Text(typed), any) instanceof Reading.Value found ? found.text() : "";
    }

    /** Finds a class named somewhere in a title or on a tab, such as "the list of class 3-2"; null when there is none or more. */
    static @Nullable String findIn(String text, ImportContext context) {
        Set<String> found = new LinkedHashSet<>();
        String compact = compact(text);
        for (Pattern pattern : List.of(BY_YEAR, BY_STAGE, BY_GRADE_WORD, BY_SIGN)) {
            Matcher matcher = pattern.matcher(compact);
            while (matcher.find()) {
                boolean named = matcher.group().matches(".*" + CLASS_WORD) || matcher.group().equals(compact);
                Reading reading = named ? readText(matcher.group(), new CellValue.Text(matcher.group()), context) : Reading.BLANK;
                if (reading instanceof Reading.Value value) found.add(value.text());
            }
            if (!found.isEmpty()) break;
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static Reading readText(String text, CellValue value, ImportContext context) {
        Matcher year = BY_YEAR.matcher(text);
        if (year.matches()) {
            int entry = Integer.parseInt(year.group(2));
            Reading grade = one(gradesOfYear(year.group(1), entry < 100 ? 2000 + entry : entry, context), value.text());
            return grade.then(known -> found(Integer.parseInt(known), number(year.group(3)), value, context));
        }
        Matcher stage = BY_STAGE.matcher(text);
        if (stage.matches())
            return found(Objects.requireNonNull(STAGES.get(stage.group(1))).number() + number(stage.group(2)), number(stage.group(3)), value, context);
        for (Pattern pattern : List.of(BY_GRADE_WORD, BY_SIGN, BY_SWITCH, BY_TWO_NUMERALS, BY_DIGITS)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) return found(number(matcher.group(1)), number(matcher.group(2)), value, context);
        }
        return Reading.bad("sheet.cell.class-unknown", value.text());
    }

    private static Reading found(int grade, int number, CellValue value, ImportContext context) {
        if (number < 1 || number > 60) return Reading.bad("sheet.cell.class-unknown", value.text());
        if (grade < context.lowestGrade() || grade > context.highestGrade())
            return Reading.bad("sheet.cell.grade-not-here", value.text(), context.lowestGrade(), context.highestGrade());
        return new Reading.Value(grade + "-" + number);
    }

    /** A year of entry means another grade in each stage; a nine-year school may have two classes of that year. */
    private static List<Integer> gradesOfYear(@Nullable String stage, int entry, ImportContext context) {
        int years = context.startYear() - entry;
        List<Integer> grades = new ArrayList<>();
        for (int first : stage == null ? List.of(0, 6, 9) : List.of(Objects.requireNonNull(STAGES.get(stage)).number())) {
            int length = first == 0 ? 6 : 3;
            int grade = first + 1 + years;
            if (years >= 0 && years < length && grade >= context.lowestGrade() && grade <= context.highestGrade()) grades.add(grade);
        }
        return grades;
    }

    private static Reading one(List<Integer> grades, String text) {
        return switch (grades.size()) {
            case 0 -> Reading.bad("sheet.cell.cohort-not-here", text);
            case 1 -> new Reading.Value(String.valueOf(grades.getFirst()));
            default -> Reading.bad("sheet.cell.cohort-ambiguous", text, grades.getFirst(), grades.getLast());
        };
    }

    private static int number(String text) {
        if (Character.isDigit(text.charAt(0))) return Integer.parseInt(text);
        int ten = text.indexOf(TEN);
        if (ten < 0) {
            int value = 0;
            for (int i = 0; i < text.length(); i++) value = value * 10 + digit(text.substring(i, i + 1));
            return value;
        }
        int tens = ten == 0 ? 1 : digit(text.substring(0, 1));
        return tens * 10 + (ten == text.length() - 1 ? 0 : digit(text.substring(ten + 1, ten + 2)));
    }

    private static int digit(String numeral) {
        DataFile digit = NUMERALS.get(numeral);
        return digit == null ? 99 : digit.number();
    }

    private static String compact(String text) {
        String clean = CellText.clean(text).replaceAll("\\s", "");
        StringBuilder compact = new StringBuilder(clean.length());
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            compact.append(
                    switch (c) {
                        case '[', '{', '\u3010', '\u3014', '\u300A', '\u2768' -> '(';
                        case ']', '}', '\u3011', '\u3015', '\u300B', '\u2769' -> ')';
                        case '\u2013', '\u2014', '\u2212', '_' -> '-';
                        case '\u00B7', '\u3001', '\u3002' -> '.';
                        default -> c;
                    });
        }
        return compact.toString();
    }
}
