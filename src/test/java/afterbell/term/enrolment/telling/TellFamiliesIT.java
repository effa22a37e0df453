package afterbell.term.enrolment.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import afterbell.Req;
import afterbell.term.enrolment.EnrolmentEvent;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class TellFamiliesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    RemindBeforeCloseJob job;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    private record Notice(String kind, String title, String text, int targets) {}

    private List<Notice> notices(UUID school) {
        return given.in(school, () -> sql.sql("""
                select n.kind, n.title_zh as title, n.text_zh as text, (select count(*) from messaging.target t where t.school_id = n.school_id and t.notice_id = n.notice_id)::int as targets
                from messaging.notice n where n.school_id = :s order by n.told_at, n.notice_id
                """)
                .param("s", school)
                .query(Notice.class)
                .list());
    }

    private void publish(UUID school, Object event) {
        given.in(school, () -> {
            events.publishEvent(event);
            return true;
        });
    }

    @Test
    @Req({"R57", "R144"})
    void a_round_is_told_when_it_is_announced_and_each_time_it_is_extended() {
        UUID school = given.school();
        UUID term = terms.term(school);
        terms.pupils(school, terms.schoolClass(school, 3, 1), 4);
        Instant opens = Instant.parse("2026-09-01T00:00:00Z");
        UUID round = rounds.round(school, term, opens, Instant.parse("2026-09-05T12:00:00Z"));
        publish(school, new EnrolmentEvent.RoundOpened(school, round));
        publish(school, new EnrolmentEvent.RoundOpened(school, round));
        publish(school, new EnrolmentEvent.RoundExtended(school, round, Instant.parse("2026-09-06T12:00:00Z")));
        assertThat(notices(school)).extracting(Notice::kind, Notice::targets).containsExactly(tuple("enrolment.round_opened", 4), tuple("enrolment.round_extended", 4));
        assertThat(notices(school).getFirst().text()).contains("9月1日").contains("9月5日").contains("20:00").contains("先后不影响录取");
    }

    @Test
    @Req("R57")
    void the_day_before_the_end_families_without_an_answer_are_reminded_once_and_the_others_left_alone() {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 5);
        Instant now = clock.instant();
        UUID round = rounds.round(school, term, now.minus(Duration.ofDays(2)), now.plus(Duration.ofHours(30)));
        given.in(school, () -> sql.sql("insert into enrolment.answer (school_id, round_id, pupil_id, answered_at, for_family) values (:s, :r, :p, :now, false)")
                .param("s", school)
                .param("r", round)
                .param("p", pupils.getFirst())
                .param("now", Timestamp.from(now))
                .update());
        job.run(now);
        assertThat(notices(school)).as("thirty hours before").isEmpty();
        job.run(now.plus(Duration.ofHours(7)));
        job.run(now.plus(Duration.ofHours(8)));
        assertThat(notices(school)).singleElement().satisfies(n -> {
            assertThat(n.kind()).isEqualTo("enrolment.round_closing");
            assertThat(n.targets()).isEqualTo(4);
        });
        job.run(now.plus(Duration.ofHours(31)));
        assertThat(notices(school)).as("after the end nobody is reminded").hasSize(1);
    }

    @Test
    @Req("R55")
    void what_the_school_typed_is_told_to_the_guardians_of_that_child_alone() {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 2);
        UUID round = rounds.open(school, term);
        publish(school, new EnrolmentEvent.EnteredForFamily(school, round, pupils.getFirst(), new UUID(0, 7)));
        assertThat(notices(school)).singleElement().satisfies(n -> assertThat(n.targets()).isOne());
        assertThat(given.in(school, () -> sql.sql("select link from messaging.notice where school_id = :s").param("s", school).query(String.class).single())).isEqualTo("/children/" + pupils.getFirst() + "/sheet/" + round);
        assertThat(given.in(school, () -> sql.sql("select for_group from messaging.notice where school_id = :s").param("s", school).query(Boolean.class).single())).isFalse();
    }
}
