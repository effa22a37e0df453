package afterbell.day.safety.hazards;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req("R95")
class RemindHazardsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Ledger ledger;

    @Autowired
    RemindHazardsJob job;

    @Autowired
    Ids ids;

    @Test
    void a_hazard_is_reminded_before_its_day_and_once_more_when_that_is_over() {
        UUID school = given.school();
        UUID id = ids.next();
        LocalDate due = ledger.today().plusDays(5);
        given.in(school, () -> ledger.append(new Act(school, Book.HAZARD, id, "opened", Map.of("check", "fire", "due", due.toString(), "responsible", ids.next().toString(), "told", "no", "severe", "no"))));
        assertThat(run(school, due.minusDays(3))).isZero();
        assertThat(run(school, due.minusDays(1))).isEqualTo(1);
        assertThat(run(school, due.minusDays(1))).as("asked again").isZero();
        assertThat(run(school, due.plusDays(1))).isEqualTo(1);
        assertThat(run(school, due.plusDays(2))).as("once").isZero();
        List<Entry> all = given.in(school, () -> ledger.of(school, Book.HAZARD, id));
        assertThat(all).extracting(e -> e.fact("which")).containsExactly("", "soon", "overdue");
        assertThat(Hazard.of(all).orElseThrow().overdue(due.plusDays(1))).isTrue();
    }

    private int run(UUID school, LocalDate today) {
        return Scopes.within(Scope.school(school, null), () -> job.run(school, today));
    }
}
