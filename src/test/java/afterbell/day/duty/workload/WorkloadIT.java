package afterbell.day.duty.workload;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenDuty.Member;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class WorkloadIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    Duties duties;

    @Autowired
    WorkloadStore store;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Clock clock;

    @Test
    @Req("R76")
    void a_month_counts_who_stood_there_and_not_who_was_planned() {
        UUID school = given.school();
        LocalDate tuesday = LocalDate.ofInstant(clock.instant(), Screen.ZONE).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
        UUID term = duty.term(school, tuesday);
        Member planned = duty.member(school, "teacher");
        Member stands = duty.member(school, "teacher");
        UUID chess = duty.club(school, term, "围棋", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), planned);
        duty.fill(school, term);
        YearMonth month = YearMonth.from(tuesday);
        long before = minutes(school, month, planned);
        assertThat(before).isPositive();
        PostKey post = new PostKey(PostKind.SESSION, duty.session(school, chess, tuesday, 1));
        given.in(school, () -> {
            duties.absent(school, tuesday, planned.staff(), post, null);
            duties.put(school, List.of(new Duties.Written(tuesday, post, stands.staff(), Duties.Source.SUBSTITUTE, true), new Duties.Written(tuesday, PostKey.LATE, stands.staff(), Duties.Source.HAND, true)), null);
            return true;
        });
        assertThat(minutes(school, month, planned)).isEqualTo(before - 50);
        WorkloadStore.Load load = load(school, month, stands);
        assertThat(load.minutes()).isEqualTo(50);
        assertThat(load.turns()).isEqualTo(2);
        assertThat(load.late()).isEqualTo(1);
        assertThat(load.stood()).isEqualTo(1);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/duty/workload?month=" + month).body()).contains(stands.name()).contains("晚接室 1");
        var sheet = office.get("/duty/workload.xlsx?month=" + month);
        assertThat(sheet.statusCode()).isEqualTo(200);
        assertThat(sheet.headers().firstValue("Content-Type").orElse("")).contains("spreadsheetml");
        assertThat(office.get("/duty/workload?month=nonsense").statusCode()).isEqualTo(200);
        assertThat(visitors.signedIn(planned.user()).get("/duty/workload").statusCode()).isEqualTo(403);
        assertThat(visitors.signedIn(given.staff(given.school(), Role.OFFICE)).get("/duty/workload?month=" + month).body()).doesNotContain(stands.name());
    }

    private WorkloadStore.Load load(UUID school, YearMonth month, Member who) {
        return given.in(school, () -> store.month(school, month.atDay(1), month.atEndOfMonth())).stream().filter(l -> l.staff().equals(who.staff())).findFirst().orElseThrow();
    }

    private long minutes(UUID school, YearMonth month, Member who) {
        return given.in(school, () -> store.month(school, month.atDay(1), month.atEndOfMonth())).stream().filter(l -> l.staff().equals(who.staff())).mapToLong(WorkloadStore.Load::minutes).sum();
    }
}
