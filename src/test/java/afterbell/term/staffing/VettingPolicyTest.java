package afterbell.term.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.staffing.Vetting.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req({"C12", "R72"})
class VettingPolicyTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
    private static final UUID PERSON = new UUID(1, 1);
    private static final long SEED = 20261122;

    private static Vetting check(Kind kind, LocalDate from, LocalDate until) {
        return new Vetting(UUID.randomUUID(), null, PERSON, kind, from, until, null, "");
    }

    @Test
    void an_institution_shows_licence_and_agreement_a_volunteer_background_and_agreement() {
        assertThat(VettingPolicy.of(Provider.Kind.INSTITUTION)).containsExactlyInAnyOrder(Kind.QUALIFICATION, Kind.AGREEMENT);
        assertThat(VettingPolicy.of(Provider.Kind.VOLUNTEER)).containsExactlyInAnyOrder(Kind.BACKGROUND, Kind.AGREEMENT);
        assertThat(VettingPolicy.ofPeople()).containsExactlyInAnyOrder(Kind.QUALIFICATION, Kind.BACKGROUND);
    }

    @Test
    void a_paper_holds_on_its_first_and_last_day_and_on_no_other() {
        Vetting paper = check(Kind.BACKGROUND, DAY, DAY.plusDays(10));
        assertThat(paper.validOn(DAY.minusDays(1))).isFalse();
        assertThat(paper.validOn(DAY)).isTrue();
        assertThat(paper.validOn(DAY.plusDays(10))).isTrue();
        assertThat(paper.validOn(DAY.plusDays(11))).isFalse();
    }

    @Test
    void papers_that_follow_one_another_count_as_one_and_a_gap_of_a_day_ends_it() {
        Set<Kind> wanted = EnumSet.of(Kind.BACKGROUND);
        Vetting first = check(Kind.BACKGROUND, DAY.minusDays(5), DAY.plusDays(5));
        assertThat(VettingPolicy.fitUntil(wanted, List.of(first, check(Kind.BACKGROUND, DAY.plusDays(6), DAY.plusDays(20))), DAY)).contains(DAY.plusDays(20));
        assertThat(VettingPolicy.fitUntil(wanted, List.of(first, check(Kind.BACKGROUND, DAY.plusDays(7), DAY.plusDays(20))), DAY)).contains(DAY.plusDays(5));
        assertThat(VettingPolicy.fitUntil(wanted, List.of(first, check(Kind.BACKGROUND, DAY.plusDays(6), null)), DAY)).isEmpty();
    }

    @Test
    void for_generated_papers_fitness_is_what_counting_day_by_day_says() {
        Random random = new Random(SEED);
        for (int world = 0; world < 5_000; world++) {
            List<Vetting> papers = new ArrayList<>();
            for (int i = random.nextInt(7); i > 0; i--) {
                LocalDate from = DAY.plusDays(random.nextInt(40) - 20);
                papers.add(check(Kind.values()[random.nextInt(4)], from, random.nextInt(5) == 0 ? null : from.plusDays(random.nextInt(30))));
            }
            Set<Kind> wanted = EnumSet.noneOf(Kind.class);
            for (Kind kind : Kind.values()) if (random.nextBoolean()) wanted.add(kind);
            Set<Kind> missing = EnumSet.noneOf(Kind.class);
            for (Kind kind : wanted) if (papers.stream().noneMatch(p -> p.kind() == kind && p.validOn(DAY))) missing.add(kind);
            assertThat(VettingPolicy.missing(wanted, papers, DAY)).as("seed %d world %d", SEED, world).isEqualTo(missing);
            if (!missing.isEmpty() || wanted.isEmpty()) continue;
            LocalDate horizon = DAY.plusDays(200);
            LocalDate reached = DAY;
            while (reached.isBefore(horizon) && holds(wanted, papers, reached.plusDays(1))) reached = reached.plusDays(1);
            Optional<LocalDate> until = reached.equals(horizon) ? Optional.empty() : Optional.of(reached);
            assertThat(VettingPolicy.fitUntil(wanted, papers, DAY)).as("seed %d world %d", SEED, world).isEqualTo(until);
        }
    }

    private static boolean holds(Set<Kind> wanted, List<Vetting> papers, LocalDate day) {
        return wanted.stream().allMatch(kind -> papers.stream().anyMatch(p -> p.kind() == kind && p.validOn(day)));
    }
}
