package afterbell.term.placement;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The questions that the seat functions ask of each wish are answered by indexes: a hashed subplan or a scan made them ten times slower. */
@HouseTest
@Req("P1")
class IndexPlansIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Seats seats;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    @Test
    void each_question_of_a_wish_is_answered_by_an_index() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> children = terms.pupils(school, terms.schoolClass(school, 3, 1), 100);
        List<UUID> sections = new ArrayList<>();
        for (int i = 0; i < 20; i++) sections.add(terms.section(school, term, terms.club("a" + i).size(1, 200)));
        List<Seats.Wanted> wanted = new ArrayList<>();
        given.in(school, () -> {
            for (int i = 0; i < 20; i++) {
                UUID section = sections.get(i);
                UUID slot = ids.next();
                sql.sql("insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity) values (:s, :x, :t, :a, 1, 9, 200)").param("s", school).param("x", section).param("t", term).param("a", "a" + i).update();
                sql.sql("insert into placement.section_slot (school_id, section_id, band, slot_id) values (:s, :x, 'all', :l)").param("s", school).param("x", section).param("l", slot).update();
                for (int k = 0; k < 200; k++) wanted.add(new Seats.Wanted(ids.next(), ids.next(), section, 3, "all", 0));
                sql.sql("insert into placement.waiting (school_id, waiting_id, term_id, section_id, pupil_id, place_key, mode, since) select :s, gen_random_uuid(), :t, :x, p, n, 'ask', :at from unnest(:p::uuid[]) with ordinality as u(p, n)")
                        .param("p", children.toArray(UUID[]::new)).param("s", school).param("t", term).param("x", section).param("at", java.sql.Timestamp.from(clock.instant())).update();
            }
            return seats.take(school, wanted, Seats.Source.DRAW, null, null, clock.instant(), LocalDate.of(2026, 9, 21));
        });
        try (Connection c = DriverManager.getConnection(url, admin, password);
                Statement s = c.createStatement()) {
            s.execute("analyze placement.seat, placement.seat_slot, placement.waiting, placement.section_seats, placement.section_slot");
        }
        Seats.Wanted w = wanted.get(777);
        Map<String, String> questions = Map.of(
                "the child's open seat here", "select 1 from placement.seat e where e.school_id = :s and e.pupil_id = :p and e.section_id = :x and e.ended_at is null",
                "the key of the command", "select 1 from placement.seat e where e.school_id = :s and e.seat_id = :seat",
                "the child's slots", "select 1 from placement.section_slot t join placement.seat_slot h on h.school_id = t.school_id and h.slot_id = t.slot_id where t.school_id = :s and t.section_id = :x and t.band = 'all' and h.pupil_id = :p",
                "who waits", "select 1 from placement.waiting q where q.school_id = :s and q.section_id = :x and q.state = 'waiting' order by q.place_key limit 1",
                "the section", "select 1 from placement.section_seats x where x.school_id = :s and x.section_id = :x for update");
        questions.forEach((what, question) -> {
            String plan = given.in(school, () -> String.join("\n", sql.sql("explain " + question).param("s", school).param("p", w.pupil()).param("x", w.section()).param("seat", w.seat()).query(String.class).list()));
            assertThat(plan).as(what).contains("Index").doesNotContain("Seq Scan on seat ").doesNotContain("Seq Scan on seat_slot").doesNotContain("Seq Scan on waiting").doesNotContain("Hash");
        });
    }
}
