package afterbell.testing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermStore;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sections whose seats can be taken, and who has or waits for one. */
public final class GivenSeats {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String BAND = "all";

    private final GivenSchool given;
    private final GivenTerm terms;
    private final TermStore termStore;
    private final Calendars calendars;
    private final Accounts accounts;
    private final Consents consents;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    GivenSeats(GivenSchool given, GivenTerm terms, TermStore termStore, Calendars calendars, Accounts accounts, Consents consents, JdbcClient sql, Ids ids, Clock clock) {
        this.given = given;
        this.terms = terms;
        this.termStore = termStore;
        this.calendars = calendars;
        this.accounts = accounts;
        this.consents = consents;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** A term in whose clubs one may add and drop now: they begin next week. */
    public UUID termToChangeIn(UUID school) {
        UUID term = terms.term(school);
        given.in(school, () -> {
            Term t = calendars.term(school, term);
            LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
            int week = Math.clamp(t.dates().week(today) + 1L, 1, t.dates().weeks() - 3);
            termStore.put(school, new Term(term, t.startYear(), t.half(), t.dates(), t.registration(), 2, week, 2));
            return true;
        });
        return term;
    }

    /** Opens the seats of a published section; the counter stands as after a publication. */
    public UUID open(UUID school, UUID term, String code, int capacity, UUID... slots) {
        UUID section = terms.section(school, term, terms.club(code, slots).size(1, Math.max(1, capacity)));
        given.in(school, () -> {
            sql.sql("insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity) values (:s, :x, :t, :a, 1, 9, :c)")
                    .param("s", school).param("x", section).param("t", term).param("a", code).param("c", capacity).update();
            for (UUID slot : slots)
                sql.sql("insert into placement.section_slot (school_id, section_id, band, slot_id) values (:s, :x, :b, :l)")
                        .param("s", school).param("x", section).param("b", BAND).param("l", slot).update();
            return true;
        });
        return section;
    }

    /** Gives a child a seat, as the draw does. */
    public UUID seat(UUID school, UUID pupil, UUID section) {
        UUID seat = ids.next();
        given.in(school, () -> sql.sql("select code from placement.take_batch(:s, array[row(0, :seat, :p, :x, 3, :b, 1)::placement.seat_wish], 'draw', null, null, :at, :from)")
                .param("s", school).param("seat", seat).param("p", pupil).param("x", section).param("b", BAND).param("at", Timestamp.from(clock.instant())).param("from", LocalDate.of(2026, 9, 21))
                .query((r, n) -> r.getString(1)).single());
        return seat;
    }

    /** Puts a child on a waiting list, as the publication does. @param mode yes or ask */
    public UUID waits(UUID school, UUID term, UUID pupil, UUID section, long key, String mode) {
        UUID place = ids.next();
        given.in(school, () -> sql.sql("insert into placement.waiting (school_id, waiting_id, term_id, section_id, pupil_id, place_key, mode, since, grade, band) values (:s, :w, :t, :x, :p, :k, :m, :at, 3, :b)")
                .param("s", school).param("w", place).param("t", term).param("x", section).param("p", pupil).param("k", key).param("m", mode).param("at", Timestamp.from(clock.instant())).param("b", BAND).update());
        return place;
    }

    /** One guardian of many children, who has consented for each. */
    public String guardianOf(UUID school, List<UUID> pupils) {
        String user = "many" + NEXT.incrementAndGet();
        given.in(school, () -> {
            UUID account = accounts.add(user, user, GivenSchool.PASSWORD);
            for (UUID p : pupils) {
                accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, p, null), null);
                consents.decide(school, p, account, Consents.Decision.GIVEN, "test");
            }
            return true;
        });
        return user;
    }

    /** taken, held and the seats that are really there: they must agree. */
    public record Count(int capacity, int taken, int held, int seats, int offers) {
        public boolean sound() {
            return taken == seats && held == offers && taken + held <= capacity;
        }
    }

    public Count count(UUID school, UUID section) {
        return given.in(school, () -> sql.sql("""
                select c.capacity + c.over as capacity, c.taken, c.held,
                       (select count(*)::int from placement.seat e where e.school_id = c.school_id and e.section_id = c.section_id and e.ended_at is null) as seats,
                       (select count(*)::int from placement.waiting w where w.school_id = c.school_id and w.section_id = c.section_id and w.state = 'offered') as offers
                from placement.section_seats c where c.school_id = :s and c.section_id = :x
                """).param("s", school).param("x", section).query(Count.class).single());
    }

    public String stateOf(UUID school, UUID place) {
        return given.in(school, () -> sql.sql("select state from placement.waiting where school_id = :s and waiting_id = :w").param("s", school).param("w", place).query(String.class).single());
    }

    public List<UUID> members(UUID school, UUID section) {
        return given.in(school, () -> sql.sql("select pupil_id from placement.pub_seat where school_id = :s and section_id = :x").param("s", school).param("x", section).query(UUID.class).list());
    }
}
