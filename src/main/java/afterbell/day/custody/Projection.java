package afterbell.day.custody;

import afterbell.day.custody.childday.Alarm;
import afterbell.day.custody.childday.ChildDay;
import afterbell.day.custody.childday.Standing;
import afterbell.day.custody.childday.Whereabouts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a chain means at one moment, as the columns of {@code custody.standing} keep it. */
record Projection(
        UUID pupil,
        UUID schoolClass,
        ChildDay day,
        ChildStanding.State state,
        @Nullable UUID custodian,
        @Nullable UUID session,
        @Nullable Instant until,
        Instant since,
        @Nullable String word,
        boolean closed,
        boolean red,
        boolean corrected,
        List<Alarm> alarms,
        @Nullable Instant next,
        Instant readAt) {

    static Projection of(UUID pupil, UUID schoolClass, ChildDay day, Instant now) {
        Standing standing = day.standing(now);
        Whereabouts where = standing.where();
        return new Projection(
                pupil,
                schoolClass,
                day,
                state(where),
                standing.custodian(),
                session(where),
                until(where),
                since(where, day),
                where instanceof Whereabouts.CalledOut out ? out.where().name() : null,
                where.closed(),
                standing.red(),
                standing.corrected(),
                standing.alarms(),
                day.next(now),
                now);
    }

    private static ChildStanding.State state(Whereabouts where) {
        return switch (where) {
            case Whereabouts.NotExpected _ -> ChildStanding.State.NOT_EXPECTED;
            case Whereabouts.NotAtSchool _ -> ChildStanding.State.NOT_AT_SCHOOL;
            case Whereabouts.OnLeave _ -> ChildStanding.State.ON_LEAVE;
            case Whereabouts.InClass _ -> ChildStanding.State.IN_CLASS;
            case Whereabouts.Expected _ -> ChildStanding.State.EXPECTED;
            case Whereabouts.Between _ -> ChildStanding.State.BETWEEN;
            case Whereabouts.Present _ -> ChildStanding.State.PRESENT;
            case Whereabouts.CalledOut _ -> ChildStanding.State.CALLED_OUT;
            case Whereabouts.Missing missing -> missing.steps().isEmpty() ? ChildStanding.State.MISSING : ChildStanding.State.TRACED;
            case Whereabouts.WaitingLate _ -> ChildStanding.State.WAITING_LATE;
            case Whereabouts.CollectedBy _ -> ChildStanding.State.COLLECTED;
            case Whereabouts.WentWithLine _ -> ChildStanding.State.WITH_LINE;
            case Whereabouts.WalkedHome _ -> ChildStanding.State.WALKED_HOME;
            case Whereabouts.AccountedFor _ -> ChildStanding.State.ACCOUNTED;
            case Whereabouts.Disputed _ -> ChildStanding.State.DISPUTED;
        };
    }

    private static @Nullable UUID session(Whereabouts where) {
        return switch (where) {
            case Whereabouts.Present present -> present.session();
            case Whereabouts.Between between -> between.toSession();
            case Whereabouts.CalledOut out -> out.session();
            case Whereabouts.NotExpected _, Whereabouts.NotAtSchool _, Whereabouts.OnLeave _, Whereabouts.InClass _, Whereabouts.Expected _ -> null;
            case Whereabouts.Missing _, Whereabouts.WaitingLate _, Whereabouts.Disputed _, Whereabouts.Ended _ -> null;
        };
    }

    private static @Nullable Instant until(Whereabouts where) {
        return switch (where) {
            case Whereabouts.Present present -> present.until();
            case Whereabouts.CalledOut out -> out.until();
            case Whereabouts.OnLeave leave -> leave.until();
            case Whereabouts.WaitingLate late -> late.expectedAt();
            case Whereabouts.NotExpected _, Whereabouts.NotAtSchool _, Whereabouts.InClass _, Whereabouts.Expected _, Whereabouts.Between _ -> null;
            case Whereabouts.Missing _, Whereabouts.Disputed _, Whereabouts.Ended _ -> null;
        };
    }

    private static Instant since(Whereabouts where, ChildDay day) {
        return switch (where) {
            case Whereabouts.Expected expected -> expected.since();
            case Whereabouts.Between between -> between.since();
            case Whereabouts.Present present -> present.since();
            case Whereabouts.CalledOut out -> out.since();
            case Whereabouts.Missing missing -> missing.since();
            case Whereabouts.WaitingLate late -> late.since();
            case Whereabouts.Disputed disputed -> disputed.since();
            case Whereabouts.Ended ended -> ended.at();
            case Whereabouts.NotExpected _, Whereabouts.NotAtSchool _, Whereabouts.OnLeave _, Whereabouts.InClass _ -> day.plan().bell();
        };
    }
}
