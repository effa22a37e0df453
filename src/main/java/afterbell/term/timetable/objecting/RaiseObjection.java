package afterbell.term.timetable.objecting;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.term.timetable.Objections;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A family says what is wrong, as long as the result stands for objection. */
@Component
class RaiseObjection {
    private final Objections objections;
    private final CommandKeys keys;
    private final Clock clock;

    RaiseObjection(Objections objections, CommandKeys keys, Clock clock) {
        this.objections = objections;
        this.keys = keys;
        this.clock = clock;
    }

    @Transactional
    Outcome<UUID> raise(UUID school, UUID term, UUID child, String about, UUID by, UUID key) {
        Instant at = clock.instant();
        Objections.Publication result = objections.published(school, term).orElseThrow(NotFound::new);
        if (!Objections.ABOUT.contains(about)) return Outcome.refused(new Refusal.Simple("timetable.objection.refused.about", "about", List.of()));
        if (!result.openAt(at)) return Outcome.refused(new Refusal.Simple("timetable.objection.refused.over", "about", List.of()));
        keys.once(key, school + "|" + child + "|" + about, () -> {
            objections.raise(school, term, child, about, by, at);
            return about;
        });
        return Outcome.done(child);
    }
}
