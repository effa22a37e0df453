package afterbell.testing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.calendar.TermDates;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.timetable.Sessions;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One class on one Tuesday in mid-term: own-class care from 16:00 to 16:50 with a teacher of its own, a club from 17:00 to 17:50 for the first children, the
 * others stay in the class. The clock stands where {@link #at} puts it; whoever uses this calls {@link #over} in the end.
 */
public final class GivenAfternoon {
    public static final LocalDate DAY = LocalDate.of(2026, 10, 13);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final GivenSchool given;
    private final GivenTerm terms;
    private final GivenResult seats;
    private final Roster roster;
    private final Accounts accounts;
    private final Programme programme;
    private final Sessions sessions;
    private final ChildDays childDays;
    private final JdbcClient sql;
    private final ShiftableClock clock;
    private final Ids ids;

    GivenAfternoon(GivenSchool given, GivenTerm terms, GivenResult seats, Roster roster, Accounts accounts, Programme programme, Sessions sessions, ChildDays childDays, JdbcClient sql, ShiftableClock clock, Ids ids) {
        this.given = given;
        this.terms = terms;
        this.seats = seats;
        this.roster = roster;
        this.accounts = accounts;
        this.programme = programme;
        this.sessions = sessions;
        this.childDays = childDays;
        this.sql = sql;
        this.clock = clock;
        this.ids = ids;
    }

    /** @param user signs in with {@link GivenSchool#PASSWORD} */
    public record Teacher(UUID staff, UUID account, String user) {}

    /**
     * @param own session of own-class care in the first period, {@code ownLater} in the second, {@code club} of the club in the second
     * @param inClub the children who have a seat in the club
     */
    public record World(
            UUID school, UUID term, UUID schoolClass, List<UUID> pupils, List<UUID> inClub, Teacher classTeacher, Teacher carer, Teacher coach, UUID section, UUID own, UUID ownLater, UUID club) {}

    /** The clock stands at 15:50 of the day afterwards. */
    public World world(int children, int inClub) {
        at("15:50");
        UUID school = given.school();
        UUID term = terms.term(school, 2026, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)));
        UUID klass = terms.schoolClass(school, 3, 2);
        List<UUID> pupils = terms.pupils(school, klass, children);
        Teacher classTeacher = teacher(school, Role.CLASS_TEACHER, klass);
        Teacher carer = teacher(school, Role.SERVICE_TEACHER, null);
        Teacher coach = teacher(school, Role.SERVICE_TEACHER, null);
        UUID second = terms.slot(term, DayOfWeek.TUESDAY, 2);
        UUID section = terms.section(school, term, terms.club("K" + NEXT.incrementAndGet(), second).size(1, 60));
        seats.seat(school, section, 3, pupils.subList(0, inClub), LocalDate.of(2026, 9, 1));
        given.in(school, () -> {
            roster.putClassTeacher(school, klass, classTeacher.staff(), false);
            programme.putDuties(school, List.of(duty(term, klass, terms.slot(term, DayOfWeek.TUESDAY, 1), carer.staff()), duty(term, klass, second, carer.staff())));
            sql.sql("insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :x, :f, true)").param("s", school).param("x", section).param("f", coach.staff()).update();
            sessions.fill(school, term);
            stay(school, pupils, 2);
            return true;
        });
        return new World(
                school, term, klass, pupils, pupils.subList(0, inClub), classTeacher, carer, coach, section, session(school, klass, "16:00"), session(school, klass, "17:00"), session(school, section, "17:00"));
    }

    /** At 17:05 all children of the world sit in their last session with the carer, which ends at 17:50. */
    public void counted(World world) {
        given.in(world.school(), () -> childDays.open(world.school(), DAY));
        given.in(world.school(), () -> {
            childDays.replan(world.school(), DAY);
            return true;
        });
        at("17:05");
        Teller carer = new Teller(world.carer().account(), Set.of(Teller.Duty.SERVICE_TEACHER));
        Fact counted = new Fact.Counted(world.carer().staff(), world.ownLater(), moment("17:50"));
        List<ToldOf> told = world.pupils().stream().map(p -> new ToldOf(p, new Telling(ids.next(), moment("17:02"), carer, counted, true))).toList();
        assertThat(given.in(world.school(), () -> childDays.tell(world.school(), DAY, told))).allMatch(d -> d instanceof Decision.Recorded);
    }

    /** Says for this day until which period these children stay. */
    public void stay(UUID school, List<UUID> pupils, int until) {
        for (UUID pupil : pupils)
            sql.sql("""
                    insert into custody.stay (school_id, day, pupil_id, until_ordinal, source, said_by, said_at) values (:s, :d, :p, :u, 'office', :by, :at)
                    on conflict (school_id, day, pupil_id) do update set until_ordinal = excluded.until_ordinal
                    """)
                    .param("s", school)
                    .param("d", DAY)
                    .param("p", pupil)
                    .param("u", until)
                    .param("by", new UUID(0, 1))
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
    }

    private static OwnClassDuty duty(UUID term, UUID klass, UUID slot, UUID staff) {
        return new OwnClassDuty(term, klass, slot, staff, null, null);
    }

    private UUID session(UUID school, UUID of, String starts) {
        return given.in(school, () -> sql.sql("select session_id from timetable.pub_session where day = :d and starts = :t::time and (section_id = :x or class_id = :x)")
                .param("d", DAY)
                .param("t", starts)
                .param("x", of)
                .query(UUID.class)
                .single());
    }

    public Teacher teacher(UUID school, Role role, @org.jspecify.annotations.Nullable UUID klass) {
        String user = "care" + NEXT.incrementAndGet();
        UUID staff = ids.next();
        return given.in(school, () -> {
            UUID account = accounts.add(user, user, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(role, school, klass, null, null, null), null);
            if (role != Role.SERVICE_TEACHER) accounts.grant(account, new Wearer.Grant(Role.SERVICE_TEACHER, school, null, null, null, null), null);
            roster.addStaff(school, List.of(new StaffMember(staff, account, user, "老师" + user, "ls", "teacher", "")));
            return new Teacher(staff, account, user);
        });
    }

    public Instant at(String time) {
        Instant moment = moment(time);
        clock.shiftTo(moment);
        return moment;
    }

    public void on(LocalDate day, String time) {
        clock.shiftTo(day.atTime(LocalTime.parse(time)).atZone(Screen.ZONE).toInstant());
    }

    public Instant moment(String time) {
        return DAY.atTime(LocalTime.parse(time)).atZone(Screen.ZONE).toInstant();
    }

    /** The clock goes right again. */
    public void over() {
        clock.shiftBy(clock.shift().negated());
    }
}
