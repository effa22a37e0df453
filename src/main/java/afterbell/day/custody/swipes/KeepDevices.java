package afterbell.day.custody.swipes;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Hashes;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The office's side of the gates: makes a device's key, takes it back, says whose card it is. */
@Component
class KeepDevices {
    static final int LONGEST_NAME = 40;
    static final int MOST_CARDS = 50;
    private static final int MOST_FOUND = 8;
    /** So that a key in a log or a repository can be recognised by those who look for such things. */
    private static final String PREFIX = "abd_";

    private final SecureRandom random = new SecureRandom();
    private final SwipeStore store;
    private final Roster roster;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    KeepDevices(SwipeStore store, Roster roster, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.roster = roster;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public DevicesPage devices(UUID school, String fresh, String name, List<? extends Refusal> refusals) {
        return new DevicesPage(store.devices(school), store.unknownCards(school), fresh, name, refusals);
    }

    /** Makes a device and returns its key in clear, which is known nowhere else. */
    @Transactional
    public Outcome<String> add(Wearer me, String name) {
        String clean = name.strip();
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) return Outcome.refused(new Refusal.Simple("custody.device.refused.name", "name", List.of(LONGEST_NAME)));
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        UUID device = ids.next();
        store.add(me.school(), device, clean, Hashes.of(key), me.account(), clock.instant());
        audit.record(me.school(), "custody.device_made", "device", device, Map.of());
        return Outcome.done(key);
    }

    @Transactional
    public void revoke(Wearer me, UUID device) {
        if (!store.revoke(me.school(), device, me.account(), clock.instant())) throw new NotFound();
        audit.record(me.school(), "custody.device_revoked", "device", device, Map.of());
    }

    @Transactional(readOnly = true)
    public CardsPage cards(UUID school, @Nullable UUID asked, String who, List<? extends Refusal> refusals) {
        List<Choice> choices = asked == null || who.isBlank() ? List.of() : roster.search(school, who, MOST_FOUND).stream().map(p -> Choice.of(p.id().toString(), p.name() + " " + p.className())).toList();
        return new CardsPage(store.unknown(school, MOST_CARDS), store.unknownCards(school), asked, who, choices, refusals);
    }

    /**
     * Says whose card it is: by the child's id, or by a name that only one child has. What the card swiped today is told to the child's chain then.
     *
     * @return the child's name
     */
    @Transactional
    public Outcome<String> link(Wearer me, UUID unknown, String who, String pupil) {
        SwipeStore.Unknown card = store.unknown(me.school(), unknown).orElseThrow(NotFound::new);
        Pupil child;
        if (pupil.isEmpty()) {
            List<Pupil> found = who.isBlank() ? List.of() : roster.search(me.school(), who, MOST_FOUND);
            if (found.isEmpty()) return Outcome.refused(new Refusal.Simple("custody.card.refused.none", "who", List.of()));
            if (found.size() > 1) return Outcome.refused(new Refusal.Simple("custody.card.refused.several", "who", List.of(found.size())));
            child = found.getFirst();
        } else {
            child = roster.pupil(me.school(), Ids.parse(pupil).orElseThrow(NotFound::new));
        }
        Instant now = clock.instant();
        store.link(me.school(), card, child.id(), me.account(), now, LocalDate.ofInstant(now, Screen.ZONE).atStartOfDay(Screen.ZONE).toInstant());
        audit.record(me.school(), "custody.card_linked", "pupil", child.id(), Map.of());
        return Outcome.done(child.name());
    }
}
