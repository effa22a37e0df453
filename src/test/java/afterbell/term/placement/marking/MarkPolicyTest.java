package afterbell.term.placement.marking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@Req("P5")
class MarkPolicyTest {
    private static final UUID LIN = new UUID(1, 1);
    private static final UUID SU = new UUID(1, 2);
    private static final UUID STRANGER = new UUID(9, 9);

    @Test
    void only_what_differs_from_what_stands_is_written() {
        assertThat(changes(Map.of(MarkPolicy.field(LIN), "1", MarkPolicy.field(SU), "0"), false)).isEqualTo(Outcome.done(Map.of(SU, 0)));
    }

    @Test
    void the_rest_gets_the_first_band_and_nobody_who_has_a_mark_loses_it() {
        assertThat(changes(Map.of(), true)).isEqualTo(Outcome.done(Map.of(SU, 0)));
        assertThat(changes(Map.of(MarkPolicy.field(SU), "1"), true)).isEqualTo(Outcome.done(Map.of(SU, 1)));
    }

    @Test
    void another_band_is_refused_at_its_child() {
        assertThat(changes(Map.of(MarkPolicy.field(SU), "2"), false)).isEqualTo(Outcome.refused(new MarkRefusal.NoSuchBand(SU)));
        assertThat(new MarkRefusal.NoSuchBand(SU).field()).isEqualTo("band-" + SU);
    }

    @Test
    void a_child_that_did_not_ask_for_this_section_is_not_found() {
        assertThatThrownBy(() -> changes(Map.of(MarkPolicy.field(STRANGER), "1"), false)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> changes(Map.of("band-x", "1"), false)).isInstanceOf(NotFound.class);
    }

    @Test
    void nothing_is_taken_after_the_lottery() {
        assertThat(MarkPolicy.changes(false, stood(), Map.of(MarkPolicy.field(SU), "1"), false)).isEqualTo(Outcome.refused(new MarkRefusal.Over()));
    }

    private static Outcome<Map<UUID, Integer>> changes(Map<String, String> sent, boolean rest) {
        return MarkPolicy.changes(true, stood(), sent, rest);
    }

    private static Map<UUID, @Nullable Integer> stood() {
        Map<UUID, @Nullable Integer> stood = new HashMap<>();
        stood.put(LIN, 1);
        stood.put(SU, null);
        return stood;
    }
}
