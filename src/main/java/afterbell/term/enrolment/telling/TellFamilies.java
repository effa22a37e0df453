package afterbell.term.enrolment.telling;

import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.term.enrolment.EnrolmentEvent;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells in the transaction of what happened, so that nothing is told that did not happen, and nothing that happened stays untold. */
@Component
class TellFamilies {
    private final Enrolments enrolments;
    private final UnansweredStore store;
    private final Notices notices;

    TellFamilies(Enrolments enrolments, UnansweredStore store, Notices notices) {
        this.enrolments = enrolments;
        this.store = store;
        this.notices = notices;
    }

    @EventListener
    void on(EnrolmentEvent.RoundOpened opened) {
        Round round = enrolments.round(opened.school(), opened.round());
        Words words = Words.of("enrolment.notice.opened", round.name(), round.opensAt(), round.closesAt());
        notices.tell(new NewNotice(opened.school(), "enrolment.round_opened", words, "/sheets", new Audience.WholeSchool()).about(round.id()).once("round-opened/" + round.id()));
    }

    @EventListener
    void on(EnrolmentEvent.RoundExtended extended) {
        Round round = enrolments.round(extended.school(), extended.round());
        Words words = Words.of("enrolment.notice.extended", round.name(), round.closesAt());
        notices.tell(new NewNotice(extended.school(), "enrolment.round_extended", words, "/sheets", new Audience.WholeSchool()).about(round.id()).once("round-extended/" + round.id() + "/" + round.closesAt().getEpochSecond()));
    }

    /** The family hears of each entry that the school made in its place, with the way to object. */
    @EventListener
    void on(EnrolmentEvent.EnteredForFamily entered) {
        String link = "/children/" + entered.pupil() + "/sheet/" + entered.round();
        notices.tell(new NewNotice(entered.school(), "enrolment.entered_for_family", Words.of("enrolment.notice.entered"), link, new Audience.Children(Set.of(entered.pupil()), true)).about(entered.round()));
    }

    /** Once per round and end, to the families that have not answered. The text may go into class groups: it names nobody. */
    @Transactional
    public int remind(UUID school, Instant now, Instant until) {
        int told = 0;
        for (Round round : enrolments.rounds(school)) {
            if (!round.takesAnswersAt(now) || round.closesAt().isAfter(until)) continue;
            Set<UUID> unanswered = store.unanswered(school, round.id());
            if (unanswered.isEmpty()) continue;
            Words words = Words.of("enrolment.notice.closing", round.name(), round.closesAt());
            NewNotice notice = new NewNotice(school, "enrolment.round_closing", words, "/sheets", new Audience.Children(unanswered, true)).about(round.id()).once("round-closing/" + round.id() + "/" + round.closesAt().getEpochSecond()).asGroup();
            if (notices.tell(notice).isPresent()) told++;
        }
        return told;
    }
}
