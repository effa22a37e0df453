package afterbell.day.safety;

import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells one colleague at once that something waits for him; the text names nobody. */
@Component
public class Told {
    private final Notices notices;

    Told(Notices notices) {
        this.notices = notices;
    }

    /**
     * @param what last part of the message key {@code safety.notice.<what>} and of the notice's kind
     * @return false where the person has no account and must be telephoned
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean colleague(UUID school, People.Member who, String what, String link, UUID about, String once) {
        UUID account = who.account();
        if (account == null) return false;
        notices.tell(new NewNotice(school, "safety." + what, Words.of("safety.notice." + what), link, new Audience.People(Set.of(account))).urgently().about(about).once(once));
        return true;
    }
}
