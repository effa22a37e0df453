package afterbell.app.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import afterbell.app.demo.DemoSchool.CellForm;
import afterbell.app.demo.DemoSchool.Part;
import afterbell.app.demo.DemoSchool.RoomKind;
import afterbell.app.demo.DemoSchool.SectionForm;
import afterbell.app.demo.DemoSchool.Stage;
import afterbell.desk.desk.NewSchool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoSchoolTest {
    private final DemoSchool school = DemoSchool.standard();

    @Test
    void has_the_size_that_the_handbook_promises() {
        assertThat(school.pupils()).hasSize(1200);
        assertThat(school.classes()).hasSize(28);
        assertThat(school.staff()).hasSize(90);
        assertThat(school.sections()).hasSize(60);
        assertThat(school.rooms().stream().filter(room -> room.kind() == RoomKind.CLASSROOM)).hasSize(28);
    }

    @Test
    void stands_under_a_bureau_with_three_more_schools() {
        List<DemoNeighbours.Facts> others = DemoNeighbours.read();
        assertThat(others).hasSize(3);
        assertThat(others.stream().map(o -> o.school().code())).doesNotHaveDuplicates().doesNotContain(school.code());
        assertThat(others.stream().map(o -> o.school().school())).doesNotHaveDuplicates().doesNotContain(school.name());
        assertThat(others.stream().map(o -> o.school().kind())).as("of several kinds").doesNotHaveDuplicates().allMatch(NewSchool.KINDS::contains);
        assertThat(others).anyMatch(DemoNeighbours.Facts::entered).anyMatch(o -> !o.entered());
    }

    @Test
    void is_the_same_for_the_same_seed_and_another_for_another() {
        assertThat(DemoSchool.of(7, 2026)).isEqualTo(DemoSchool.of(7, 2026)).isNotEqualTo(DemoSchool.of(8, 2026));
    }

    @Test
    void codes_and_phones_are_never_shared() {
        assertThat(school.pupils().stream().map(DemoSchool.Pupil::code)).doesNotHaveDuplicates();
        assertThat(school.rooms().stream().map(DemoSchool.Room::code)).doesNotHaveDuplicates();
        assertThat(school.families().stream().flatMap(family -> family.adults().stream()).map(DemoSchool.Adult::phone))
                .doesNotHaveDuplicates()
                .allMatch(phone -> phone.startsWith("1380000"));
        assertThat(school.pupils().stream().map(DemoSchool.Pupil::registrationNumber).filter(n -> n != null))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_family_has_a_guardian_first_and_a_child_of_its_own() {
        Set<String> withChild = school.pupils().stream().map(DemoSchool.Pupil::family).collect(toSet());
        for (DemoSchool.Family family : school.families())
            assertThat(family.adults().getFirst().part()).isEqualTo(Part.GUARDIAN);
        for (DemoSchool.Pupil pupil : school.pupils())
            assertThat(school.familyOf(pupil).code()).isEqualTo(pupil.family());
        assertThat(withChild.size()).isGreaterThan(900);
    }

    @Test
    void has_siblings_twins_homonyms_and_rare_names() {
        var byFamily = school.pupils().stream().collect(groupingBy(DemoSchool.Pupil::family));
        assertThat(byFamily.values().stream().filter(children -> children.size() > 1).count()).isGreaterThan(80);
        assertThat(byFamily.values().stream()
                        .filter(children -> children.size() > 1
                                && children.stream().map(DemoSchool.Pupil::birthday).distinct().count() < children.size())
                        .count())
                .isGreaterThanOrEqualTo(5);
        assertThat(school.pupils().stream()
                        .collect(groupingBy(pupil -> pupil.classCode() + pupil.name()))
                        .values()
                        .stream()
                        .filter(same -> same.size() > 1))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(school.pupils().stream()
                        .filter(pupil -> pupil.name().codePoints().anyMatch(point -> point > 0xFFFF))
                        .count())
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void nobody_and_no_room_is_in_two_places_at_one_hour() {
        Set<String> people = new HashSet<>();
        Set<String> rooms = new HashSet<>();
        for (DemoSchool.Section section : school.sections()) {
            var slot = school.slot(section.stage(), section.slot());
            String hour = section.day() + " " + slot.from();
            assertThat(rooms.add(hour + section.room())).as(section.name() + " room").isTrue();
            for (String teacher : section.teachers())
                assertThat(people.add(hour + teacher)).as(section.name() + " teacher").isTrue();
            assertThat(section.maximum()).isLessThanOrEqualTo(school.room(section.room()).seats());
        }
        for (DemoSchool.Duty duty : school.duties()) {
            Stage stage = Stage.of(school.schoolClass(duty.classCode()).grade());
            assertThat(people.add(duty.day() + " " + school.slot(stage, duty.slot()).from() + duty.teacher())).isTrue();
        }
        assertThat(school.duties()).hasSize(28 * 5 * 2);
    }

    @Test
    void clubs_stand_exactly_in_the_cells_that_offer_a_choice() {
        for (DemoSchool.Section section : school.sections()) {
            if (section.form() == SectionForm.FIXED_MEMBERS) continue;
            for (int grade : section.grades())
                assertThat(school.grid())
                        .anyMatch(cell -> cell.grade() == grade
                                && cell.day() == section.day()
                                && cell.slot() == section.slot()
                                && cell.form() == CellForm.CHOICE);
        }
        assertThat(school.grid()).hasSize(9 * 5 * 2);
        for (DemoSchool.Cell cell : school.grid())
            if (cell.form() == CellForm.CHOICE)
                assertThat(school.sections()).anyMatch(s -> s.grades().contains(cell.grade()) && s.day() == cell.day());
    }

    @Test
    void a_team_has_a_reason_and_its_members_are_of_its_grades() {
        for (DemoSchool.Section team : school.sections()) {
            if (team.form() == SectionForm.CHOICE) {
                assertThat(team.members()).isEmpty();
                continue;
            }
            assertThat(team.reason()).isNotBlank();
            assertThat(team.members()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(team.members().size()).isLessThanOrEqualTo(team.maximum());
            List<DemoSchool.Pupil> members =
                    school.pupils().stream().filter(p -> team.members().contains(p.code())).toList();
            assertThat(members).allMatch(pupil -> team.grades().contains(pupil.grade()));
        }
    }
}
