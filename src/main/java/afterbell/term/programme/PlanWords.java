package afterbell.term.programme;

import afterbell.base.calendar.Term;
import afterbell.base.shared.web.Screen;
import java.time.LocalDate;
import java.time.LocalTime;

/** Grades, hours and problems in the reader's language. */
public final class PlanWords {
    private PlanWords() {}

    public static String grades(Screen screen, int from, int until) {
        return from == until ? screen.t("programme.grade." + from) : screen.t("programme.grades", screen.t("programme.grade." + from), screen.t("programme.grade." + until));
    }

    public static String hours(Screen screen, LocalTime from, LocalTime until) {
        return screen.time(from) + "–" + screen.time(until);
    }

    public static String when(Screen screen, int weekday, LocalTime from, LocalTime until) {
        return screen.weekday(weekday) + " " + hours(screen, from, until);
    }

    public static String term(Screen screen, Term term) {
        return screen.t(term.nameKey(), term.nameFacts());
    }

    /** A problem as a sentence. */
    public static String said(Screen screen, Problem problem) {
        Object[] facts = problem.facts().stream().map(f -> fact(screen, f)).toArray();
        return screen.t(problem.messageKey(), facts);
    }

    private static Object fact(Screen screen, Object fact) {
        return switch (fact) {
            case Problem.When w -> when(screen, w.weekday(), w.from(), w.until());
            case Problem.Day d -> screen.weekday(d.weekday());
            case Problem.Grades g -> grades(screen, g.from(), g.until());
            case LocalDate day -> screen.date(day);
            default -> fact;
        };
    }
}
