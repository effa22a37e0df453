package afterbell.day.dismissal.waves;

import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.LeavingStore.Line;
import afterbell.day.dismissal.Sight;
import afterbell.day.dismissal.waves.WavesPage.Wave;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** No child stands here by name, so whoever works in the afternoon sees all lines. */
@Component
class ShowWaves {
    /** The rest of the day. */
    private static final Duration LATEST = Duration.ofHours(12);

    private final Sight sight;
    private final LeavingStore store;
    private final Clock clock;

    ShowWaves(Sight sight, LeavingStore store, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    WavesPage page(Wearer me) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        Sight.Seen seen = sight.of(me, day);
        record At(Instant leaves, String gate) {}
        Map<At, List<Line>> byTime = store.lines(me.school(), day, now.plus(LATEST), seen.duty().sessions(), null).stream()
                .collect(Collectors.groupingBy(l -> new At(l.leaves(), l.gate()), LinkedHashMap::new, Collectors.toList()));
        return new WavesPage(byTime.entrySet().stream().map(e -> new Wave(e.getKey().leaves(), e.getKey().gate(), e.getValue())).toList(), seen.staff());
    }
}
