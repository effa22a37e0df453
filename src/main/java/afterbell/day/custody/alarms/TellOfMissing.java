package afterbell.day.custody.alarms;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Choices.Hearer;
import afterbell.day.custody.Alerting;
import afterbell.day.custody.CustodyEvent;
import afterbell.day.custody.childday.Alarm;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.List;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A child that is looked for (R83): who hears of each step say the rules, and each step is told once. */
@Component
class TellOfMissing {
    private final Notices notices;
    private final Roster roster;
    private final Alerting alerting;

    TellOfMissing(Notices notices, Roster roster, Alerting alerting) {
        this.notices = notices;
        this.roster = roster;
        this.alerting = alerting;
    }

    @EventListener
    void on(CustodyEvent.Rung rung) {
        if (rung.kind() != Alarm.Kind.MISSING) return;
        Set<Hearer> who = alerting.ofSearch(rung.school(), rung.day(), rung.level());
        Pupil child = roster.pupil(rung.school(), rung.pupil());
        String once = "missing/" + rung.pupil() + "/" + rung.since() + "/" + rung.level();
        for (Audience audience : alerting.staff(rung.school(), rung.day(), who, List.of(child.schoolClass())))
            notices.tell(new NewNotice(rung.school(), "custody.missing", Words.of("custody.notice.missing_staff", child.className()), "/board/children/" + child.id(), audience)
                    .urgently()
                    .about(rung.pupil())
                    .once(once + (audience instanceof Audience.People ? "/staff" : "/school")));
        if (who.contains(Hearer.GUARDIANS))
            notices.tell(new NewNotice(rung.school(), "custody.missing", Words.of("custody.notice.missing"), "/children/" + rung.pupil() + "/today", new Audience.Children(Set.of(rung.pupil()))).urgently().about(rung.pupil()).once(once));
    }
}
