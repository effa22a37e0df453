package afterbell.testing;

import afterbell.base.calendar.TermDates;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.text.Pinyin;
import afterbell.day.custody.ChildDays;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.timetable.Sessions;
import afterbell.testing.GivenAfternoon.Teacher;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A whole school on {@link GivenAfternoon#DAY}: classes of any size that stay in their rooms for both periods, somebody who leads the day, a guard, areas to be
 * walked. No two children have names that sound alike. Whoever uses this calls {@link GivenAfternoon#over} in the end.
 */
public final class GivenCrowd {
    private static final String FAMILIES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高";
    private static final String GIVEN = "安宝晨丹恩方歌涵佳康乐曼宁鹏琪然森涛文夏妍泽";
    private static final List<String> MORE = List.of("", "一", "书");

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final GivenSchool given;
    private final Accounts accounts;
    private final GivenTerm terms;
    private final GivenAfternoon afternoons;
    private final Roster roster;
    private final Programme programme;
    private final Sessions sessions;
    private final ChildDays days;
    private final Duties duties;
    private final PersonalData personal;
    private final JdbcClient sql;
    private final Ids ids;

    GivenCrowd(
            GivenSchool given,
            Accounts accounts,
            GivenTerm terms,
            GivenAfternoon afternoons,
            Roster roster,
            Programme programme,
            Sessions sessions,
            ChildDays days,
            Duties duties,
            PersonalData personal,
            JdbcClient sql,
            Ids ids) {
        this.given = given;
        this.accounts = accounts;
        this.terms = terms;
        this.afternoons = afternoons;
        this.roster = roster;
        this.programme = programme;
        this.sessions = sessions;
        this.days = days;
        this.duties = duties;
        this.personal = personal;
        this.sql = sql;
        this.ids = ids;
    }

    /** @param first session of the first period, {@code last} of the second */
    public record Room(UUID id, String name, List<UUID> children, UUID first, UUID last) {}

    /** @param guard signs in with {@link GivenSchool#PASSWORD} */
    public record Crowd(UUID school, List<Room> rooms, Teacher leader, String guard, List<UUID> areas) {
        public List<UUID> children() {
            return rooms.stream().flatMap(r -> r.children().stream()).toList();
        }
    }

    /** How many children a class has, who hands it over at the bell, and who is with it afterwards. */
    public record Plan(int children, Teacher classTeacher, Teacher teacher) {}

    /** The clock stands at 15:50 afterwards, and the day is open. */
    public Crowd crowd(UUID school, List<Plan> plans) {
        afternoons.at("15:50");
        UUID term = terms.term(school, 2026, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)));
        Teacher leader = afternoons.teacher(school, Role.DUTY_LEADER, null);
        List<UUID> classes = new ArrayList<>();
        List<List<UUID>> children = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int all = 0;
        for (int i = 0; i < plans.size(); i++) {
            UUID klass = terms.schoolClass(school, 3 + i % 2, 1 + i / 2);
            classes.add(klass);
            names.add(3 + i % 2 + "年级" + (1 + i / 2) + "班");
            children.add(pupils(school, klass, all, plans.get(i).children()));
            all += plans.get(i).children();
        }
        List<UUID> areas = List.of(area(school, "东楼梯"), area(school, "操场"));
        given.in(school, () -> {
            List<OwnClassDuty> care = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                roster.putClassTeacher(school, classes.get(i), plans.get(i).classTeacher().staff(), false);
                for (int ordinal = 1; ordinal <= 2; ordinal++) care.add(new OwnClassDuty(term, classes.get(i), terms.slot(term, DayOfWeek.TUESDAY, ordinal), plans.get(i).teacher().staff(), null, null));
                afternoons.stay(school, children.get(i), 2);
            }
            programme.putDuties(school, care);
            sessions.fill(school, term);
            duties.settle(school, leader.staff(), null);
            return true;
        });
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) rooms.add(new Room(classes.get(i), names.get(i), children.get(i), session(school, classes.get(i), "16:00"), session(school, classes.get(i), "17:00")));
        given.in(school, () -> days.open(school, GivenAfternoon.DAY));
        // The house's own clock may have opened the day while this school was still being made.
        given.in(school, () -> {
            days.replan(school, GivenAfternoon.DAY);
            return true;
        });
        return new Crowd(school, rooms, leader, guard(school), areas);
    }

    private String guard(UUID school) {
        String user = "gatekeeper" + NEXT.incrementAndGet();
        given.in(school, () -> {
            UUID account = accounts.add(user, user, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(Role.GUARD, school, null, null, null, null), null);
            roster.addStaff(school, List.of(new StaffMember(ids.next(), account, user, "门卫老李", "mwll", "guard", "")));
            return true;
        });
        return user;
    }

    private List<UUID> pupils(UUID school, UUID klass, int from, int count) {
        List<Roster.NewPupil> all = IntStream.range(from, from + count)
                .mapToObj(n -> new Roster.NewPupil(ids.next(), klass, name(n), n % 2 == 0 ? "F" : "M", null, Pinyin.searchColumn(name(n)), null))
                .toList();
        given.in(school, () -> {
            roster.addPupils(school, all);
            return true;
        });
        return all.stream().map(Roster.NewPupil::id).toList();
    }

    /** @param n below 1320 */
    public static String name(int n) {
        return "" + FAMILIES.charAt(n % 20) + GIVEN.charAt(n / 20 % 22) + MORE.get(n / 440);
    }

    private UUID area(UUID school, String name) {
        UUID id = ids.next();
        given.in(school, () -> sql.sql("insert into schools.area (school_id, area_id, name) values (:s, :id, :n)").param("s", school).param("id", id).param("n", name).update());
        return id;
    }

    private UUID session(UUID school, UUID klass, String starts) {
        return given.in(school, () -> sql.sql("select session_id from timetable.pub_session where day = :d and starts = :t::time and class_id = :c")
                .param("d", GivenAfternoon.DAY)
                .param("t", starts)
                .param("c", klass)
                .query(UUID.class)
                .single());
    }

    /** Who stands in the late room today. */
    public void lateRoom(UUID school, Teacher who) {
        given.in(school, () -> {
            duties.put(school, List.of(new Duties.Written(GivenAfternoon.DAY, PostKey.LATE, who.staff(), Duties.Source.HAND, true)), null);
            return true;
        });
    }

    /** Guardians have agreed that these children leave with their line. */
    public void line(UUID school, Collection<UUID> children) {
        given.in(school, () -> {
            roster.addConsents(
                    school,
                    children.stream()
                            .map(p -> new Roster.NewConsent(UUID.randomUUID(), p, "class-line", List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00")))
                            .toList());
            return true;
        });
    }

    /** Somebody on the child's list. */
    public UUID taker(UUID school, UUID child, String name, String label) {
        UUID adult = ids.next();
        given.in(school, () -> {
            roster.addAdults(school, List.of(new Roster.NewAdult(adult, null, name)));
            roster.addRelations(school, List.of(new Roster.NewRelation(child, adult, "guardian", label)));
            return true;
        });
        return adult;
    }

    /** A court's paper keeps this person of the child's list away. */
    public void keptAway(UUID school, UUID child, UUID adult, String name) {
        byte[] own = personal.newKey();
        given.in(school, () -> sql.sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, person_key, name_sealed, document_sealed, said_sealed, made_at, made_by)
                values (:s, :id, :p, :a, :k, :n, :n, :n, :at, :by)
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", child)
                .param("a", adult)
                .param("k", own)
                .param("n", personal.seal(own, name))
                .param("at", Timestamp.from(afternoons.moment("08:00")))
                .param("by", new UUID(0, 1))
                .update());
    }
}
