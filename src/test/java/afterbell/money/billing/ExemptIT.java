package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Law 9: on no page of a class teacher does an exempt family differ from another; and who else sees nothing of money. */
@HouseTest
@Req({"R119", "C7"})
class ExemptIT {
    private static final Pattern ONCE = Pattern.compile("<(input|meta)[^>]*_(csrf|key)[^>]*>|data-now=\"[^\"]*\"|nonce=\"[^\"]*\"");

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

    private World world;

    @BeforeEach
    void a_class() {
        world = afternoons.world(3, 3);
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private UUID child() {
        return world.pupils().getFirst();
    }

    @Test
    void no_page_of_a_class_teacher_changes_when_a_child_of_the_class_becomes_exempt() throws IOException {
        charge(false);
        Visitor teacher = visitors.signedIn(world.classTeacher().user(), GivenSchool.PASSWORD);
        pages(teacher);
        Map<String, String> once = pages(teacher);
        Map<String, String> before = pages(teacher);
        // A page that tells the time differs by itself.
        before.entrySet().removeIf(e -> !e.getValue().equals(once.get(e.getKey())));
        assertThat(before).hasSizeGreaterThan(15);
        given.in(world.school(), () -> {
            roster.addStandings(world.school(), List.of(new Roster.NewStanding(ids.next(), child(), "low-income", LocalDate.of(2026, 9, 1), null, null)));
            return true;
        });
        charge(true);
        Map<String, String> after = pages(teacher);
        before.forEach((path, body) -> assertThat(after.get(path)).as(path).isEqualTo(body));
    }

    @Test
    void a_guardian_reads_the_bill_and_a_carer_a_teacher_and_another_family_do_not() {
        charge(false);
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

    private void charge(boolean again) {
        LocalDate from = LocalDate.of(2026, 9, 1);
        if (!again) given.in(world.school(), () -> put.put(world.school(), shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null));
        else {
            closed(9);
            closed(10);
        }
    }

    private void closed(int month) {
        UUID period = given.in(world.school(), () -> periods.all(world.school()).stream().filter(p -> p.from().getMonthValue() == month).findFirst().orElseThrow().id());
        Scopes.within(Scope.school(world.school(), new UUID(0, 7)), () -> close.close(world.school(), period, false, new UUID(0, 7), ids.next()));
    }

    /** All pages that a class teacher may open and whose address needs only class, child or session. */
    private Map<String, String> pages(Visitor teacher) throws IOException {
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        Map<String, String> pages = new TreeMap<>();
        for (String row : Files.readAllLines(Path.of("src/test/resources/house/access-matrix.csv"))) {
            String[] cells = row.split("[,#]");
            if (cells.length < 3 || !cells[0].equals("GET") || !Set.of(cells[2].strip().split(" ")).contains("CLASS_TEACHER") && !cells[2].contains("SIGNED_IN") || Arrays.stream(new String[] {".png", ".pdf", ".zip", ".xlsx", "stream", "picture"}).anyMatch(cells[1]::contains)) continue;
            String path = cells[1].replace("{schoolClass}", world.schoolClass().toString())
                    .replace("{klass}", world.schoolClass().toString())
                    .replace("{child}", child().toString())
                    .replace("{pupil}", child().toString())
                    .replace("{session}", world.own().toString())
                    .replace("{register}", "attendance");
            if (path.contains("{")) continue;
            HttpResponse<String> answer = teacher.get(path);
            if (answer.statusCode() == 200) pages.put(path, ONCE.matcher(answer.body()).replaceAll(""));
        }
        return pages;
    }
}
