package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.reach.documents.LetterKind;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenLetter;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Shown;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Law 9: on no page and in no file of a class teacher does an exempt family differ from another; and who else sees nothing of money. */
@HouseTest
@Req({"R119", "C7"})
class ExemptIT {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> REGISTERS = List.of("attendance", "hand-overs", "rolls", "late", "leave");

    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired GivenClass people;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Periods periods;
    @Autowired ClosePeriod close;
    @Autowired Roster roster;
    @Autowired Ids ids;
    @Autowired Visitor.Maker visitors;
    @Autowired GivenLetter letters;
    @Autowired Ledger ledger;

    private World world;
    private UUID letter = new UUID(0, 0);

    @BeforeEach
    void a_class() {
        world = afternoons.world(3, 3);
        letter = letters.published(world.school(), world.term(), LetterKind.LETTER);
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private UUID child() {
        return world.pupils().getFirst();
    }

    /** Nothing is charged and nobody is exempt, then the class is charged and one of its children is exempt: not one byte tells. */
    @Test
    void no_page_and_no_file_of_a_class_teacher_changes_when_a_child_of_the_class_becomes_exempt() throws IOException {
        put();
        Visitor teacher = visitors.signedIn(world.classTeacher().user(), GivenSchool.PASSWORD);
        // Who looks first begins the day: the second look is the one that counts.
        shown(teacher);
        Map<String, Shown> before = shown(teacher);
        exempt();
        Map<String, Shown> after = shown(teacher);
        Set<String> restless = new TreeSet<>();
        before.forEach((path, was) -> {
            if (was.equals(after.get(path))) return;
            // What differs from itself, asked twice with nothing in between, says nothing about the child.
            if (seen(teacher, path).equals(after.get(path))) assertThat(after.get(path)).as(path).isEqualTo(was);
            restless.add(path);
        });
        assertThat(restless).as("pages that differ by themselves").isEmpty();
        assertThat(before.values().stream().filter(s -> s.status() == 200)).as("pages and files seen").hasSizeGreaterThan(40);
        assertThat(before.values().stream().filter(Shown::file).map(s -> s.type().replaceAll(";.*", "")).distinct())
                .as("kinds of files")
                .contains("application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        // Who needs it does see it: so the comparison could.
        Visitor finance = visitors.signedIn(given.staff(world.school(), Role.FINANCE));
        assertThat(finance.get("/charges/children/" + child()).body()).contains("减免");
        assertThat(finance.get("/charges/children/" + world.pupils().get(1)).body()).doesNotContain("减免");
    }

    private void exempt() {
        given.in(world.school(), () -> {
            roster.addStandings(world.school(), List.of(new Roster.NewStanding(ids.next(), child(), "low-income", LocalDate.of(2026, 9, 1), null, null)));
            periods.all(world.school()).stream().filter(p -> p.from().getMonthValue() >= 9 && p.from().getMonthValue() <= 10).forEach(p -> periods.countUnrolled(world.school(), p.id(), true));
            return true;
        });
        closed(9);
        closed(10);
        Map<UUID, Long> owe = given.in(world.school(), () -> ledger.familyBalances(world.school(), world.pupils()));
        assertThat(owe.getOrDefault(child(), 0L)).as("the exempt child").isZero();
        assertThat(owe.get(world.pupils().get(1))).as("a child as others").isPositive();
    }

    @Test
    void a_guardian_reads_the_bill_and_a_carer_a_teacher_and_another_family_do_not() {
        put();
        closed(9);
        closed(10);
        String guardian = people.grown(world.school(), child(), Role.GUARDIAN, "guardian", "母").user();
        String carer = people.grown(world.school(), child(), Role.CARER, "carer", "奶奶").user();
        String stranger = people.grown(world.school(), world.pupils().get(1), Role.GUARDIAN, "guardian", "父").user();
        String bill = "/children/" + child() + "/bill";
        HttpResponse<String> page = visitors.signedIn(guardian, GivenSchool.PASSWORD).get(bill);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("账单");
        assertThat(visitors.signedIn(guardian, GivenSchool.PASSWORD).get(bill + "/stop").statusCode()).isEqualTo(200);
        assertThat(visitors.signedIn(carer, GivenSchool.PASSWORD).get(bill).statusCode()).isIn(403, 404);
        assertThat(visitors.signedIn(stranger, GivenSchool.PASSWORD).get(bill).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(world.classTeacher().user(), GivenSchool.PASSWORD).get("/charges/children/" + child()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_school_that_does_not_charge_has_no_bill() {
        String guardian = people.grown(world.school(), child(), Role.GUARDIAN, "guardian", "母").user();
        Visitor family = visitors.signedIn(guardian, GivenSchool.PASSWORD);
        assertThat(family.get("/children/" + child() + "/bill").statusCode()).isEqualTo(404);
        assertThat(family.get("/").body()).doesNotContain("账单").doesNotContain("¥");
    }

    private void put() {
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(world.school(), () -> put.put(world.school(), shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null));
    }

    private void closed(int month) {
        UUID period = given.in(world.school(), () -> periods.all(world.school()).stream().filter(p -> p.from().getMonthValue() == month).findFirst().orElseThrow().id());
        Scopes.within(Scope.school(world.school(), new UUID(0, 7)), () -> close.close(world.school(), period, false, new UUID(0, 7), ids.next()));
    }

    /** Every address of the access matrix that a class teacher may open, with the ids of this world; files too. Streams never end, figures for machines count this very test: both are left out. */
    private Map<String, Shown> shown(Visitor teacher) throws IOException {
        Map<String, String> ids = Map.ofEntries(
                entry("schoolClass", world.schoolClass()), entry("klass", world.schoolClass()), entry("child", child()), entry("pupil", child()), entry("session", world.own()), entry("section", world.section()), entry("id", world.term()),
                entry("letter", letter), entry("key", "fee.exemptions"), entry("round", world.term()), entry("step", "1"), entry("kind", "area"), entry("text", "none"));
        Map<String, Shown> all = new TreeMap<>();
        for (String row : Files.readAllLines(Path.of("src/test/resources/house/access-matrix.csv"))) {
            String[] cells = row.split("[,#]");
            if (cells.length < 3 || !cells[0].equals("GET") || cells[1].contains("stream") || cells[1].equals("/metrics")) continue;
            if (Set.of(cells[2].strip().split(" ")).stream().noneMatch(Set.of("CLASS_TEACHER", "SERVICE_TEACHER", "SIGNED_IN", "ALL")::contains)) continue;
            for (String register : cells[1].contains("{register}") ? REGISTERS : List.of("")) {
                String path = PLACE.matcher(cells[1].replace("{register}", register)).replaceAll(m -> ids.getOrDefault(m.group(1), new UUID(0, 5).toString())) + (register.isEmpty() ? "" : "?day=" + GivenAfternoon.DAY);
                all.put(path, seen(teacher, path));
            }
        }
        return all;
    }

    /** At nine o'clock, however long the test takes: what tells the time tells the same. */
    private Shown seen(Visitor who, String path) {
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        return Shown.of(who, visitors.base(), path);
    }

    private static Map.Entry<String, String> entry(String name, Object value) {
        return Map.entry(name, value.toString());
    }
}
