package afterbell.day.custody.swipes;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.day.custody.swipes.SwipeStore.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells swipes to the chains, in the minute in which they happened, however late they came. A set at a time: whatever the number of swipes, each day they are of
 * costs the same few statements. Key of an entry is device and number, so a swipe told twice is one entry.
 */
@Component
public class FoldSwipes {
    static final int MOST = 10_000;
    /** Older ones are kept as evidence and told to nobody. */
    private static final int DAYS = 7;
    /** Swipes of today wait so long at a time for the day to be opened: longer where it is not for a long time, such as on a Saturday. */
    private static final Duration LATER = Duration.ofSeconds(20);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final SwipeStore store;
    private final ChildDays days;
    private final Clock clock;

    FoldSwipes(SwipeStore store, ChildDays days, Clock clock) {
        this.store = store;
        this.days = days;
        this.clock = clock;
    }

    /** @return how many waited; at least {@link #MOST} where there may be more */
    @Transactional
    public int fold(UUID school) {
        if (!store.mine(school)) return 0;
        Instant now = clock.instant();
        List<Waiting> waiting = store.take(school, now, MOST);
        if (waiting.isEmpty()) return 0;
        LocalDate oldest = day(now).minusDays(DAYS);
        Map<LocalDate, List<Waiting>> known = waiting.stream().filter(w -> w.pupil() != null && !day(w.at()).isBefore(oldest)).collect(Collectors.groupingBy(w -> day(w.at()), TreeMap::new, Collectors.toList()));
        known.forEach((day, swipes) -> {
            // Before the day is opened nobody is expected; what came in the morning must not be forgotten by then.
            if (!day.isBefore(day(now)) && !days.isOpen(school, day)) {
                store.later(school, swipes, now, now.plus(patience(swipes, now)));
                return;
            }
            // A child whom the day doesn't know is expected nowhere: its swipe is kept and says nothing.
            Set<UUID> expected = days.standings(school, day, swipes.stream().map(w -> Objects.requireNonNull(w.pupil())).collect(Collectors.toSet())).keySet();
            days.tell(school, day, swipes.stream().filter(w -> expected.contains(w.pupil())).map(FoldSwipes::told).toList());
        });
        store.unknown(school, waiting.stream().filter(w -> w.pupil() == null).toList());
        return waiting.size();
    }

    private static Duration patience(List<Waiting> swipes, Instant now) {
        Duration age = swipes.stream().map(Waiting::at).min(Instant::compareTo).map(at -> Duration.between(at, now).dividedBy(4)).orElse(LATER);
        return age.compareTo(LATER) < 0 ? LATER : age.compareTo(LONGEST) > 0 ? LONGEST : age;
    }

    private static ToldOf told(Waiting w) {
        UUID key = UUID.nameUUIDFromBytes((w.device() + "/" + w.seq()).getBytes(StandardCharsets.UTF_8));
        return new ToldOf(Objects.requireNonNull(w.pupil()), new Telling(key, w.at(), new Teller(w.device(), Set.of(Teller.Duty.DEVICE)), new Fact.Swiped(w.device(), w.out()), true));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, Screen.ZONE);
    }
}
