package afterbell.day.duty.special;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.DutyRefused;
import afterbell.day.duty.SpecialDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was typed about a special day. */
public record SpecialForm(String day, String kind, String leaves, List<String> until, Set<String> grades, String deadlineDay, String deadlineTime) {
    static final List<String> KINDS = List.of("afternoon_off", "exam", "weather", "eve", "other");
    static final int TIMES = 3;

    static SpecialForm empty(LocalDate today) {
        LocalDate day = today.plusDays(2);
        return new SpecialForm(day.toString(), "afternoon_off", "11:40", List.of("17:30", "", ""), Set.of(), day.minusDays(1).toString(), "20:00");
    }

    static SpecialForm read(Typed typed) {
        List<String> until = new ArrayList<>();
        for (int i = 1; i <= TIMES; i++) until.add(typed.text("until" + i));
        return new SpecialForm(typed.text("day"), typed.text("kind"), typed.text("leaves"), until, Set.copyOf(typed.texts("grades")), typed.text("deadlineDay"), typed.text("deadlineTime"));
    }

    /** @param unanswered what counts for who does not answer, by the rules */
    Outcome<SpecialDay> read(Typed typed, UUID id, UUID school, Set<Integer> known, String unanswered, Instant now) {
        List<Refusal> no = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        Optional<LocalDate> on = typed.date("day");
        if (on.isEmpty() || on.get().isBefore(today) || on.get().isAfter(today.plusYears(1))) no.add(new DutyRefused.Plain("duty.special.refused.day", "day"));
        if (!KINDS.contains(kind)) no.add(new DutyRefused.Plain("duty.special.refused.kind", "kind"));
        Optional<LocalTime> end = typed.time("leaves");
        if (end.isEmpty()) no.add(new DutyRefused.Plain("duty.special.refused.leaves", "leaves"));
        TreeSet<LocalTime> times = new TreeSet<>();
        for (int i = 1; i <= TIMES; i++) {
            if (!typed.has("until" + i)) continue;
            @Nullable LocalTime time = typed.time("until" + i).orElse(null);
            if (time == null || end.isPresent() && !time.isAfter(end.get())) no.add(new DutyRefused.Plain("duty.special.refused.until", "until" + i));
            else times.add(time);
        }
        if (times.isEmpty() && no.stream().noneMatch(r -> r.field().startsWith("until"))) no.add(new DutyRefused.Plain("duty.special.refused.until", "until1"));
        Optional<Instant> deadline = typed.date("deadlineDay").flatMap(d -> typed.time("deadlineTime").map(t -> d.atTime(t).atZone(Screen.ZONE).toInstant()));
        boolean late = deadline.isEmpty() || !deadline.get().isAfter(now) || on.isPresent() && end.isPresent() && deadline.get().isAfter(on.get().atTime(end.get()).atZone(Screen.ZONE).toInstant());
        if (late) no.add(new DutyRefused.Plain("duty.special.refused.deadline", "deadlineDay"));
        Set<Integer> chosen = new TreeSet<>(typed.numbers("grades"));
        if (!known.containsAll(chosen)) no.add(new DutyRefused.Plain("duty.special.refused.grades", "grades"));
        if (!no.isEmpty()) return Outcome.refused(no);
        return Outcome.done(new SpecialDay(id, school, on.orElseThrow(), kind, end.orElseThrow(), List.copyOf(times), chosen.size() == known.size() ? Set.of() : chosen, deadline.orElseThrow(), unanswered, false));
    }
}
