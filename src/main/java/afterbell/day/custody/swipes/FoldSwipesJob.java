package afterbell.day.custody.swipes;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Several times a second: one look for the whole node, then the schools whose gates have sent something. Nodes share the work; a school that fails rests and stops no other. */
@Component
class FoldSwipesJob {
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final Duration REST = Duration.ofSeconds(10);

    private final FoldSwipes folding;
    private final Map<UUID, Long> resting = new ConcurrentHashMap<>();

    FoldSwipesJob(SwipeStore store, FoldSwipes folding, EverySchool schools, Rounds rounds, Clock clock) {
        this.folding = folding;
        rounds.every("swipes", EVERY, () -> schools.run("swipes", () -> store.schoolsWaiting(clock.instant()), this::fold));
    }

    private void fold(UUID school) {
        long until = resting.getOrDefault(school, Long.MIN_VALUE);
        if (until != Long.MIN_VALUE && System.nanoTime() - until < 0) return;
        try {
            while (folding.fold(school) >= FoldSwipes.MOST) Thread.onSpinWait();
            resting.remove(school);
        } catch (RuntimeException e) {
            resting.put(school, System.nanoTime() + REST.toNanos());
            throw e;
        }
    }
}
