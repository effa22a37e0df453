package afterbell.term.placement.telling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.PlacementEvent;
import afterbell.term.programme.ProgrammeEvent;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenSeats;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class TellFamiliesOfPlacesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    GivenSeats seats;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    private List<UUID> targets(UUID school, String kind) {
        return given.in(school, () -> sql.sql("select t.pupil_id from messaging.notice n join messaging.target t using (school_id, notice_id) where n.school_id = :s and n.kind = :k").param("s", school).param("k", kind).query(UUID.class).list());
    }

    private void publish(UUID school, Object event) {
        given.in(school, () -> {
            events.publishEvent(event);
            return true;
        });
    }

    @Test
    @Req("R57")
    void a_published_draw_is_told_to_every_family_that_takes_part_and_says_nothing_of_the_result() {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 3);
        UUID round = rounds.open(school, term);
        UUID run = new UUID(7, 7);
        Timestamp now = Timestamp.from(clock.instant());
        for (int i = 0; i < 3; i++) sheet(school, round, pupils.get(i), i < 2, now);
        rounds.close(school, round);
        given.in(school, () -> sql.sql("insert into placement.run (school_id, run_id, round_id, term_id, draw_order, state, created_at, created_by) values (:s, :run, :r, :t, 'fair', 'solved', :now, :run)")
                .param("s", school)
                .param("run", run)
                .param("r", round)
                .param("t", term)
                .param("now", now)
                .update());
        publish(school, new PlacementEvent.DrawPublished(school, term, run));
        publish(school, new PlacementEvent.DrawPublished(school, term, run));
        assertThat(targets(school, "placement.draw_published")).containsExactlyInAnyOrder(pupils.get(0), pupils.get(1));
    }

    private void sheet(UUID school, UUID round, UUID pupil, boolean takesPart, Timestamp now) {
        var family = afterbell.base.shared.access.Scope.family(new UUID(1, 1), List.of(school), List.of(pupil));
        given.within(family, () -> sql.sql("insert into enrolment.sheet (school_id, round_id, pupil_id, takes_part, entered_by, saved_at, version) values (:s, :r, :p, :yes, :by, :now, 1)")
                .param("s", school)
                .param("r", round)
                .param("p", pupil)
                .param("yes", takesPart)
                .param("by", new UUID(1, 1))
                .param("now", now)
                .update());
    }

    @Test
    @Req("R144")
    void a_section_taken_off_the_menu_is_told_to_the_families_in_it_and_to_those_who_wait() {
        UUID school = given.school();
        UUID term = seats.termToChangeIn(school);
        UUID section = seats.open(school, term, "S01", 2, terms.slot(term, DayOfWeek.TUESDAY, 1));
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 3);
        seats.seat(school, pupils.get(0), section);
        seats.waits(school, term, pupils.get(1), section, 1, "yes");
        publish(school, new ProgrammeEvent.SectionWithdrawn(school, term, section));
        assertThat(targets(school, "placement.section_withdrawn")).containsExactlyInAnyOrder(pupils.get(0), pupils.get(1));
    }
}
