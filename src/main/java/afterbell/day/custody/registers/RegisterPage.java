package afterbell.day.custody.registers;

import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Tab;
import afterbell.day.custody.DayRegister;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A register on screen or on paper.
 *
 * @param all those that the person may read
 * @param rows one text per column; empty where there is a grid
 * @param cut rows that the screen leaves out; files hold all
 * @param grid attendance of a class in a month, otherwise null
 * @param month whether the span is the month of {@code day}
 * @param schoolClass null for the whole school
 * @param classes that the person may choose
 * @param whole whether the person may read the whole school
 */
public record RegisterPage(
        DayRegister register,
        List<DayRegister> all,
        List<List<String>> rows,
        int cut,
        @Nullable Grid grid,
        LocalDate day,
        boolean month,
        @Nullable SchoolClass schoolClass,
        List<SchoolClass> classes,
        boolean whole) {

    public LocalDate from() {
        return month ? YearMonth.from(day).atDay(1) : day;
    }

    public LocalDate until() {
        return month ? YearMonth.from(day).atEndOfMonth() : day;
    }

    DayRegister.Span span(UUID school) {
        return new DayRegister.Span(school, from(), until(), schoolClass == null ? null : schoolClass.id());
    }

    public boolean empty() {
        return grid == null ? rows.isEmpty() : grid.lines().isEmpty();
    }

    public String href() {
        return "/afternoon/registers/" + register.code();
    }

    public String query() {
        return query(schoolClass);
    }

    private String query(@Nullable SchoolClass of) {
        return "?day=" + day + "&span=" + span() + (of == null ? "" : "&class=" + of.id());
    }

    public String span() {
        return month ? "month" : "day";
    }

    /** Whether the whole school is one file per class. */
    public boolean bundle() {
        return whole && month && register.code().equals(Attendance.CODE);
    }

    public String bundleQuery() {
        return query(null);
    }

    public List<Tab> tabs(Screen screen) {
        return all.stream().map(r -> Tab.of("/afternoon/registers/" + r.code() + query(), screen.t(r.titleKey()), r.code().equals(register.code()))).toList();
    }

    public List<Choice> spans(Screen screen) {
        return List.of(Choice.of("day", screen.t("custody.registers.span.day")), Choice.of("month", screen.t("custody.registers.span.month")));
    }

    public List<Choice> classChoices(Screen screen) {
        List<Choice> choices = new ArrayList<>();
        if (whole) choices.add(Choice.of("", screen.t("custody.registers.whole")));
        for (SchoolClass c : classes) choices.add(Choice.of(c.id().toString(), c.name()));
        return List.copyOf(choices);
    }

    public String spanWords(Screen screen) {
        return month ? screen.t("custody.registers.month_of", Integer.toString(day.getYear()), day.getMonthValue()) : screen.date(day);
    }

    public String whose(Screen screen) {
        return schoolClass == null ? screen.t("custody.registers.whole") : schoolClass.name();
    }
}
