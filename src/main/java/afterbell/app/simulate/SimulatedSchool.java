package afterbell.app.simulate;

import afterbell.app.scenarios.LoadScenario;
import afterbell.app.scenarios.Scenario;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.placement.SeatCounters;
import afterbell.term.placement.Seats;
import afterbell.term.timetable.Sessions;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The school of a scenario with its people, and the service opened: families have answered, seats are taken, sessions are dated. */
final class SimulatedSchool {
    private static final Duration REGISTRATION = Duration.ofDays(3);
    private static final double TAKES_PART = 0.92;
    private static final double TO_THE_END = 0.8;
    private static final double LEAVES_WITH_LINE = 0.82;
    private static final double WALKS = 0.06;
    private static final int SIGNED_IN_FAMILY = 6;
    private static final int BARRED_FAMILY = 40;
    private static final int OUTDOOR_ROOMS = 3;
    private static final int AREAS = 3;
    private static final String OFFICE = "office";
    private static final Pattern KEY = Pattern.compile("abd_[A-Za-z0-9_-]{20,}");

    /** A member of staff who can sign in. */
    record Member(UUID staff, Wearer wearer) {
        UUID account() {
            return wearer.account();
        }
    }

    /**
     * A child with what its family has said.
     *
     * @param guardian who may take it
     * @param family the guardian's account; null for families that never sign in
     * @param barred who must not take it; null for nearly all
     */
    record Child(UUID id, UUID schoolClass, int grade, UUID guardian, @Nullable UUID family, @Nullable UUID barred) {}

    final SimulatedHouse house;
    final UUID school;
    final Term term;
    final Member leader;
    final Member guard;
    final Member lateRoom;
    final Member office;
    /** The card gate's key, as the office was shown it once, and the device's running number. */
    final String gateKey;
    final AtomicLong swipes = new AtomicLong();
    final Map<UUID, Member> staff = new HashMap<>();
    final Map<UUID, Child> children = new LinkedHashMap<>();
    final List<SchoolClass> classes;
    /** What the duty leader walks before the school is cleared. */
    final List<UUID> areas = new ArrayList<>();
    final String barredName;
    final String delegateName;
    private final Random random;

    SimulatedSchool(SimulatedHouse house, Scenario plan, Random random) {
        this.house = house;
        this.random = random;
        String letters = plan.title().codePoints().filter(Character::isIdeographic).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        this.barredName = letters.substring(0, 2);
        this.delegateName = letters.substring(2, 4);
        LocalDate first = plan.dates().first();
        house.at(first.minusDays(7).atTime(LocalTime.of(9, 0)).atZone(Screen.ZONE).toInstant());
        LoadScenario.Loaded loaded = house.bean(LoadScenario.class).load(plan, "SIM-" + plan.id());
        if (!loaded.stops().isEmpty() || !loaded.barred().isEmpty()) throw new IllegalStateException("the scenario's plan is refused: " + loaded);
        school = loaded.school();
        term = house.in(school, () -> house.bean(Calendars.class).termAt(school, first).orElseThrow());
        classes = house.in(school, () -> house.bean(Roster.class).classes(school)).stream().sorted(Comparator.comparing(SchoolClass::grade).thenComparing(SchoolClass::number)).toList();
        house.run(school, this::teachers);
        leader = house.in(school, () -> member("leader", "teacher", Role.DUTY_LEADER, Role.SERVICE_TEACHER));
        guard = house.in(school, () -> member("guard", "guard", Role.GUARD));
        lateRoom = house.in(school, () -> member("late", "teacher", Role.SERVICE_TEACHER));
        office = house.in(school, () -> member("office", "office", Role.OFFICE));
        gateKey = gate();
        house.run(school, this::places);
        house.run(school, this::families);
        answers();
        house.run(school, this::seats);
        house.run(school, () -> house.bean(Sessions.class).fill(school, term.id()));
    }

    /** Every teacher of the plan signs in; class teachers with their class. */
    private void teachers() {
        Map<UUID, UUID> leads = house.bean(JdbcClient.class)
                .sql("select staff_id, class_id from roster.pub_class_teacher where school_id = :s and not deputy")
                .param("s", school)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getObject(2, UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (StaffMember m : house.bean(Roster.class).staff(school)) {
            List<Wearer.Grant> grants = new ArrayList<>(List.of(grant(Role.SERVICE_TEACHER, null)));
            @Nullable UUID leading = leads.get(m.id());
            if (leading != null) grants.add(grant(Role.CLASS_TEACHER, leading));
            UUID account = account(m.name(), grants);
            house.bean(JdbcClient.class).sql("update roster.staff set account_id = :a where school_id = :s and staff_id = :t").param("a", account).param("s", school).param("t", m.id()).update();
            staff.put(m.id(), new Member(m.id(), new Wearer(account, m.name(), Hat.STAFF, grants, true)));
        }
    }

    /** Somebody more of the staff. */
    Member member(String name, String kind, Role... roles) {
        List<Wearer.Grant> grants = new ArrayList<>();
        for (Role role : roles) grants.add(grant(role, null));
        UUID account = account(name, grants);
        UUID id = house.bean(Ids.class).next();
        house.bean(Roster.class).addStaff(school, List.of(new StaffMember(id, account, name, name, name, kind, "")));
        Member member = new Member(id, new Wearer(account, name, Hat.STAFF, grants, true));
        staff.put(id, member);
        return member;
    }

    private Wearer.Grant grant(Role role, @Nullable UUID schoolClass) {
        return new Wearer.Grant(role, school, schoolClass, null, null, null);
    }

    private UUID account(String name, List<Wearer.Grant> grants) {
        UUID account = house.bean(Accounts.class).add(null, name, null);
        grants.forEach(g -> house.bean(Accounts.class).grant(account, g, null));
        return account;
    }

    /** The office makes a card gate; its answer shows the key once. */
    private String gate() {
        SimulatedHouse.Answer made = house.post(office.account(), "/devices", Map.of("name", "gate"));
        Matcher key = KEY.matcher(made.body());
        if (!key.find()) throw new IllegalStateException("no card gate was made: " + made.status());
        return key.group();
    }

    /** A gate, areas to walk, the late room, and a few rooms under the open sky, so that rain has something to spoil. */
    private void places() {
        Schools schools = house.bean(Schools.class);
        schools.addGate(school, house.bean(Ids.class).next(), OFFICE);
        for (int i = 1; i <= AREAS; i++) {
            UUID area = house.bean(Ids.class).next();
            schools.addArea(school, area, "A" + i);
            areas.add(area);
        }
        List<Schools.Room> special = schools.rooms(school).stream().filter(r -> r.kind().equals("special")).sorted(Comparator.comparing(Schools.Room::code)).toList();
        for (Schools.Room r : special.subList(0, Math.min(OUTDOOR_ROOMS, special.size()))) schools.putRoom(school, new Schools.Room(r.id(), r.code(), r.name(), "outdoor", r.capacity(), true));
        house.bean(Duties.class).settle(school, leader.staff(), special.getLast().id());
    }

    private void families() {
        Ids ids = house.bean(Ids.class);
        List<Roster.NewAdult> adults = new ArrayList<>();
        List<Roster.NewRelation> relations = new ArrayList<>();
        List<Roster.NewConsent> consents = new ArrayList<>();
        Map<UUID, UUID> barred = new LinkedHashMap<>();
        int number = 0;
        for (Pupil p : pupils()) {
            number++;
            UUID guardian = ids.next();
            @Nullable UUID account = number % SIGNED_IN_FAMILY == 0 ? account(p.name(), List.of(new Wearer.Grant(Role.GUARDIAN, school, null, null, p.id(), null))) : null;
            if (account != null) house.bean(Consents.class).decide(school, p.id(), account, Consents.Decision.GIVEN, "simulation");
            adults.add(new Roster.NewAdult(guardian, account, p.name()));
            relations.add(new Roster.NewRelation(p.id(), guardian, "guardian", "mother"));
            if (number % BARRED_FAMILY == 0) {
                UUID other = ids.next();
                adults.add(new Roster.NewAdult(other, null, barredName));
                relations.add(new Roster.NewRelation(p.id(), other, "guardian", "father"));
                barred.put(p.id(), other);
            }
            double dice = random.nextDouble();
            String kind = dice < LEAVES_WITH_LINE ? "class-line" : dice < LEAVES_WITH_LINE + WALKS && p.grade() > 4 ? "walk-home" : "";
            if (!kind.isEmpty()) consents.add(new Roster.NewConsent(ids.next(), p.id(), kind, random.nextInt(10) == 0 ? List.of(1, 3, 5) : List.of(1, 2, 3, 4, 5), term.dates().first(), guardian, house.now()));
            children.put(p.id(), new Child(p.id(), p.schoolClass(), p.grade(), guardian, account, barred.get(p.id())));
        }
        Roster roster = house.bean(Roster.class);
        roster.addAdults(school, adults);
        roster.addRelations(school, relations);
        roster.addConsents(school, consents);
        barred.forEach(this::bar);
    }

    /** The office holds a paper. */
    private void bar(UUID pupil, UUID adult) {
        PersonalData personal = house.bean(PersonalData.class);
        byte[] key = personal.newKey();
        byte[] name = personal.seal(key, barredName);
        house.bean(JdbcClient.class).sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, person_key, name_sealed, document_sealed, said_sealed, made_at, made_by)
                values (:s, :id, :p, :a, :k, :n, :n, :n, :at, :by)
                """)
                .param("s", school)
                .param("id", house.bean(Ids.class).next())
                .param("p", pupil)
                .param("a", adult)
                .param("k", key)
                .param("n", name)
                .param("at", Timestamp.from(house.now()))
                .param("by", leader.account())
                .update();
    }

    /** In an order that is the same in each run, though ids are not. */
    private List<Pupil> pupils() {
        return house.bean(Roster.class).pupils(school).stream()
                .sorted(Comparator.comparing(Pupil::grade).thenComparing(Pupil::className).thenComparing(Pupil::name).thenComparing(p -> Objects.requireNonNullElse(p.birthday(), LocalDate.MIN)))
                .toList();
    }

    /** Families say their days; whoever has a choice in a slot takes what is free. */
    private void answers() {
        LocalDate first = term.dates().first();
        Instant opens = first.minusDays(7).atTime(8, 0).atZone(Screen.ZONE).toInstant();
        Round round = new Round(house.bean(Ids.class).next(), term.id(), "simulation", opens, opens.plus(REGISTRATION), opens.plus(REGISTRATION), Round.State.OPEN, null, false, List.of(), "fair");
        house.run(school, () -> house.bean(Enrolments.class).put(school, round));
        Map<UUID, List<Enrolments.Entry>> byClass = new LinkedHashMap<>();
        Map<Integer, Menu> menus = new HashMap<>();
        for (Child c : children.values()) {
            Menu menu = menus.computeIfAbsent(c.grade(), g -> house.in(school, () -> house.bean(Enrolments.class).menu(school, term.id(), g)));
            byClass.computeIfAbsent(c.schoolClass(), k -> new ArrayList<>()).add(new Enrolments.Entry(c.id(), c.grade(), days(menu), leader.account(), opens.plusSeconds(3600)));
        }
        byClass.values().forEach(some -> house.run(school, () -> house.bean(Enrolments.class).enterAll(school, round.id(), some, true)));
        house.run(school, () -> house.bean(Enrolments.class).close(school, round.id(), round.closesAt().plusSeconds(60)));
    }

    private Sheet days(Menu menu) {
        if (random.nextDouble() >= TAKES_PART) return Sheet.NO;
        boolean end = random.nextDouble() < TO_THE_END;
        Map<Integer, Integer> until = new LinkedHashMap<>();
        for (int day : menu.weekdays()) {
            var ordinals = menu.on(day).stream().mapToInt(Menu.Slot::ordinal).summaryStatistics();
            if (ordinals.getCount() > 0) until.put(day, end ? ordinals.getMax() : ordinals.getMin());
        }
        return until.isEmpty() ? Sheet.NO : new Sheet(true, until, Map.of(), Sheet.Waiting.ASK);
    }

    private record Choice(UUID slot, String band, int weekday, int ordinal) {}

    private void seats() {
        house.bean(SeatCounters.class).open(school, term.id(), null, null);
        Map<Integer, String> bands = house.bean(Schools.class).grades(school).stream().collect(Collectors.toMap(Schools.Grade::grade, Schools.Grade::band));
        Map<UUID, Map<Integer, Integer>> stays = new HashMap<>();
        house.bean(JdbcClient.class)
                .sql("select pupil_id, weekday, until_ordinal from timetable.pub_stay where school_id = :s and term_id = :t")
                .param("s", school)
                .param("t", term.id())
                .query((r, n) -> stays.computeIfAbsent(r.getObject(1, UUID.class), p -> new HashMap<>()).put(r.getInt(2), r.getInt(3)))
                .list();
        for (int grade : bands.keySet().stream().sorted().toList()) {
            Menu menu = house.bean(Enrolments.class).menu(school, term.id(), grade);
            List<Child> mine = children.values().stream().filter(c -> c.grade() == grade).toList();
            for (Menu.Slot slot : menu.choices()) {
                List<Menu.Section> sections = menu.in(slot.id());
                if (sections.isEmpty()) continue;
                List<Seats.Wanted> wanted = new ArrayList<>();
                int n = 0;
                for (Child c : mine)
                    if (stays.getOrDefault(c.id(), Map.of()).getOrDefault(slot.weekday(), 0) >= slot.ordinal())
                        wanted.add(new Seats.Wanted(house.bean(Ids.class).next(), c.id(), sections.get(n++ % sections.size()).id(), grade, Objects.requireNonNull(bands.get(grade)), 1));
                house.bean(Seats.class).take(school, wanted, Seats.Source.DRAW, null, leader.account(), house.now(), term.dates().first());
            }
        }
    }

    Set<UUID> classIds() {
        return classes.stream().map(SchoolClass::id).collect(Collectors.toUnmodifiableSet());
    }

    Member member(UUID id) {
        return Objects.requireNonNull(staff.get(id));
    }
}
