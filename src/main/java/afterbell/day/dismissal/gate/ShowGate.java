package afterbell.day.dismissal.gate;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.dismissal.GoingHomeLimits;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What stands on the list at the gate. */
@Component
class ShowGate {
    private static final int MOST = 60;
    private static final int MOST_FOUND = 12;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    private final Sight sight;
    private final LeavingStore store;
    private final ChildDays days;
    private final Roster roster;
    private final GoingHomeLimits limits;
    private final Clock clock;

    ShowGate(Sight sight, LeavingStore store, ChildDays days, Roster roster, GoingHomeLimits limits, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.days = days;
        this.roster = roster;
        this.limits = limits;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    GatePage list(Wearer me, String typed, List<? extends Refusal> refusals) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        Sight.Seen seen = sight.of(me, day);
        List<Leaving> waiting = store.over(me.school(), day, now, seen.only(), MOST + 1);
        List<Leaving> found = List.of();
        if (!typed.isBlank())
            found = store.some(me.school(), day, roster.search(me.school(), typed, MOST_FOUND).stream().map(Pupil::id).toList()).stream()
                    .filter(c -> seen.may(c))
                    .toList();
        Duration before = limits.line(me.school(), day);
        return new GatePage(
                store.lines(me.school(), day, now.plus(before), seen.duty().sessions(), seen.only()), before.toMinutes(), seen.all() && typed.isBlank() ? store.rides(me.school(), day, null) : List.of(), waiting.stream().limit(MOST).toList(), waiting.size() > MOST, typed.strip(), found, seen.staff(), seen.all(), refusals);
    }

    /** The page of a child that has left; empty for one that is still here. */
    @Transactional(readOnly = true)
    Optional<LeftPage> left(Wearer me, UUID pupil, String typed, List<? extends Refusal> refusals) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        ChildStanding now = days.standings(me.school(), day, List.of(pupil)).get(pupil);
        if (now == null || !now.state().left()) return Optional.empty();
        Sight.Seen seen = sight.of(me, day);
        boolean mine = seen.all() || me.classes().contains(now.schoolClass()) || seen.staff() != null && now.custodians().contains(seen.staff());
        if (!mine) return Optional.empty();
        Pupil child = roster.pupil(me.school(), pupil);
        return Optional.of(new LeftPage(pupil, child.name(), child.className(), now.state().code(), HOUR.format(now.since().atZone(Screen.ZONE)), now.state() == ChildStanding.State.COLLECTED ? store.taker(me.school(), day, pupil).orElse("") : "", typed, true, refusals));
    }

    @Transactional(readOnly = true)
    String name(Wearer me, UUID pupil) {
        return roster.pupil(me.school(), pupil).name();
    }
}
