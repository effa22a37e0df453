package afterbell.day.duty.days;

import afterbell.base.shared.Refusal;
import afterbell.day.duty.Line;
import afterbell.day.duty.PostKind;
import java.time.LocalDate;
import java.util.List;

/**
 * Who answers for what on a day.
 *
 * @param outdoor sessions held outdoors that have not ended
 * @param drops acts by which sessions were dropped, and whether each can be taken back
 * @param mayChange may change it, as against read it
 */
public record DayPage(LocalDate day, LocalDate today, List<Line> lines, int outdoor, List<Dropped> drops, boolean mayChange, List<? extends Refusal> refusals) {

    public record Dropped(String action, String reason, String names, boolean mayUndo) {}

    public List<Line> open() {
        return lines.stream().filter(Line::open).toList();
    }

    public List<Line> of(PostKind... kinds) {
        List<PostKind> wanted = List.of(kinds);
        return lines.stream().filter(l -> wanted.contains(l.post().key().kind())).toList();
    }

    public List<Line> clubs() {
        return lines.stream().filter(Line::club).toList();
    }

    public List<Line> care() {
        return of(PostKind.SESSION).stream().filter(l -> !l.club()).toList();
    }

    public List<Line> places() {
        return of(PostKind.LEADER, PostKind.ADMIN, PostKind.LATE, PostKind.GATE, PostKind.PATROL);
    }

    public List<Line> classes() {
        return of(PostKind.CLASS);
    }
}
