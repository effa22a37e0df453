package afterbell.term.enrolment;

import java.time.Instant;
import java.util.UUID;

/**
 * A wish to save a sheet.
 *
 * @param basedOn version of the sheet that the person saw; 0 where there was none
 * @param by the account that saves
 * @param forFamily whether the school types it for the family
 * @param finish whether the person says it is done: then a yes without a day is refused
 * @param key idempotency key of the command
 * @param at when the request reached the school: the instant that decides whether the round was still open
 */
public record SheetCommand(UUID school, UUID child, UUID round, Sheet asked, int basedOn, UUID by, boolean forFamily, boolean finish, UUID key, Instant at) {

    String fingerprint() {
        return school + "|" + child + "|" + round + "|" + asked + "|" + forFamily + "|" + finish;
    }
}
