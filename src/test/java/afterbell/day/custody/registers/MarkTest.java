package afterbell.day.custody.registers;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.day.custody.ChildStanding.State;
import org.junit.jupiter.api.Test;

@Req("R80")
class MarkTest {
    @Test
    void whoever_was_counted_was_there_whatever_came_after() {
        for (State state : State.values()) assertThat(Mark.of(state, true, true, true)).as(state.name()).isEqualTo(Mark.PRESENT);
    }

    @Test
    void an_empty_chair_is_absence_only_where_nothing_explains_it() {
        assertThat(Mark.of(State.MISSING, true, false, true)).isEqualTo(Mark.ABSENT);
        assertThat(Mark.of(State.ON_LEAVE, true, false, true)).isEqualTo(Mark.LEAVE);
        assertThat(Mark.of(State.NOT_AT_SCHOOL, true, false, true)).isEqualTo(Mark.AWAY);
        assertThat(Mark.of(State.ACCOUNTED, true, false, true)).isEqualTo(Mark.ACCOUNTED);
        assertThat(Mark.of(State.BETWEEN, true, false, true)).isEqualTo(Mark.ABSENT);
    }

    @Test
    void a_child_that_nobody_rolled_is_no_present_child() {
        assertThat(Mark.of(State.IN_CLASS, true, false, false)).isEqualTo(Mark.OPEN);
        assertThat(Mark.of(State.BETWEEN, true, false, false)).isEqualTo(Mark.OPEN);
        assertThat(Mark.of(State.WITH_LINE, true, false, false)).isEqualTo(Mark.FETCHED);
    }

    @Test
    void who_goes_home_with_the_bell_fills_no_cell() {
        assertThat(Mark.of(State.NOT_EXPECTED, false, false, false)).isEqualTo(Mark.NONE);
        assertThat(Mark.of(State.NOT_AT_SCHOOL, false, false, false)).isEqualTo(Mark.NONE);
        assertThat(Mark.of(State.ON_LEAVE, false, false, false)).isEqualTo(Mark.NONE);
    }
}
