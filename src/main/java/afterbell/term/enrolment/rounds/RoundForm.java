package afterbell.term.enrolment.rounds;

import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Round;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A round as typed; instants as a day and an hour of the school. */
public record RoundForm(
        String name,
        String opensDay,
        String opensTime,
        String closesDay,
        String closesTime,
        String reviewDay,
        String reviewTime,
        String maxClubs,
        List<String> steps,
        String order,
        boolean firstCome) {
    static final List<String> STEPS = List.of("class", "grade", "school", "office");

    static RoundForm of(Map<String, String[]> fields) {
        List<String> ticked = List.of(fields.getOrDefault("steps", new String[0]));
        return new RoundForm(
                first(fields, "name"),
                first(fields, "opensDay"),
                first(fields, "opensTime"),
                first(fields, "closesDay"),
                first(fields, "closesTime"),
                first(fields, "reviewDay"),
                first(fields, "reviewTime"),
                first(fields, "maxClubs"),
                STEPS.stream().filter(ticked::contains).toList(),
                first(fields, "order"),
                first(fields, "firstCome").equals("true"));
    }

    static RoundForm of(Round r) {
        ZonedDateTime opens = r.opensAt().atZone(Screen.ZONE);
        ZonedDateTime closes = r.closesAt().atZone(Screen.ZONE);
        ZonedDateTime review = r.reviewUntil().atZone(Screen.ZONE);
        return new RoundForm(
                r.name(),
                opens.toLocalDate().toString(),
                hour(opens),
                closes.toLocalDate().toString(),
                hour(closes),
                review.toLocalDate().toString(),
                hour(review),
                r.maxClubs() == null ? "" : r.maxClubs().toString(),
                r.reviewSteps(),
                r.drawOrder(),
                r.firstCome());
    }

    private static String hour(ZonedDateTime at) {
        return at.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static String first(Map<String, String[]> fields, String name) {
        String[] all = fields.get(name);
        return all == null || all.length == 0 ? "" : all[0].strip();
    }

    @Nullable Instant opens() {
        return at(opensDay, opensTime);
    }

    @Nullable Instant closes() {
        return at(closesDay, closesTime);
    }

    @Nullable Instant review() {
        return at(reviewDay, reviewTime);
    }

    private static @Nullable Instant at(String day, String time) {
        try {
            LocalDate date = LocalDate.parse(day);
            return date.getYear() < 2000 || date.getYear() > 2100 ? null : date.atTime(LocalTime.parse(time)).atZone(Screen.ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** 0: left blank; -1: not a number from 1 to 10. */
    int most() {
        if (maxClubs.isEmpty()) return 0;
        if (maxClubs.length() > 2 || !maxClubs.chars().allMatch(c -> c >= '0' && c <= '9')) return -1;
        int n = Integer.parseInt(maxClubs);
        return n >= 1 && n <= 10 ? n : -1;
    }

    RoundForm withMost(int clubs) {
        return new RoundForm(name, opensDay, opensTime, closesDay, closesTime, reviewDay, reviewTime, Integer.toString(clubs), steps, order, firstCome);
    }

    /** The round that the form describes; the policy has found every field good. */
    Round round(UUID id, UUID term, Round.State state) {
        return new Round(
                id,
                term,
                name,
                Objects.requireNonNull(opens()),
                Objects.requireNonNull(closes()),
                Objects.requireNonNull(review()),
                state,
                most() == 0 ? null : most(),
                firstCome,
                steps,
                order);
    }
}
