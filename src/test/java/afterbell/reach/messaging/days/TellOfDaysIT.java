package afterbell.reach.messaging.days;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.CalendarEvent;
import afterbell.base.calendar.Calendars;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Notices;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class TellOfDaysIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Calendars calendars;

    @Autowired
    Notices notices;

    @Autowired
    JdbcClient sql;

    private TellOfDays on(LocalDate day) {
        return new TellOfDays(calendars, notices, Clock.fixed(day.atTime(LocalTime.NOON).atZone(Screen.ZONE).toInstant(), Screen.ZONE));
    }

    private List<String> titles(UUID school) {
        return given.in(school, () -> sql.sql("select title_zh || case when urgent then '!' else '' end from messaging.notice where school_id = :s order by notice_id").param("s", school).query(String.class).list());
    }

    @Test
    @Req({"R26", "R144"})
    void families_hear_of_each_change_while_the_term_runs() {
        UUID school = given.school();
        terms.term(school);
        LocalDate today = LocalDate.of(2026, 9, 15);
        TellOfDays tell = on(today);
        given.in(school, () -> {
            tell.on(new CalendarEvent.ClosureAdded(school, new UUID(1, 1), today.plusDays(1), today.plusDays(1)));
            tell.on(new CalendarEvent.ClosureRemoved(school, new UUID(1, 1), today.plusDays(1), today.plusDays(2)));
            tell.on(new CalendarEvent.ClosureAdded(school, new UUID(1, 2), today, today));
            tell.on(new CalendarEvent.DayChanged(school, LocalDate.of(2026, 9, 19)));
            return true;
        });
        // Told within one millisecond, so in no order.
        assertThat(titles(school))
                .hasSize(4)
                .anyMatch(t -> t.contains("9月16日") && t.endsWith("课后服务暂停"))
                .anyMatch(t -> t.contains("9月16日") && t.contains("9月17日") && t.endsWith("照常"))
                .as("what concerns today goes out at any hour")
                .anyMatch(t -> t.endsWith("暂停!"))
                .anyMatch(t -> t.contains("9月19日") && t.endsWith("不上课"));
    }

    @Test
    @Req("R144")
    void while_a_term_is_prepared_and_for_days_gone_by_nobody_is_told() {
        UUID school = given.school();
        terms.term(school);
        given.in(school, () -> {
            on(LocalDate.of(2026, 8, 20)).on(new CalendarEvent.ClosureAdded(school, new UUID(1, 1), LocalDate.of(2026, 9, 16), LocalDate.of(2026, 9, 16)));
            on(LocalDate.of(2026, 9, 20)).on(new CalendarEvent.ClosureAdded(school, new UUID(1, 2), LocalDate.of(2026, 9, 16), LocalDate.of(2026, 9, 16)));
            return true;
        });
        assertThat(titles(school)).isEmpty();
    }
}
