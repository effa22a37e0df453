package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.web.CommandKeys;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The laws as questions to the database, whatever the other tests left in it; and each question asked again where the law is broken, inside a transaction that is rolled back. */
@HouseTest
@Req({"P1", "P9", "P10"})
class LawsIT {
    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    @Autowired
    GivenSchool given;

    @Autowired
    CommandKeys keys;

    @Autowired
    Ids ids;

    UUID school;

    @BeforeEach
    void a_school() {
        school = given.school();
    }

    /** Law 1: sections with more children than places, counters that lie, children in two places at one time. */
    private static List<String> seatsTooMany(Connection c) throws SQLException {
        return rows(c, """
                select 'full: ' || n.section_id from placement.section_seats n
                where n.taken > n.capacity + n.over or n.taken <> (select count(*) from placement.seat s where s.school_id = n.school_id and s.section_id = n.section_id and s.ended_at is null)
                union all
                select 'twice: ' || s.pupil_id from placement.seat s
                join placement.section_slot l on l.school_id = s.school_id and l.section_id = s.section_id
                where s.ended_at is null group by s.school_id, s.pupil_id, l.slot_id having count(distinct s.seat_id) > 1
                """);
    }

    /** Law 2: children in hand whom nobody holds, gone without a word, looked for without a clock, red without an alarm. */
    private static List<String> childrenInNoHands(Connection c) throws SQLException {
        return rows(c, """
                select 'held by nobody: ' || s.pupil_id from custody.standing s where s.state in ('in_class', 'between', 'present', 'called_out', 'waiting_late') and s.custodian is null
                union all
                select 'gone without a word: ' || s.pupil_id from custody.standing s
                where s.state in ('collected', 'with_line', 'walked_home', 'accounted')
                  and not exists (select 1 from custody.event e where e.school_id = s.school_id and e.day = s.day and e.pupil_id = s.pupil_id and e.kind in ('collected', 'with_line', 'walked_home', 'accounted'))
                union all
                select 'no clock runs: ' || s.pupil_id from custody.standing s where s.state in ('missing', 'traced', 'disputed') and not s.red
                union all
                select 'no alarm rings: ' || s.pupil_id || ' ' || s.state || ' ' || s.alarms::text || ' read at ' || s.read_at from custody.standing s
                where s.red and not exists (select 1 from custody.alarm a where a.school_id = s.school_id and a.day = s.day and a.pupil_id = s.pupil_id and a.red and a.closed_at is null)
                """);
    }

    /** Law 8: a record that must carry ids alone, and carries the name of somebody. */
    private static List<String> names(Connection c) throws SQLException {
        return rows(c, """
                with person as (select name from roster.pupil where length(name) > 1 union select name from roster.adult where length(name) > 1),
                     record as (select 'audit' as kind, action || ' ' || subject || ' ' || facts::text as text from audit.entry
                                union all select 'command', outcome from shared.command_key)
                select distinct r.kind || ': ' || r.text from record r join person p on position(p.name in r.text) > 0
                """);
    }

    @Test
    void no_section_is_overfull_and_no_child_in_two_places() throws SQLException {
        try (Connection c = open()) {
            assertThat(seatsTooMany(c)).isEmpty();
            section(c, 1);
            seat(c, "chess");
            c.createStatement().execute("update placement.section_seats set taken = 1 where school_id = '" + school + "' and activity = 'chess'");
            assertThat(seatsTooMany(c)).as("one child on one place").isEmpty();
            seat(c, "go");
            assertThat(seatsTooMany(c)).as("planted: a second seat that no counter saw, at the same time").hasSize(2);
            c.rollback();
        }
    }

    @Test
    @Req("R84")
    void every_child_is_in_one_pair_of_hands_or_a_red_clock_runs() throws SQLException {
        try (Connection c = open(); Statement s = c.createStatement()) {
            assertThat(childrenInNoHands(c)).isEmpty();
            s.execute("insert into roster.class (school_id, class_id, school_year, grade, number, name) values ('%s', '%s', 2026, 3, 1, '3-1')".formatted(school, school));
            for (String state : List.of("present", "with_line", "missing", "disputed")) {
                UUID child = ids.next();
                s.execute("insert into roster.pupil (school_id, pupil_id, class_id, name, initials, person_key) values ('%s', '%s', '%s', 'x', 'x', '')".formatted(school, child, school));
                s.execute("""
                        insert into custody.standing (school_id, day, pupil_id, class_id, bell, class_teacher, stop_sessions, stop_starts, stop_ends, stop_rooms, stop_custodians, state, since, closed, red, corrected, alarms, entries, read_at)
                        values ('%s', '2026-10-13', '%s', '%s', '2026-10-13 08:00+00', '%s', '{}', '{}', '{}', '{}', '{}', '%s', '2026-10-13 08:00+00', false, %s, false, '{}', 0, '2026-10-13 08:00+00')
                        """.formatted(school, child, school, school, state, state.equals("disputed")));
            }
            assertThat(childrenInNoHands(c)).extracting(f -> f.substring(0, f.indexOf(':'))).containsExactlyInAnyOrder("held by nobody", "gone without a word", "no clock runs", "no alarm rings");
            c.rollback();
        }
    }

    @Test
    void no_record_names_anybody() throws SQLException {
        try (Connection c = open(); Statement s = c.createStatement()) {
            assertThat(names(c)).isEmpty();
            s.execute("insert into roster.class (school_id, class_id, school_year, grade, number, name) values ('%s', '%s', 2026, 3, 1, '3-1')".formatted(school, school));
            s.execute("insert into roster.pupil (school_id, pupil_id, class_id, name, initials, person_key) values ('%s', '%s', '%s', 'Planted Name', 'pn', '')".formatted(school, school, school));
            s.execute("insert into audit.entry (school_id, entry_id, at, account_id, hat, action, subject, facts) values ('%s', gen_random_uuid(), '2026-09-01', gen_random_uuid(), 'STAFF', 'planted', 'pupil', jsonb_build_object('who', 'Planted Name'))".formatted(school));
            assertThat(names(c)).singleElement().asString().contains("Planted Name");
            c.rollback();
        }
    }

    /** Law 4: what another school's office counts of our grades. */
    private static long seenByAnother(Connection c, UUID ours, UUID theirs) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("set local role afterbell_app");
            for (String setting : List.of("hat=STAFF", "account=" + theirs, "schools={" + theirs + "}", "children={}", "bureau=" + theirs)) {
                String[] pair = setting.split("=");
                s.execute("set local afterbell.%s = '%s'".formatted(pair[0], pair[1]));
            }
            long seen = Long.parseLong(rows(c, "select count(*)::text from schools.grade where school_id = '" + ours + "'").getFirst());
            s.execute("reset role");
            return seen;
        }
    }

    @Test
    void another_school_sees_nothing_until_somebody_opens_a_door() throws SQLException {
        UUID other = given.school();
        try (Connection c = open(); Statement s = c.createStatement()) {
            assertThat(seenByAnother(c, school, school)).isEqualTo(9);
            assertThat(seenByAnother(c, school, other)).isZero();
            s.execute("create policy open_door on schools.grade for select to afterbell_app using (true)");
            assertThat(seenByAnother(c, school, other)).as("planted: a policy that asks nobody").isEqualTo(9);
            c.rollback();
        }
    }

    /** Law 6: how often an act is done when its form is sent twice. */
    private int doneTimes(Runnable between) {
        AtomicInteger done = new AtomicInteger();
        UUID key = ids.next();
        Scope staff = Scope.school(school, ids.next());
        for (int i = 0; i < 2; i++) {
            given.within(staff, () -> keys.once(key, "planted", () -> "outcome " + done.incrementAndGet()));
            if (i == 0) given.within(staff, () -> {
                between.run();
                return true;
            });
        }
        return done.get();
    }

    @Test
    void an_act_sent_twice_is_done_once_because_its_key_is_kept() {
        assertThat(doneTimes(() -> {})).isOne();
        // Planted: the key is lost, as if a use case had never kept it.
        assertThat(doneTimes(this::loseKeys)).isEqualTo(2);
    }

    private void loseKeys() {
        try (Connection c = DriverManager.getConnection(url, admin, password);
                Statement s = c.createStatement()) {
            s.execute("delete from shared.command_key where outcome = 'outcome 1'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void section(Connection c, int capacity) throws SQLException {
        try (Statement s = c.createStatement()) {
            // A plant names no section of the menu: only the counters are judged.
            s.execute("set local session_replication_role = replica");
            for (String activity : List.of("chess", "go")) {
                s.execute("insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity) values ('%s', '%s', '%s', '%s', 1, 9, %d)".formatted(school, id(activity), school, activity, capacity));
                s.execute("insert into placement.section_slot (school_id, section_id, band, slot_id) values ('%s', '%s', 'all', '%s')".formatted(school, id(activity), school));
            }
        }
    }

    private void seat(Connection c, String activity) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("insert into placement.seat (school_id, seat_id, term_id, pupil_id, section_id, activity, from_day, source, given_at) values ('%s', gen_random_uuid(), '%s', '%s', '%s', '%s', '2026-09-14', 'draw', '2026-09-05')".formatted(school, school, school, id(activity), activity));
        }
    }

    private static UUID id(String activity) {
        return UUID.nameUUIDFromBytes(activity.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Connection open() throws SQLException {
        Connection c = DriverManager.getConnection(url, admin, password);
        c.setAutoCommit(false);
        return c;
    }

    private static List<String> rows(Connection c, String query) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) rows.add(r.getString(1));
            return rows;
        }
    }
}
