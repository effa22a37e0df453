package afterbell.desk.desk.board;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Who may look at the board: whoever leads the day, by role or by today's post, and acts; office and principal, who only look. */
@Component
class Looking {
    private final Duties duties;
    private final Clock clock;

    Looking(Duties duties, Clock clock) {
        this.duties = duties;
        this.clock = clock;
    }

    /** @return whether the person leads the day @throws NotFound for whoever has no business here */
    boolean leads(Wearer me) {
        if (me.is(Role.DUTY_LEADER) || duties.onPost(me.school(), today(), me.account(), PostKey.LEADER)) return true;
        if (me.is(Role.OFFICE, Role.PRINCIPAL)) return false;
        throw new NotFound();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
