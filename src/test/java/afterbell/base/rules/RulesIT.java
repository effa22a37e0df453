package afterbell.base.rules;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Choices.ReviewStep;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class RulesIT {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 14);

    @Autowired
    GivenSchool given;

    @Autowired
    Rules rules;

    @Autowired
    ChoiceStore choices;

    @Test
    @Req("R62")
    void a_school_asks_and_gets_a_typed_value_with_its_clause() {
        UUID school = given.school();
        int size = given.in(school, () -> rules.value(school, DAY, Rule.CLUB_MAX_SIZE));
        assertThat(size).isEqualTo(20);
        assertThat(given.in(school, () -> rules.resolve(school, DAY, Rule.CLUB_MAX_SIZE)).clause().code()).isEqualTo("C13");
        assertThat(given.in(school, () -> rules.judge(school, DAY, Rule.CLUB_MAX_SIZE, 21))).isInstanceOf(Verdict.NeedsReason.class);
        assertThat(given.in(school, () -> rules.situation(school, DAY)).stages()).containsExactlyInAnyOrder(Stage.PRIMARY, Stage.JUNIOR);
    }

    @Test
    void a_schools_own_choice_holds_for_it_alone() {
        UUID school = given.school();
        UUID other = given.school();
        choose(school, Rule.CLUB_MAX_SIZE, 16);
        choose(school, Rule.REVIEW_STEPS, List.of(ReviewStep.CLASS_TEACHER, ReviewStep.GRADE));
        Resolved<Integer> own = given.in(school, () -> rules.resolve(school, DAY, Rule.CLUB_MAX_SIZE));
        assertThat(own.value()).isEqualTo(16);
        assertThat(own.clause().pack()).isEqualTo(ChoiceStore.SCHOOL);
        assertThat(given.in(school, () -> rules.value(school, DAY, Rule.REVIEW_STEPS))).containsExactly(ReviewStep.CLASS_TEACHER, ReviewStep.GRADE);
        assertThat(given.in(other, () -> rules.value(other, DAY, Rule.CLUB_MAX_SIZE))).isEqualTo(20);
        given.in(school, () -> {
            choices.drop(school, Rule.CLUB_MAX_SIZE);
            return true;
        });
        rules.forget(school);
        assertThat(given.in(school, () -> rules.value(school, DAY, Rule.CLUB_MAX_SIZE))).isEqualTo(20);
    }

    @Test
    void a_choice_that_a_pack_forbids_counts_for_nothing() {
        UUID school = given.school();
        choose(school, Rule.CONTENT_NEW_LESSONS, true);
        assertThat(given.in(school, () -> rules.value(school, DAY, Rule.CONTENT_NEW_LESSONS))).isFalse();
    }

    private <T> void choose(UUID school, Rule<T> rule, T value) {
        given.in(school, () -> {
            choices.put(school, rule, value, Instant.parse("2026-09-01T00:00:00Z"), new UUID(0, 7));
            return true;
        });
        rules.forget(school);
    }
}
