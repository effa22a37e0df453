package afterbell.app.demo;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.DemoAccounts.Card;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.text.Pinyin;
import afterbell.base.shared.web.Screen;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Classes, children, families and staff of the demo school, and the demo cards that stand for some of them. */
@Component
@Order(20)
@ConditionalOnProperty("afterbell.demo")
final class RosterChapter implements DemoChapter {
    /** Stands for people of the school who have no demo card. */
    private static final UUID COLLEAGUE = new UUID(0, 1);

    // The first of the staff who holds an office gets its card; the head is on duty too, but the card goes to a deputy.
    private static final Map<DemoSchool.Role, Role> DESKS = Map.of(
            DemoSchool.Role.HEAD, Role.PRINCIPAL,
            DemoSchool.Role.DUTY_LEADER, Role.DUTY_LEADER,
            DemoSchool.Role.OFFICE, Role.OFFICE,
            DemoSchool.Role.FINANCE, Role.FINANCE,
            DemoSchool.Role.GUARD, Role.GUARD);

    private final Roster roster;
    private final Schools schools;
    private final Accounts accounts;
    private final Ids ids;
    private final TransactionTemplate transactions;

    RosterChapter(Roster roster, Schools schools, Accounts accounts, Ids ids, TransactionTemplate transactions) {
        this.roster = roster;
        this.schools = schools;
        this.accounts = accounts;
        this.ids = ids;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> {
            Map<String, UUID> classes = classes(plan, school);
            Map<String, UUID> staff = staff(plan, school);
            for (DemoSchool.SchoolClass c : plan.classes()) {
                roster.putClassTeacher(school, Objects.requireNonNull(classes.get(c.code())), Objects.requireNonNull(staff.get(c.classTeacher())), false);
                if (!c.deputy().isEmpty()) roster.putClassTeacher(school, Objects.requireNonNull(classes.get(c.code())), Objects.requireNonNull(staff.get(c.deputy())), true);
            }
            families(plan, school, classes);
        });
    }

    private Map<String, UUID> classes(DemoSchool plan, UUID school) {
        Map<String, UUID> rooms = schools.rooms(school).stream().collect(Collectors.toMap(Schools.Room::code, Schools.Room::id));
        Map<String, UUID> all = new HashMap<>();
        List<SchoolClass> rows = new ArrayList<>();
        for (DemoSchool.SchoolClass c : plan.classes()) {
            UUID id = ids.next();
            all.put(c.code(), id);
            rows.add(new SchoolClass(id, plan.startYear(), c.grade(), c.number(), c.name(), rooms.get(c.room())));
        }
        roster.addClasses(school, rows);
        return all;
    }

    private Map<String, UUID> staff(DemoSchool plan, UUID school) {
        Map<String, UUID> all = new HashMap<>();
        List<StaffMember> rows = new ArrayList<>();
        DemoSchool.SchoolClass shown = plan.classes().stream().filter(c -> c.grade() == 3 && c.number() == 2).findFirst().orElseThrow();
        String coach = coach(plan);
        String head = plan.staff().stream().filter(p -> p.roles().contains(DemoSchool.Role.GRADE_HEAD) && p.grades().contains(3)).map(DemoSchool.Staff::code).findFirst().orElse("");
        Set<Role> desks = EnumSet.noneOf(Role.class);
        for (DemoSchool.Staff person : plan.staff()) {
            UUID id = ids.next();
            all.put(person.code(), id);
            UUID account = null;
            if (person.code().equals(shown.classTeacher())) account = card("CLASS_TEACHER", person.name());
            else if (person.code().equals(coach)) account = card("SERVICE_TEACHER", person.name());
            else if (person.code().equals(head)) account = card("GRADE_HEAD", person.name());
            boolean teaches = account != null;
            @Nullable Role desk = teaches ? null : desk(person, desks);
            if (desk != null) {
                account = card(desk.name(), person.name());
                accounts.grant(account, new Wearer.Grant(desk, school, null, null, null, null), null);
            }
            rows.add(new StaffMember(id, account, person.code(), person.name(), initials(person.name()), kind(person), person.subject()));
            if (teaches && account != null) accounts.grant(account, new Wearer.Grant(Role.SERVICE_TEACHER, school, null, null, null, null), null);
            if (person.code().equals(head) && account != null) accounts.grant(account, new Wearer.Grant(Role.GRADE_HEAD, school, null, 3, null, null), null);
        }
        roster.addStaff(school, rows);
        UUID teacher = rows.stream().filter(r -> r.code().equals(shown.classTeacher())).findFirst().orElseThrow().account();
        if (teacher != null) accounts.grant(teacher, new Wearer.Grant(Role.CLASS_TEACHER, school, classId(school, shown), null, null, null), null);
        return all;
    }

    private static @Nullable Role desk(DemoSchool.Staff person, Set<Role> given) {
        for (DemoSchool.Role each : person.roles()) {
            Role role = DESKS.get(each);
            if (role != null && given.add(role)) return role;
        }
        return null;
    }

    private UUID classId(UUID school, DemoSchool.SchoolClass shown) {
        return roster.classes(school).stream().filter(c -> c.grade() == shown.grade() && c.number() == shown.number()).findFirst().orElseThrow().id();
    }

    private UUID card(String role, String name) {
        Card card = DemoCards.of(role);
        return accounts.add(card.user(), name, card.password());
    }

    private static String kind(DemoSchool.Staff person) {
        if (person.roles().contains(DemoSchool.Role.INSTRUCTOR)) return "outside";
        if (person.roles().contains(DemoSchool.Role.GUARD)) return "guard";
        if (person.roles().contains(DemoSchool.Role.TEACHER)) return "teacher";
        return "office";
    }

    private void families(DemoSchool plan, UUID school, Map<String, UUID> classes) {
        List<Roster.NewPupil> pupils = new ArrayList<>();
        List<Roster.NewAdult> adults = new ArrayList<>();
        List<Roster.NewRelation> relations = new ArrayList<>();
        Map<String, List<UUID>> children = new HashMap<>();
        for (DemoSchool.Pupil p : plan.pupils()) {
            UUID id = ids.next();
            pupils.add(new Roster.NewPupil(id, Objects.requireNonNull(classes.get(p.classCode())), p.name(), p.gender() == DemoSchool.Gender.FEMALE ? "F" : "M", p.birthday(), initials(p.name()), p.code()));
            children.computeIfAbsent(p.family(), f -> new ArrayList<>()).add(id);
        }
        String shown = shownFamily(plan);
        for (DemoSchool.Family family : plan.families()) {
            boolean first = true;
            for (DemoSchool.Adult adult : family.adults()) {
                UUID id = ids.next();
                UUID account = first && family.code().equals(shown) ? card("GUARDIAN", adult.name()) : null;
                adults.add(new Roster.NewAdult(id, account, adult.name()));
                for (UUID child : children.getOrDefault(family.code(), List.of())) {
                    relations.add(new Roster.NewRelation(child, id, adult.part().name().toLowerCase(Locale.ROOT), adult.relation().name().toLowerCase(Locale.ROOT)));
                    if (account != null) accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, child, null), null);
                }
                first = false;
            }
        }
        roster.addPupils(school, pupils);
        roster.addStandings(school, standings(plan, ids(plan, pupils)));
        roster.addConsents(school, consents(plan, ids(plan, pupils)));
        roster.addAdults(school, adults);
        roster.addRelations(school, relations);
        children.forEach((family, own) -> {
            if (own.size() > 1) roster.confirmSiblings(school, ids.next(), own);
        });
    }

    private static Map<String, UUID> ids(DemoSchool plan, List<Roster.NewPupil> pupils) {
        return pupils.stream().collect(Collectors.toMap(p -> Objects.requireNonNull(p.code()), Roster.NewPupil::id));
    }

    /** Most come from the school's lists; every tenth was typed by a colleague and waits for a second pair of eyes. */
    private List<Roster.NewStanding> standings(DemoSchool plan, Map<String, UUID> pupils) {
        List<Roster.NewStanding> all = new ArrayList<>();
        LocalDate from = LocalDate.of(plan.startYear(), Month.SEPTEMBER, 1);
        for (DemoSchool.Pupil p : plan.pupils())
            for (DemoSchool.Standing standing : p.standings())
                all.add(new Roster.NewStanding(ids.next(), Objects.requireNonNull(pupils.get(p.code())), category(standing), from, from.plusYears(1).minusDays(1), all.size() % 10 == 0 ? COLLEAGUE : null));
        return all;
    }

    private static String category(DemoSchool.Standing standing) {
        return switch (standing) {
            case POOR -> "registered-poor";
            case LOW_INCOME -> "low-income";
            case LEFT_BEHIND -> "left-behind";
            case MIGRANT -> "migrant-worker-family";
            case DISABLED -> "disabled";
        };
    }

    /** Older children may walk on some days, younger ones leave with the line; a third of the families has said nothing. */
    private List<Roster.NewConsent> consents(DemoSchool plan, Map<String, UUID> pupils) {
        List<Roster.NewConsent> all = new ArrayList<>();
        LocalDate from = LocalDate.of(plan.startYear(), Month.SEPTEMBER, 1);
        int n = 0;
        for (DemoSchool.Pupil p : plan.pupils()) {
            if (++n % 3 == 0) continue;
            String kind = p.grade() >= 6 ? "walk-home" : "class-line";
            List<Integer> days = n % 3 == 1 ? List.of(1, 2, 3, 4, 5) : List.of(1, 3, 5);
            all.add(new Roster.NewConsent(ids.next(), Objects.requireNonNull(pupils.get(p.code())), kind, days, from, COLLEAGUE, from.atStartOfDay(Screen.ZONE).toInstant()));
        }
        return all;
    }

    // The teacher of the first club who is not the demo class teacher.
    static String coach(DemoSchool plan) {
        DemoSchool.SchoolClass shown = plan.classes().stream().filter(c -> c.grade() == 3 && c.number() == 2).findFirst().orElseThrow();
        return plan.sections().stream().filter(s -> s.form() == DemoSchool.SectionForm.CHOICE).flatMap(s -> s.teachers().stream()).filter(code -> !code.equals(shown.classTeacher())).findFirst().orElseThrow();
    }

    // The family of the demo card: two children, one of them in the class of the demo class teacher.
    static String shownFamily(DemoSchool plan) {
        return plan.pupils().stream()
                .filter(p -> p.grade() == 3 && p.classNumber() == 2)
                .filter(p -> plan.pupils().stream().filter(o -> o.family().equals(p.family())).count() == 2)
                .map(DemoSchool.Pupil::family)
                .findFirst()
                .orElseGet(() -> plan.pupils().stream().filter(p -> p.grade() == 3 && p.classNumber() == 2).findFirst().orElseThrow().family());
    }

    private static String initials(String name) {
        return Pinyin.initials(name);
    }
}
