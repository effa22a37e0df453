package afterbell.base.calendar;

import java.util.UUID;

/**
 * A later room that keeps something derived from the days, bells, plan or places of a term, such as the dated sessions. Whoever changes one of these calls
 * {@link TermFollowers} at the end of the act: the follower's own command runs in the same transaction and scope, so that nobody ever reads the one without
 * the other (law 7: this is no event, and the order is the order of the calls).
 */
public interface TermFollower {

    /** Brings what is kept of the term up to date. Again is harmless; a term of which nothing is kept yet stays so. */
    void follow(UUID school, UUID term);
}
