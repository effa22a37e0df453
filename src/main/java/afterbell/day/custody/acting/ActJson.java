package afterbell.day.custody.acting;

import afterbell.base.shared.NotFound;
import afterbell.day.custody.Act;
import afterbell.day.custody.DeviceAct;
import afterbell.day.custody.childday.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An act as a device keeps it.
 *
 * @param act {@code roll, out, back, elsewhere, trace, hand-over, morning}, or one that another room knows
 * @param at when it happened, by the device's clock
 * @param seen of when the list was that the person went by, by the device's clock
 * @param present of a roll and a hand-over; of a morning: who came after all
 * @param absent of a roll and a hand-over; of a morning: who is not at school
 * @param word where to, or which step
 * @param adult who took a child; code: the duty leader's, where the list was old
 */
record ActJson(
        @Nullable String act,
        @Nullable UUID key,
        @Nullable Instant at,
        @Nullable UUID session,
        @Nullable UUID schoolClass,
        @Nullable UUID pupil,
        @Nullable List<UUID> present,
        @Nullable List<UUID> absent,
        @Nullable String word,
        @Nullable Instant seen,
        @Nullable UUID adult,
        @Nullable String code) {
    private static final int MOST = 500;

    /** @param ahead how much the device's clock is ahead of the server's. @throws NotFound where something is missing that this act needs */
    Act act(Duration ahead) {
        UUID id = must(key);
        Instant when = must(at).minus(ahead);
        List<UUID> here = all(present);
        List<UUID> gone = all(absent);
        return switch (must(act)) {
            case "roll" -> new Act.Roll(id, when, must(session), here, gone);
            case "out" -> new Act.Out(id, when, must(session), must(pupil), word(Fact.Where.values()));
            case "back" -> new Act.Back(id, when, must(session), must(pupil));
            case "elsewhere" -> new Act.Elsewhere(id, when, must(session), must(pupil));
            case "trace" -> new Act.Trace(id, when, must(session), must(pupil), word(Fact.Step.values()));
            case "hand-over" -> new Act.HandOver(id, when, must(schoolClass), here, gone);
            case "morning" -> new Act.Morning(id, when, must(schoolClass), gone, here);
            default -> throw new NotFound();
        };
    }

    /** The same for another room. */
    DeviceAct other(Duration ahead) {
        return new DeviceAct(must(act), must(key), must(at).minus(ahead), seen == null ? null : seen.minus(ahead), session, pupil, all(present), all(absent), adult, code);
    }

    private <E extends Enum<E>> E word(E[] words) {
        return Stream.of(words).filter(w -> w.name().equals(word)).findFirst().orElseThrow(NotFound::new);
    }

    private static List<UUID> all(@Nullable List<UUID> ids) {
        if (ids == null) return List.of();
        if (ids.size() > MOST || ids.contains(null)) throw new NotFound();
        return ids;
    }

    private static <T> T must(@Nullable T value) {
        if (value == null) throw new NotFound();
        return value;
    }
}
