package afterbell.term.placement.marking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.term.placement.marking.MarkPolicy.Mark;
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
        assertThat(changes(Map.of(MarkPolicy.field(LIN), "1", MarkPolicy.field(SU), "0"), false)).isEqualTo(Outcome.done(Map.of(SU, new Mark(0, null))));
    }

    @Test
    void the_rest_gets_the_first_band_and_nobody_who_has_a_mark_loses_it() {
        assertThat(changes(Map.of(), true)).isEqualTo(Outcome.done(Map.of(SU, new Mark(0, null))));
        assertThat(changes(Map.of(MarkPolicy.field(SU), "1"), true)).isEqualTo(Outcome.done(Map.of(SU, new Mark(1, null))));
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
        assertThat(MarkPolicy.changes(false, stood(), Map.of(MarkPolicy.field(SU), "1"), false, 50)).isEqualTo(Outcome.refused(new MarkRefusal.Over()));
    }

    @Test
    void a_child_is_declined_for_a_reason_of_the_list_and_taken_back_with_the_band_it_had() {
        assertThat(changes(Map.of(MarkPolicy.whyField(LIN), "level"), false)).isEqualTo(Outcome.done(Map.of(LIN, new Mark(1, "level"))));
        assertThat(changes(Map.of(MarkPolicy.whyField(LIN), ""), false)).as("nobody was declined").isEqualTo(Outcome.done(Map.of()));
        assertThat(changes(Map.of(MarkPolicy.whyField(SU), "ugly"), false)).isEqualTo(Outcome.refused(new MarkRefusal.NoSuchReason(SU)));
        Map<UUID, @Nullable Mark> declined = stood();
        declined.put(SU, new Mark(0, "absent"));
        assertThat(MarkPolicy.changes(true, declined, Map.of(MarkPolicy.whyField(SU), ""), false, 50)).isEqualTo(Outcome.done(Map.of(SU, new Mark(0, null))));
        assertThat(MarkPolicy.changes(true, declined, Map.of(MarkPolicy.field(SU), "1"), false, 50)).as("a band says nothing about declining").isEqualTo(Outcome.done(Map.of(SU, new Mark(1, "absent"))));
        assertThatThrownBy(() -> changes(Map.of(MarkPolicy.whyField(STRANGER), "level"), false)).isInstanceOf(NotFound.class);
    }

    @Test
    void no_more_are_declined_than_the_share_of_the_applicants_and_a_lowered_share_takes_nobody_back() {
        assertThat(MarkPolicy.changes(true, stood(), Map.of(MarkPolicy.whyField(LIN), "level"), false, 20)).isEqualTo(Outcome.refused(new MarkRefusal.TooMany(LIN, 0, 2)));
        assertThat(changes(Map.of(MarkPolicy.whyField(LIN), "level", MarkPolicy.whyField(SU), "level"), false)).isInstanceOf(Outcome.Refused.class);
        Map<UUID, @Nullable Mark> declined = stood();
        declined.put(LIN, new Mark(1, "level"));
        assertThat(MarkPolicy.changes(true, declined, Map.of(MarkPolicy.field(SU), "1", MarkPolicy.whyField(LIN), "level"), false, 0)).isEqualTo(Outcome.done(Map.of(SU, new Mark(1, null))));
    }

    private static Outcome<Map<UUID, Mark>> changes(Map<String, String> sent, boolean rest) {
        return MarkPolicy.changes(true, stood(), sent, rest, 50);
    }

    private static Map<UUID, @Nullable Mark> stood() {
        Map<UUID, @Nullable Mark> stood = new HashMap<>();
        stood.put(LIN, new Mark(1, null));
        stood.put(SU, null);
        return stood;
    }
}
