package afterbell.day.dismissal;

import afterbell.base.audit.Audit;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.WayHome;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.PostKey;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody asks for a child and is not on its list, by a name that the gate typed or by a card or code of his own: it is written down, and the duty leader is
 * called. Whether a paper keeps this person away is read by the duty leader alone (law 9).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Strangers {
    private final Sight sight;
    private final WayHome wayHome;
    private final Notices notices;
    private final Audit audit;
    private final PersonalData personal;
    private final JdbcClient sql;
    private final Ids ids;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Strangers(Sight sight, WayHome wayHome, Notices notices, Audit audit, PersonalData personal, JdbcClient sql, Ids ids, ApplicationEventPublisher events, Clock clock) {
        this.sight = sight;
        this.wayHome = wayHome;
        this.notices = notices;
        this.audit = audit;
        this.personal = personal;
        this.sql = sql;
        this.ids = ids;
        this.events = events;
        this.clock = clock;
    }

    /** Calls the duty leader to somebody whom the gate asked for his name. */
    public UUID named(Wearer me, UUID pupil, String name) {
        return tell(me, pupil, name, wayHome.keptAway(me.school(), pupil, name));
    }

    /** Calls the duty leader to somebody whom the school's lists know, who has shown a card or code and may not take the child. Shown again before he came it changes nothing. */
    public void shown(Wearer me, UUID pupil, UUID adult, boolean barred) {
        String name = wayHome.name(me.school(), adult).orElse("");
        if (!awaited(me.school(), pupil, name)) tell(me, pupil, name, barred || wayHome.keptAway(me.school(), pupil, name));
    }

    /** Whether the duty leader has been called to this person for this child and has not come yet. */
    private boolean awaited(UUID school, UUID pupil, String name) {
        return sql.sql("""
                select t.person_key, t.name_sealed from dismissal.stranger t left join dismissal.stranger_seen n on n.school_id = t.school_id and n.stranger_id = t.stranger_id
                where t.school_id = :s and t.day = :d and t.pupil_id = :p and n.stranger_id is null
                """)
                .param("s", school)
                .param("d", LocalDate.ofInstant(clock.instant(), Screen.ZONE))
                .param("p", pupil)
                .query((r, n) -> personal.open(r.getBytes(1), r.getBytes(2)))
                .list()
                .stream()
                .anyMatch(other -> PersonName.same(other, name));
    }

    private UUID tell(Wearer me, UUID pupil, String name, boolean keptAway) {
        UUID id = ids.next();
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
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
