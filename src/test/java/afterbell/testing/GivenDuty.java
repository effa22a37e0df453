package afterbell.testing;

import afterbell.base.calendar.TermDates;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.term.programme.Cell;
import afterbell.term.programme.Offering;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import afterbell.term.timetable.Sessions;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People and places of an afternoon: staff with accounts, gates, areas, rooms, who stands with a class, dated sessions. */
public final class GivenDuty {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final GivenSchool given;
    private final GivenTerm terms;
    private final Roster roster;
    private final Accounts accounts;
    private final Schools schools;
    private final Programme programme;
    private final Sessions sessions;
    private final JdbcClient sql;
    private final Ids ids;

    GivenDuty(GivenSchool given, GivenTerm terms, Roster roster, Accounts accounts, Schools schools, Programme programme, Sessions sessions, JdbcClient sql, Ids ids) {
        this.given = given;
        this.terms = terms;
        this.roster = roster;
        this.accounts = accounts;
        this.schools = schools;
        this.programme = programme;
        this.sessions = sessions;
        this.sql = sql;
        this.ids = ids;
    }

    /** Somebody on the staff with an account; {@code user} signs in with {@link GivenSchool#PASSWORD}. */
    public record Member(UUID staff, UUID account, String user, String name) {}

    /** @param kind teacher, office, guard or outside */
    public Member member(UUID school, String kind, Role... roles) {
        int n = NEXT.incrementAndGet();
        UUID staff = ids.next();
        String user = "staff" + n;
        String name = "职工" + n;
        UUID account = given.in(school, () -> {
            UUID a = accounts.add(user, name, GivenSchool.PASSWORD);
            accounts.grant(a, new Wearer.Grant(Role.SERVICE_TEACHER, school, null, null, null, null), null);
            for (Role r : roles) if (r != Role.SERVICE_TEACHER) accounts.grant(a, new Wearer.Grant(r, school, null, null, null, null), null);
            roster.addStaff(school, List.of(new StaffMember(staff, a, "D" + n, name, "zg" + n, kind, List.of("语文", "数学", "英语", "体育").get(n % 4))));
            return a;
        });
        return new Member(staff, account, user, name);
    }

    public void classTeacher(UUID school, UUID schoolClass, Member who, boolean deputy) {
        given.in(school, () -> {
            roster.putClassTeacher(school, schoolClass, who.staff(), deputy);
            accounts.grant(who.account(), new Wearer.Grant(Role.CLASS_TEACHER, school, schoolClass, null, null, null), null);
            return true;
        });
    }

    public UUID room(UUID school, String name, boolean outdoor) {
        UUID id = ids.next();
        given.in(school, () -> {
            schools.putRoom(school, new Schools.Room(id, name, name, outdoor ? "outdoor" : "special", 200, outdoor));
            return true;
        });
        return id;
    }

    public UUID gate(UUID school, String name) {
        UUID id = ids.next();
        given.in(school, () -> sql.sql("insert into schools.gate (school_id, gate_id, name) values (:s, :id, :n)").param("s", school).param("id", id).param("n", name).update());
        return id;
    }

    public UUID area(UUID school, String name) {
        UUID id = ids.next();
        given.in(school, () -> sql.sql("insert into schools.area (school_id, area_id, name) values (:s, :id, :n)").param("s", school).param("id", id).param("n", name).update());
        return id;
    }

    /** A club of all grades on the published menu, led by the first of its teachers. */
    public UUID club(UUID school, UUID term, String name, @Nullable UUID room, List<UUID> slots, Member... teachers) {
        UUID offering = ids.next();
        UUID section = ids.next();
        String code = "K" + NEXT.incrementAndGet();
        given.in(school, () -> {
            programme.putOfferings(school, List.of(new Offering(offering, term, code, name, Offering.Domain.OTHER, "", Cell.Layer.EXTENSION, null, null, "", false, 0, Offering.PriceUnit.SESSION, false)));
            programme.putSections(school, List.of(new Section(
                    section, offering, term, code, name, Section.Kind.CLUB, 1, 9, 1, 60, "", null, room, Section.State.PUBLISHED, false, "", slots,
                    Arrays.stream(teachers).map(Member::staff).toList())));
            // It runs: a result has opened its counter.
            return sql.sql("""
                    insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity)
                    select school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity from programme.pub_section where school_id = :s and section_id = :x
                    """).param("s", school).param("x", section).update();
        });
        return section;
    }

    /** Who stands with a class in both periods of every weekday. */
    public void ownClass(UUID school, UUID term, UUID schoolClass, Member who) {
        List<OwnClassDuty> duties = new ArrayList<>();
        for (DayOfWeek day : List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY))
            for (int ordinal = 1; ordinal <= 2; ordinal++) duties.add(new OwnClassDuty(term, schoolClass, terms.slot(term, day, ordinal), who.staff(), null, null));
        given.in(school, () -> {
            programme.putDuties(school, duties);
            return true;
        });
    }

    /** A term that has run for six weeks at {@code today}. */
    public UUID term(UUID school, LocalDate today) {
        LocalDate first = today.minusWeeks(6).with(DayOfWeek.MONDAY);
        return terms.term(school, first.getYear(), new TermDates(first, first.plusWeeks(16)));
    }

    public void fill(UUID school, UUID term) {
        given.in(school, () -> sessions.fill(school, term));
    }

    /** The session of a section or of a class in a period of a day. */
    public UUID session(UUID school, UUID of, LocalDate day, int ordinal) {
        return given.in(school, () -> sql.sql("""
                select s.session_id from timetable.pub_session s join calendar.pub_slot l using (school_id, slot_id)
                where s.school_id = :s and (s.section_id = :of or s.class_id = :of) and s.day = :day and l.ordinal = :o
                """).param("s", school).param("of", of).param("day", day).param("o", ordinal).query(UUID.class).single());
    }
}
