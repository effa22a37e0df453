package afterbell.base.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dated task list of a term (R24, R29, R30): meetings, letter, survey, receipts, basic service from week 2, clubs later, add and drop.
 *
 * <p>Source plans 000, 001, 002.7 and 002.8; registration on a Sunday, clubs a week or two after the basic service.
 */
public final class Preparation {
    private Preparation() {}

    /**
     * What the dates hang on.
     *
     * @param registration day on which families come with the form; null = the last Sunday before lessons
     * @param objectionDays between result and first club
     */
    public record Facts(
            @Nullable LocalDate registration, int serviceWeek, int clubsWeek, int addDropWeeks, int roundDays, int objectionDays) {}

    /** What must be done; the code is also the key of its words, {@code calendar.task.<code>}. */
    public enum Task {
        LINE_MEETINGS,
        DUTY_FORMS,
        STAFF_STUDY,
        PUBLISH_PLAN,
        REGISTRATION,
        DEMAND_SURVEY,
        COLLECT_RECEIPTS,
        GRADE_TOTALS,
        TIMETABLE_AND_TEACHERS,
        AGREEMENTS,
        BASIC_SERVICE,
        CLUB_ROUND,
        DRAW,
        OBJECTIONS,
        CLUBS_START,
        ADD_AND_DROP
    }

    /** @param until last day, the deadline */
    public record Dated(Task task, LocalDate from, LocalDate until) {}

    public static List<Dated> timeline(SchoolDays days, Facts facts) {
        LocalDate first = days.term().first();
        LocalDate registration =
                facts.registration() != null ? facts.registration() : first.with(TemporalAdjusters.previous(DayOfWeek.SUNDAY));
        LocalDate endOfWeekOne = max(first, days.term().mondayOfWeek(2).minusDays(1));
        LocalDate basic = teachingFrom(days, facts.serviceWeek());
        LocalDate clubs = teachingFrom(days, facts.clubsWeek());
        LocalDate drawDay = max(registration, clubs.minusDays(1L + facts.objectionDays()));
        LocalDate roundCloses = max(registration, drawDay.minusDays(1));
        LocalDate roundOpens = max(registration, roundCloses.minusDays(Math.max(0, facts.roundDays() - 1)));
        List<Dated> list = new ArrayList<>(List.of(
                new Dated(Task.LINE_MEETINGS, first.minusDays(14), first.minusDays(5)),
                new Dated(Task.DUTY_FORMS, first.minusDays(7), first.minusDays(2)),
                new Dated(Task.STAFF_STUDY, first.minusDays(4), first.minusDays(4)),
                new Dated(Task.PUBLISH_PLAN, first.minusDays(2), first.minusDays(2)),
                new Dated(Task.REGISTRATION, registration, registration),
                new Dated(Task.DEMAND_SURVEY, first, first),
                new Dated(Task.COLLECT_RECEIPTS, first, endOfWeekOne),
                new Dated(Task.GRADE_TOTALS, first, endOfWeekOne),
                new Dated(Task.TIMETABLE_AND_TEACHERS, first, endOfWeekOne),
                new Dated(Task.AGREEMENTS, first, endOfWeekOne),
                new Dated(Task.BASIC_SERVICE, basic, basic),
                new Dated(Task.CLUB_ROUND, roundOpens, roundCloses),
                new Dated(Task.DRAW, drawDay, drawDay),
                new Dated(Task.OBJECTIONS, min(drawDay.plusDays(1), clubs.minusDays(1)), clubs.minusDays(1)),
                new Dated(Task.CLUBS_START, clubs, clubs)));
        if (facts.addDropWeeks() > 0) list.add(new Dated(Task.ADD_AND_DROP, clubs, min(clubs.plusWeeks(facts.addDropWeeks()).minusDays(1), days.term().last())));
        list.sort(Comparator.comparing(Dated::from).thenComparing(Dated::until).thenComparing(Dated::task));
        return List.copyOf(list);
    }

    private static LocalDate teachingFrom(SchoolDays days, int week) {
        LocalDate monday = max(days.term().first(), days.term().mondayOfWeek(week));
        return days.teachingFrom(monday).orElse(min(monday, days.term().last()));
    }

    private static LocalDate max(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate min(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }
}
