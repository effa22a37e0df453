package afterbell.day.dismissal.gate;

import afterbell.base.audit.Audit;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.WayHome;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.DismissalEvent;
import afterbell.day.dismissal.Release;
import afterbell.day.dismissal.Sight;
import afterbell.day.duty.PostKey;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody asks for a child and is not on its list. The gate gets the same sentence whoever it is: the duty leader comes. Only the duty leader reads whether a
 * paper keeps this person away (law 9).
 */
@Component
class AskFor {
    private final Release release;
    private final Sight sight;
    private final WayHome wayHome;
    private final Notices notices;
    private final Audit audit;
    private final CommandKeys keys;
    private final PersonalData personal;
    private final JdbcClient sql;
    private final Ids ids;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AskFor(Release release, Sight sight, WayHome wayHome, Notices notices, Audit audit, CommandKeys keys, PersonalData personal, JdbcClient sql, Ids ids, ApplicationEventPublisher events, Clock clock) {
        this.release = release;
        this.sight = sight;
        this.wayHome = wayHome;
        this.notices = notices;
        this.audit = audit;
        this.keys = keys;
        this.personal = personal;
        this.sql = sql;
        this.ids = ids;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    Outcome<UUID> child(Wearer me, UUID pupil, String typed, UUID key) {
        String name = PersonName.clean(typed);
        if (!PersonName.good(name)) return Outcome.refused(new Refusal.Simple("dismissal.refused.name", "name", List.of(PersonName.LONGEST)));
        release.handing(me, pupil);
        String id = keys.once(key, "dismissal.stranger " + pupil + " " + name, () -> tell(me, pupil, name).toString());
        return Outcome.done(UUID.fromString(id));
    }

    private UUID tell(Wearer me, UUID pupil, String name) {
        UUID id = ids.next();
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        boolean keptAway = wayHome.keptAway(me.school(), pupil, name);
        byte[] own = personal.newKey();
        sql.sql("""
                insert into dismissal.stranger (school_id, stranger_id, day, pupil_id, person_key, name_sealed, kept_away, asked_at, told_by)
                values (:s, :id, :d, :p, :k, :n, :kept, :at, :by)
                """)
                .param("s", me.school())
                .param("id", id)
                .param("d", day)
                .param("p", pupil)
                .param("k", own)
                .param("n", personal.seal(own, name))
                .param("kept", keptAway)
                .param("at", Timestamp.from(now))
                .param("by", me.account())
                .update();
        events.publishEvent(new DismissalEvent.StrangerAsks(me.school(), day, pupil));
        audit.record(me.school(), "dismissal.stranger_asked", "pupil", pupil, Map.of("stranger", id));
        Optional<UUID> leader = sight.of(me, day).duty().posts().stream().filter(p -> p.key().equals(PostKey.LEADER) && p.account() != null).map(p -> p.account()).findFirst();
        Audience audience = leader.<Audience>map(l -> new Audience.People(Set.of(l))).orElse(new Audience.Staff(Set.of(Role.DUTY_LEADER)));
        notices.tell(new NewNotice(me.school(), "dismissal.stranger", Words.of("dismissal.notice.stranger"), "/clearing", audience).urgently().about(id));
        return id;
    }
}
