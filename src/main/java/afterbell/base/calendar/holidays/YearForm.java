package afterbell.base.calendar.holidays;

import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.engine.HolidayReader;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A year's days off and days worked instead, as typed into rows. What is kept is the same file that a bureau can bring: the rows are written into it, one a
 * line, and read back by the same reader, so that both ways obey the same rules.
 */
public record YearForm(boolean confirmed, String sourceZh, String sourceEn, List<Off> off, List<Worked> worked) {
    private static final int MOST_ROWS = 40;
    private static final int LONGEST_TEXT = 80;
    private static final int EMPTY_ROWS = 2;
    /** Lines of the file before the first row of days off. */
    private static final int HEAD = 4;

    public record Off(String zh, String en, String from, String until) {
        boolean empty() {
            return (zh + en + from + until).isEmpty();
        }
    }

    public record Worked(String zh, String en, String day, String follows) {
        boolean empty() {
            return (day + follows).isEmpty();
        }
    }

    public YearForm {
        off = List.copyOf(off);
        worked = List.copyOf(worked);
    }

    static YearForm of(HolidayYear year) {
        return new YearForm(
                year.confirmed(),
                year.source().zh(),
                year.source().en(),
                year.off().stream().map(o -> new Off(o.name().zh(), o.name().en(), o.from().toString(), o.until().toString())).toList(),
                year.worked().stream().map(w -> new Worked(w.name().zh(), w.name().en(), w.day().toString(), w.follows().toString())).toList());
    }

    static YearForm empty() {
        return new YearForm(false, "", "", List.of(), List.of());
    }

    /** Rows that are ticked away or empty are left out. */
    static YearForm read(Map<String, String[]> sent) {
        List<Off> off = new ArrayList<>();
        List<Worked> worked = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            Off o = new Off(one(sent, "offZh" + i), one(sent, "offEn" + i), one(sent, "offFrom" + i), one(sent, "offUntil" + i));
            if (!o.empty() && one(sent, "offGone" + i).isEmpty()) off.add(o);
            Worked w = new Worked(one(sent, "workedZh" + i), one(sent, "workedEn" + i), one(sent, "workedDay" + i), one(sent, "workedFollows" + i));
            if (!w.empty() && one(sent, "workedGone" + i).isEmpty()) worked.add(w);
        }
        return new YearForm(!one(sent, "confirmed").isEmpty(), one(sent, "sourceZh"), one(sent, "sourceEn"), off, worked);
    }

    private static String one(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        String value = values == null || values.length == 0 ? "" : values[0].strip();
        return value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT) : value;
    }

    /** The rows with some empty ones behind, to write into. */
    public List<Off> offRows() {
        List<Off> rows = new ArrayList<>(off);
        for (int i = 0; i < EMPTY_ROWS && rows.size() < MOST_ROWS; i++) rows.add(new Off("", "", "", ""));
        return rows;
    }

    public List<Worked> workedRows() {
        List<Worked> rows = new ArrayList<>(worked);
        for (int i = 0; i < EMPTY_ROWS && rows.size() < MOST_ROWS; i++) rows.add(new Worked("", "", "", ""));
        return rows;
    }

    /** The file that holds these rows; refused at the field of the row that can't be. */
    Outcome<String> file(int year) {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < off.size(); i++) {
            Off o = off.get(i);
            if (o.zh().isEmpty()) refusals.add(said("calendar.holidays.row.no_name", "offZh" + i));
            if (day(o.from()) == null) refusals.add(said("calendar.holidays.row.no_date", "offFrom" + i));
            if (!o.until().isEmpty() && day(o.until()) == null) refusals.add(said("calendar.holidays.row.no_date", "offUntil" + i));
        }
        for (int i = 0; i < worked.size(); i++) {
            if (day(worked.get(i).day()) == null) refusals.add(said("calendar.holidays.row.no_date", "workedDay" + i));
            if (day(worked.get(i).follows()) == null) refusals.add(said("calendar.holidays.row.no_date", "workedFollows" + i));
        }
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        String text = text(year);
        List<YamlProblem> problems = new ArrayList<>();
        Optional<HolidayYear> read = HolidayReader.read("holidays-" + year + ".yaml", text, problems);
        if (read.isPresent()) return Outcome.done(text);
        problems.forEach(p -> refusals.add(at(p)));
        return Outcome.refused(refusals);
    }

    private String text(int year) {
        StringBuilder text = new StringBuilder("year: " + year + "\nconfirmed: " + confirmed + "\nsource: {zh: " + quoted(sourceZh) + ", en: " + quoted(sourceEn.isEmpty() ? sourceZh : sourceEn) + "}\n");
        text.append(off.isEmpty() ? "off: []\n" : "off:\n");
        for (Off o : off)
            text.append("  - {zh: ").append(quoted(o.zh())).append(", en: ").append(quoted(o.en().isEmpty() ? o.zh() : o.en())).append(", from: ").append(o.from()).append(", until: ").append(o.until().isEmpty() ? o.from() : o.until()).append("}\n");
        text.append(worked.isEmpty() ? "worked: []\n" : "worked:\n");
        for (Worked w : worked) {
            Off of = covering(w.follows());
            String zh = w.zh().isEmpty() ? of.zh() : w.zh();
            String en = w.en().isEmpty() ? of.en().isEmpty() ? zh : of.en() : w.en();
            text.append("  - {zh: ").append(quoted(zh)).append(", en: ").append(quoted(en)).append(", day: ").append(w.day()).append(", follows: ").append(w.follows()).append("}\n");
        }
        return text.toString();
    }

    /** The holiday for which a day is worked gives it its name where it has none of its own. */
    private Off covering(String follows) {
        return off.stream().filter(o -> o.from().compareTo(follows) <= 0 && (o.until().isEmpty() ? o.from() : o.until()).compareTo(follows) >= 0).findFirst().orElse(new Off("", "", "", ""));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    private Refusal at(YamlProblem problem) {
        int row = problem.line() - HEAD - 1;
        boolean inOff = row < off.size();
        int number = inOff ? row : row - off.size() - 1;
        List<Object> details = problem.details();
        return switch (problem.code()) {
            case "calendar.ends-before-it-starts" -> said("calendar.holidays.row.ends_before", "offUntil" + number);
            case "calendar.holiday-too-long" -> said("calendar.holidays.row.too_long", "offUntil" + number);
            case "calendar.holidays-overlap" -> said("calendar.holidays.row.overlap", "offFrom" + number);
            case "calendar.not-a-weekend" -> said("calendar.holidays.row.not_weekend", "workedDay" + number, details.toArray());
            case "calendar.worked-and-off" -> said("calendar.holidays.row.worked_and_off", "workedDay" + number, details.toArray());
            case "calendar.worked-twice" -> said("calendar.holidays.row.worked_twice", "workedDay" + number, details.toArray());
            case "calendar.follows-no-day-off" -> said("calendar.holidays.row.follows", "workedFollows" + number, details.toArray());
            case "calendar.replaced-twice" -> said("calendar.holidays.row.replaced", "workedFollows" + number, details.toArray());
            case "calendar.other-year" -> said("calendar.holidays.row.other_year", inOff ? "offFrom" + number : "workedDay" + number);
            default -> said("calendar.holidays.row.no_date", inOff ? "offFrom" + number : "workedDay" + number);
        };
    }

    private static Refusal said(String key, String field, Object... facts) {
        return new Refusal.Simple(key, field, List.of(facts));
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
