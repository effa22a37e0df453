package afterbell.day.custody;

import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.childday.Entry;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Plans and chains that this node read or wrote last, so that a class that is rolled again is not read again. Nothing here is believed by itself: a chain only
 * grows, so one of as many entries as the row says that the asking transaction has locked is the chain, and a plan of the row's number is its plan. Only what is
 * committed gets in; what another node has written since makes the numbers differ.
 */
@Component
class KnownChains {
    private static final int MOST = 10_000;

    private final Map<Child, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Child, Known> eldest) {
            return size() > MOST;
        }
    });

    private record Child(UUID school, LocalDate day, UUID pupil) {}

    /** What holds of a child on a day, its clock aside. @param planned how often its plan has changed */
    record Known(UUID schoolClass, DayPlan plan, int planned, List<Entry> entries) {}

    /** Null where this node has not read the child, or somebody has told something of it since. */
    @Nullable Known of(UUID school, LocalDate day, CustodyStore.Locked now) {
        @Nullable Known last = known.get(new Child(school, day, now.pupil()));
        return last != null && last.planned() == now.planned() && last.entries().size() == now.entries() ? last : null;
    }

    /** What this node remembers of all of them, to be believed only where the rows say the same; empty where it does not remember each one. */
    Map<UUID, Known> ofAll(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<UUID, Known> all = new LinkedHashMap<>();
        for (UUID pupil : pupils) {
            @Nullable Known last = known.get(new Child(school, day, pupil));
            if (last == null) return Map.of();
            all.put(pupil, last);
        }
        return all;
    }

    /** To be remembered as soon as it is true for everybody. */
    void afterCommit(UUID school, LocalDate day, Map<UUID, Known> told) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                told.forEach((pupil, now) -> known.put(new Child(school, day, pupil), now));
            }
        });
    }
}
