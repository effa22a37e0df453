package afterbell.day.custody.family;

import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Leaves.Leave;
import afterbell.day.custody.LineWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A child's afternoon for its family.
 *
 * @param line null on a day without service
 * @param walking how far its line is, or null
 * @param closes until when leave for today can be told here; null where it no longer can
 * @param others brothers and sisters of the same school, for whom the same leave can be told
 * @param typed as typed, where it was refused
 */
public record ChildDayPage(
        Pupil child, LocalDate today, @Nullable DayLine line, LineWords.@Nullable Word walking, @Nullable Instant closes, List<Leave> leaves, List<Pupil> others, Typed typed, List<? extends Refusal> refusals) {

    record Typed(String from, String until, Set<String> weekdays, Set<String> children, String late) {}

    /** As typed; else the first day for which leave can still be told here. */
    public String from() {
        return typed.from().isEmpty() ? (line != null && closes == null ? today.plusDays(1) : today).toString() : typed.from();
    }

    public String until() {
        return typed.until();
    }

    public String late() {
        return typed.late();
    }

    public Set<String> weekdays() {
        return typed.weekdays();
    }

    public Set<String> chosen() {
        return typed.children();
    }

    public String href() {
        return "/children/" + child.id();
    }

    public static List<Choice> days(Screen screen) {
        return IntStream.rangeClosed(1, 5).mapToObj(d -> Choice.of(Integer.toString(d), screen.weekday(d))).toList();
    }

    public List<Choice> siblings() {
        return others.stream().map(p -> Choice.of(p.id().toString(), p.name())).toList();
    }
}
