package afterbell.desk.desk.board;

import afterbell.base.shared.web.TaskSource.State;
import afterbell.day.custody.childday.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a school at one moment. Says the same to everybody who may look, so it is read and drawn once for all screens.
 *
 * @param asked who stands at a gate and is on no list, until the duty leader has gone there
 * @param reds what rings, most dangerous first, at most as many as fit a phone; {@code more} says how many are left out
 * @param openPosts classes and sessions of today at which nobody stands: the leader answers for them
 * @param led whether the day has a leader
 * @param limit pupils per teacher by the rules; more are shown as too many
 * @param cleared when the school was last cleared; null until it was
 */
public record Board(
        Instant at, LocalDate day, Counts counts, List<Asked> asked, List<Red> reds, int more, List<Room> rooms, int openPosts, boolean led, int limit, @Nullable Instant cleared) {

    /**
     * Children of the day who stay for the service, each in exactly one of these.
     *
     * @param waiting still to be handed over or seen
     * @param here in somebody's hands
     * @param excused on leave or not at school
     * @param sought looked for, or two people say different things
     * @param gone left with somebody's word
     */
    public record Counts(int staying, int waiting, int here, int excused, int sought, int gone) {}

    /** Somebody who is on no list asks for this child at a gate. Who, and whether a paper keeps the person away, stands on the page that it leads to. */
    public record Asked(UUID pupil, String name, String className, Instant since) {}

    /**
     * Something that rings, of one child or of all children of a class or session whom it concerns.
     *
     * @param ref the child, class or session that it is about; null for the whole school
     * @param what its name
     * @param who the member of staff who answers, or empty
     */
    public record Red(Alarm.Kind kind, @Nullable UUID ref, String what, String className, int children, Instant since, int level, boolean red, String who) {

        /** Where the cause is shown and can be mended. */
        public String href(LocalDate day) {
            return switch (kind) {
                case NOT_HANDED_OVER, NOT_SEEN -> "/classes/" + ref + "/hand-over";
                case NOT_COUNTED -> ref == null ? "/clearing" : "/sessions/" + ref + "/roll-call";
                case NO_CUSTODIAN -> "/duty/days/" + day;
                case MISSING, DISPUTED, CARD_SAYS_LEFT, CARD_SAYS_HERE, RELEASE_DOUBTED, CALLED_OUT_LONG, WAITING_LATE -> "/board/children/" + ref;
            };
        }

        /** Whole minutes since it began to ring. */
        public long minutes(Instant now) {
            return Math.max(0, Duration.between(since, now).toMinutes());
        }

        public State state() {
            return red ? State.DANGER : State.ATTENTION;
        }
    }

    /**
     * A session that runs, begins soon, or whose children are still there.
     *
     * @param expected children of its list who have not left, are not excused
     * @param here counted there
     * @param staffed whether somebody answers for it, be it the leader
     */
    public record Room(UUID session, String name, String room, String who, LocalTime starts, LocalTime ends, int expected, int here, boolean staffed) {

        public boolean begun(LocalTime now) {
            return !now.isBefore(starts);
        }

        public boolean rolled() {
            return here > 0;
        }

        public String href() {
            return "/sessions/" + session + "/roll-call";
        }
    }

    /** How a room stands, in one word and colour. */
    public record Look(State state, String key, int number) {}

    public Look look(Room room, LocalTime now, int walking) {
        if (!room.staffed()) return new Look(State.DANGER, "desk.board.room.nobody", 0);
        if (room.expected() == 0 && room.here() == 0) return new Look(State.CALM, "desk.board.room.empty", 0);
        if (!room.begun(now)) return new Look(State.CALM, "desk.board.room.later", 0);
        if (!room.rolled()) return new Look(now.isBefore(room.starts().plusMinutes(walking)) ? State.ATTENTION : State.DANGER, "desk.board.room.unrolled", 0);
        if (room.here() > limit) return new Look(State.ATTENTION, "desk.board.room.crowded", room.here() - limit);
        return new Look(State.DONE, "desk.board.room.fine", 0);
    }

    public int ringing() {
        return (int) reds.stream().filter(Red::red).count() + asked.size() + (named() ? 0 : 1) + (reopened() > 0 ? 1 : 0);
    }

    /** Children who are at school again, or looked for, after the school was cleared. */
    public int reopened() {
        return cleared == null ? 0 : counts.waiting() + counts.here() + counts.sought();
    }

    /** False where nobody leads the day and a post is open: the school has not said who answers. */
    public boolean named() {
        return led || openPosts == 0;
    }

    public boolean open() {
        return counts.staying() > 0 || !asked.isEmpty();
    }
}
