package afterbell.day.dismissal.gate;

import afterbell.base.identity.PersonName;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.dismissal.Passes;
import afterbell.day.dismissal.Release;
import afterbell.day.dismissal.Strangers;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody asks for a child and is not on its list. The gate gets the same sentence whoever it is: the duty leader comes. Only the duty leader reads whether a
 * paper keeps this person away (law 9).
 */
@Component
class AskFor {
    private final Release release;
    private final Strangers strangers;
    private final CommandKeys keys;

    AskFor(Release release, Strangers strangers, CommandKeys keys) {
        this.release = release;
        this.strangers = strangers;
        this.keys = keys;
    }

    @Transactional
    Outcome<UUID> child(Wearer me, UUID pupil, String typed, UUID key) {
        String name = PersonName.clean(typed);
        if (!PersonName.good(name)) return Outcome.refused(new Refusal.Simple("dismissal.refused.name", "name", List.of(PersonName.LONGEST)));
        release.handing(me, pupil);
        String id = keys.once(key, "dismissal.stranger " + pupil + " " + name, () -> strangers.named(me, pupil, name).toString());
        return Outcome.done(UUID.fromString(id));
    }

    /** The same of somebody whose card or phone has just been read: nobody types a name. */
    @Transactional
    Outcome<UUID> bearer(Wearer me, UUID pupil, String shown, UUID key) {
        Release.Handing handing = release.handing(me, pupil);
        return switch (release.shown(me, shown)) {
            case Passes.Shown.Known known when known.pupil().equals(pupil) -> {
                keys.once(key, "dismissal.bearer " + pupil + " " + known.adult(), () -> {
                    strangers.shown(me, pupil, known.adult(), handing.ways().barred().contains(known.adult()));
                    return "told";
                });
                yield Outcome.done(known.adult());
            }
            case Passes.Shown.Known _ -> Outcome.refused(new Refusal.Simple("dismissal.refused.card_other_child", "name", List.of()));
            case Passes.Shown.Refused(String why) -> Outcome.refused(new Refusal.Simple(why, "name", List.of()));
        };
    }
}
