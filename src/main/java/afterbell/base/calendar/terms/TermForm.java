package afterbell.base.calendar.terms;

import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermDates;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was typed about a term. */
public record TermForm(
        String startYear, String half, String first, String last, String registration, String serviceWeek, String clubsWeek, String addDropWeeks, String bells) {

    static TermForm of(Term term) {
        return new TermForm(
                Integer.toString(term.startYear()),
                Integer.toString(term.half()),
                term.dates().first().toString(),
                term.dates().last().toString(),
                term.registration() == null ? "" : term.registration().toString(),
                Integer.toString(term.serviceWeek()),
                Integer.toString(term.clubsWeek()),
                Integer.toString(term.addDropWeeks()),
                "");
    }

    /** The term that was meant, unless something stands against it; {@code others} are the school's other terms. */
    Outcome<Term> term(UUID id, List<Term> others) {
        List<Refusal> refusals = new ArrayList<>();
        int year = number("startYear", startYear, 2000, 2100, refusals);
        int part = number("half", half, 1, 2, refusals);
        @Nullable LocalDate from = date("first", first, refusals);
        @Nullable LocalDate until = date("last", last, refusals);
        @Nullable LocalDate day = registration.isBlank() ? null : date("registration", registration, refusals);
        int service = number("serviceWeek", serviceWeek, 1, 30, refusals);
        int clubs = number("clubsWeek", clubsWeek, 1, 30, refusals);
        int addDrop = number("addDropWeeks", addDropWeeks, 0, 20, refusals);
        if (from != null && from.getYear() != year && from.getYear() != year + 1) refusals.add(new TermRefused.OutOfBounds("startYear", from.getYear() - 1, from.getYear()));
        if (from != null && until != null) refuse(from, until, others, refusals);
        if (from != null && day != null && (day.isBefore(from.minusDays(60)) || until != null && day.isAfter(until))) refusals.add(new TermRefused.RegistrationFarAway());
        if (clubs < service) refusals.add(new TermRefused.ClubsBeforeService());
        if (others.stream().anyMatch(t -> t.startYear() == year && t.half() == part)) refusals.add(new TermRefused.AlreadyThere());
        if (!refusals.isEmpty() || from == null || until == null) return Outcome.refused(refusals);
        return Outcome.done(new Term(id, year, part, new TermDates(from, until), day, service, clubs, addDrop));
    }

    private static void refuse(LocalDate from, LocalDate until, List<Term> others, List<Refusal> refusals) {
        if (until.isBefore(from.plusDays(13))) refusals.add(new TermRefused.EndsTooEarly());
        else if (until.isAfter(from.plusDays(240))) refusals.add(new TermRefused.TooLong(240));
        others.stream()
                .map(Term::dates)
                .filter(d -> !d.last().isBefore(from) && !d.first().isAfter(until))
                .findFirst()
                .ifPresent(d -> refusals.add(new TermRefused.Overlaps(d.first(), d.last())));
    }

    private static int number(String field, String text, int least, int most, List<Refusal> refusals) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            if (text.isBlank()) {
                refusals.add(new TermRefused.Missing(field));
                return least;
            }
        }
        refusals.add(new TermRefused.OutOfBounds(field, least, most));
        return least;
    }

    private static @Nullable LocalDate date(String field, String text, List<Refusal> refusals) {
        try {
            LocalDate date = LocalDate.parse(text.strip());
            if (date.getYear() >= 2000 && date.getYear() <= 2100) return date;
        } catch (DateTimeParseException e) {
            // Told below, like a year far away.
        }
        refusals.add(new TermRefused.Missing(field));
        return null;
    }
}
