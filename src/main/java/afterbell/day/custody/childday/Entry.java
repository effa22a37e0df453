package afterbell.day.custody.childday;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;

/**
 * One link of the chain.
 *
 * @param id the command's key: the same key twice is the same entry (law 6)
 * @param at when it happened, by the teller's clock as corrected by the server
 * @param recorded when the server wrote it down
 * @param by the account that said so
 * @param doubts what was wrong with it when it was recorded, though it had already happened; red until a duty leader accounts for the child
 */
public record Entry(UUID id, Instant at, Instant recorded, UUID by, Fact fact, Set<Doubt> doubts) {

    /** Why a release that had already happened should not have. */
    public enum Doubt {
        /** The collector is not among those whom a guardian named. */
        NOT_A_COLLECTOR,
        /** The collector is barred by a document that the office holds. */
        BARRED,
        /** No guardian's consent covers the day. */
        NO_CONSENT
    }

    /** A teller's clock may run ahead by this much before the server's own time is taken instead. */
    public static final Duration AHEAD = Duration.ofMinutes(2);

    /** The order in which entries are understood, whatever the order in which they arrived: by time, then by what follows from what, then by id. */
    static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(entry -> rank(entry.fact())).thenComparing(Entry::id);

    public Entry {
        doubts = Set.copyOf(doubts);
    }

    /** An entry of now whose time cannot lie in the server's future. */
    static Entry told(UUID id, Instant at, Instant now, UUID by, Fact fact, Set<Doubt> doubts) {
        return new Entry(id, at.isAfter(now.plus(AHEAD)) ? now : at, now, by, fact, doubts);
    }

    private static int rank(Fact fact) {
        return switch (fact) {
            case Fact.Away _, Fact.Arrived _ -> 0;
            case Fact.Excused _, Fact.ExcuseLifted _ -> 1;
            case Fact.Missed _ -> 2;
            case Fact.Sent _ -> 3;
            case Fact.Counted _, Fact.CameBack _ -> 4;
            case Fact.CalledOut _ -> 5;
            case Fact.Traced _ -> 6;
            case Fact.KeptLate _ -> 7;
            case Fact.Collected _, Fact.WithLine _, Fact.WalkedHome _ -> 8;
            case Fact.Accounted _ -> 9;
            case Fact.Undone _, Fact.Swiped _ -> 10;
        };
    }
}
