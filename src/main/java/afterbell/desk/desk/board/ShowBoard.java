package afterbell.desk.desk.board;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import afterbell.desk.desk.board.BoardPage.Shown;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads a school's board, under whatever staff's scope it is asked. */
@Component
class ShowBoard {
    /** Sessions that begin within this many minutes are shown beside those that run. */
    private static final int SOON = 20;

    private final BoardStore store;
    private final Rules rules;
    private final Clock clock;

    ShowBoard(BoardStore store, Rules rules, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Shown of(UUID school) {
        Instant at = clock.instant();
        ZonedDateTime here = at.atZone(Screen.ZONE);
        LocalDate day = here.toLocalDate();
        LocalTime now = here.toLocalTime();
        LocalTime soon = now.isAfter(LocalTime.of(23, 0)) ? LocalTime.MAX : now.plusMinutes(SOON);
        BoardStore.Read read = store.read(school, day, now, soon);
        int limit = rules.value(school, day, Rule.DUTY_PUPILS_PER_TEACHER);
        int walking = rules.value(school, day, Rule.ROLL_WALKING_MINUTES);
        return new Shown(new Board(at, day, read.counts(), read.reds(), read.more(), read.rooms(), read.posts().open(), read.posts().led(), limit, read.posts().cleared()), walking);
    }
}
