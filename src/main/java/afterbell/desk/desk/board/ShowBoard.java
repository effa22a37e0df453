package afterbell.desk.desk.board;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Trial;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKind;
import afterbell.desk.desk.board.BoardPage.Shown;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads a school's board, under whatever staff's scope it is asked. */
@Component
class ShowBoard {
    /** Sessions that begin within this many minutes are shown beside those that run. */
    private static final int SOON = 20;

    private final BoardStore store;
    private final Duties duties;
    private final Rules rules;
    private final Trial trial;
    private final Clock clock;

    ShowBoard(BoardStore store, Duties duties, Rules rules, Trial trial, Clock clock) {
        this.store = store;
        this.duties = duties;
        this.rules = rules;
        this.trial = trial;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Shown of(UUID school) {
        Instant at = clock.instant();
        ZonedDateTime here = at.atZone(Screen.ZONE);
        LocalDate day = here.toLocalDate();
        LocalTime now = here.toLocalTime();
        LocalTime soon = now.isAfter(LocalTime.of(23, 0)) ? LocalTime.MAX : now.plusMinutes(SOON);
        Day duty = new Day(day, duties.posts(school, day, day), null);
        Map<UUID, UUID> sessions = duty.posts().stream()
                .filter(p -> p.key().kind() == PostKind.SESSION && p.staff() != null)
                .collect(Collectors.toMap(p -> Objects.requireNonNull(p.key().ref()), p -> Objects.requireNonNull(p.staff())));
        int open = (int) duty.open().stream().filter(p -> p.key().kind() == PostKind.SESSION || p.key().kind() == PostKind.CLASS).count();
        BoardStore.Read read = store.read(school, day, now, soon, new BoardStore.Standing(duty.leader().orElse(null), sessions, open));
        int limit = rules.value(school, day, Rule.DUTY_PUPILS_PER_TEACHER);
        int walking = rules.value(school, day, Rule.ROLL_WALKING_MINUTES);
        return new Shown(new Board(at, day, read.counts(), read.asked(), read.reds(), read.more(), read.rooms(), open, duty.leader().isPresent(), limit, read.cleared()), walking, trial.on(school, day));
    }
}
