package afterbell.day.custody;

import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Entry.Doubt;
import afterbell.day.custody.childday.Fact;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry as a row of {@code custody.event}: one column per kind of thing that facts name. */
record Row(
        String kind,
        @Nullable UUID custodian,
        @Nullable UUID session,
        @Nullable UUID other,
        @Nullable UUID reason,
        @Nullable Instant starts,
        @Nullable Instant ends,
        @Nullable String word,
        @Nullable Boolean flag) {

    static Row of(Fact fact) {
        return switch (fact) {
            case Fact.Away _ -> bare("away");
            case Fact.Arrived _ -> bare("arrived");
            case Fact.Excused f -> new Row("excused", null, null, null, null, f.from(), f.to(), f.told().name(), null);
            case Fact.ExcuseLifted _ -> bare("excuse_lifted");
            case Fact.Sent f -> new Row("sent", f.custodian(), f.toSession(), f.to(), null, null, null, null, null);
            case Fact.Counted f -> new Row("counted", f.custodian(), f.session(), null, null, null, f.until(), null, null);
            case Fact.Missed f -> new Row("missed", f.custodian(), f.session(), null, null, null, null, null, null);
            case Fact.CalledOut f -> new Row("called_out", f.custodian(), null, null, null, null, null, f.where().name(), null);
            case Fact.CameBack f -> new Row("came_back", f.custodian(), null, null, null, null, null, null, null);
            case Fact.Traced f -> new Row("traced", null, null, null, null, null, null, f.step().name(), null);
            case Fact.KeptLate f -> new Row("kept_late", f.custodian(), null, null, null, null, f.expectedAt(), null, null);
            case Fact.Collected f -> new Row("collected", f.custodian(), null, f.collector(), null, null, null, f.proof().name(), null);
            case Fact.WithLine f -> new Row("with_line", f.custodian(), null, f.consent(), null, null, null, null, null);
            case Fact.WalkedHome f -> new Row("walked_home", f.custodian(), null, f.consent(), null, null, null, null, null);
            case Fact.Swiped f -> new Row("swiped", null, null, f.device(), null, null, null, null, f.out());
            case Fact.Accounted f -> new Row("accounted", f.custodian(), null, null, f.reason(), null, null, null, null);
            case Fact.Undone f -> new Row("undone", null, null, f.entry(), f.reason(), null, null, null, f.byLeader());
        };
    }

    private static Row bare(String kind) {
        return new Row(kind, null, null, null, null, null, null, null, null);
    }

    Fact fact() {
        return switch (kind) {
            case "away" -> new Fact.Away();
            case "arrived" -> new Fact.Arrived();
            case "excused" -> new Fact.Excused(must(starts), must(ends), Fact.Told.valueOf(must(word)));
            case "excuse_lifted" -> new Fact.ExcuseLifted();
            case "sent" -> new Fact.Sent(must(custodian), session, other);
            case "counted" -> new Fact.Counted(must(custodian), must(session), must(ends));
            case "missed" -> new Fact.Missed(must(custodian), session);
            case "called_out" -> new Fact.CalledOut(must(custodian), Fact.Where.valueOf(must(word)));
            case "came_back" -> new Fact.CameBack(must(custodian));
            case "traced" -> new Fact.Traced(Fact.Step.valueOf(must(word)));
            case "kept_late" -> new Fact.KeptLate(must(custodian), ends);
            case "collected" -> new Fact.Collected(custodian, must(other), Fact.Proof.valueOf(must(word)));
            case "with_line" -> new Fact.WithLine(must(custodian), must(other));
            case "walked_home" -> new Fact.WalkedHome(custodian, must(other));
            case "swiped" -> new Fact.Swiped(must(other), must(flag));
            case "accounted" -> new Fact.Accounted(custodian, must(reason));
            case "undone" -> new Fact.Undone(must(other), must(reason), must(flag));
            default -> throw new IllegalStateException("an entry of no known kind: " + kind);
        };
    }

    Entry entry(UUID id, Instant at, Instant recorded, UUID by, Set<Doubt> doubts) {
        return new Entry(id, at, recorded, by, fact(), doubts);
    }

    private static <T> T must(@Nullable T value) {
        return Objects.requireNonNull(value, "a column that this kind of entry always fills");
    }
}
