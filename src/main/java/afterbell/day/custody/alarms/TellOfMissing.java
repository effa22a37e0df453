package afterbell.day.custody.alarms;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.CustodyEvent;
import afterbell.day.custody.childday.Alarm;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Post;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A child that is looked for (R83): class teacher and guardians hear it at once, the duty leader with the first step of the rules, office and principal with the
 * second and each further one, each step once.
 */
@Component
class TellOfMissing {
    private final Notices notices;
    private final Roster roster;
    private final Duties duties;

    TellOfMissing(Notices notices, Roster roster, Duties duties) {
        this.notices = notices;
        this.roster = roster;
        this.duties = duties;
    }

    @EventListener
    void on(CustodyEvent.Rung rung) {
        if (rung.kind() != Alarm.Kind.MISSING) return;
        Pupil child = roster.pupil(rung.school(), rung.pupil());
        Day day = duties.day(rung.school(), rung.day());
        Set<PostKey> posts = rung.level() == 0 ? Set.of(new PostKey(PostKind.CLASS, child.schoolClass())) : Set.of(new PostKey(PostKind.CLASS, child.schoolClass()), PostKey.LEADER);
        Set<UUID> people = day.posts().stream().filter(p -> posts.contains(p.key()) && p.account() != null).map(Post::account).collect(Collectors.toSet());
        String once = "missing/" + rung.pupil() + "/" + rung.since() + "/" + rung.level();
        if (!people.isEmpty()) notices.tell(new NewNotice(rung.school(), "custody.missing", Words.of("custody.notice.missing_staff", child.className()), "/board/children/" + child.id(), new Audience.People(people)).urgently().about(rung.pupil()).once(once + "/staff"));
        if (rung.level() >= 2)
            notices.tell(new NewNotice(rung.school(), "custody.missing", Words.of("custody.notice.missing_staff", child.className()), "/board/children/" + child.id(), new Audience.Staff(Set.of(Role.OFFICE, Role.PRINCIPAL)))
                    .urgently()
                    .about(rung.pupil())
                    .once(once + "/school"));
        if (rung.level() == 0)
            notices.tell(new NewNotice(rung.school(), "custody.missing", Words.of("custody.notice.missing"), "/children/" + rung.pupil() + "/today", new Audience.Children(Set.of(rung.pupil()))).urgently().about(rung.pupil()).once(once));
    }
}
