package afterbell.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.app.demo.DemoSchool.Adult;
import afterbell.app.demo.DemoSchool.Part;
import afterbell.app.demo.DemoSchool.Pupil;
import afterbell.app.demo.DemoSchool.SectionForm;
import afterbell.base.shared.sheet.BadCell;
import afterbell.base.shared.sheet.Contact;
import afterbell.base.shared.sheet.Corrections;
import afterbell.base.shared.sheet.ImportContext;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ParsedRow;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetImport;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files under demo/, saved by a real office program, hold the demo school and nothing else. */
@Req("R57")
class DemoFilesTest {
    private static final ImportContext SCHOOL = new ImportContext(2026, 1, 9, 8);
    private static final ImportKind PUPILS = SheetKinds.pupils(true);

    private final DemoSchool school = DemoSchool.standard();

    private static SheetImport read(String file, ImportKind kind) throws SheetRefused {
        try (SheetBook book = SheetBook.open(Path.of("demo", file), file, SheetLimits.STANDARD)) {
            return SheetImport.read(book.tabs(), kind, SCHOOL, Corrections.NONE);
        }
    }

    private static List<Map<String, String>> records(ImportKind kind, SheetImport read) {
        return read.rows().stream().map(ParsedRow::values).map(kind::record).toList();
    }

    @Test
    void the_roll_holds_every_child_as_the_school_knows_it() throws SheetRefused {
        SheetImport read = read("pupils-corrected.xlsx", PUPILS);
        assertThat(read.bad()).isEmpty();
        Map<String, List<Map<String, String>>> byName =
                records(PUPILS, read).stream().collect(Collectors.groupingBy(record -> record.get("name") + record.get("class") + record.get("birthday")));
        for (Pupil pupil : school.pupils()) {
            List<Map<String, String>> found = byName.get(pupil.name() + pupil.grade() + "-" + pupil.classNumber() + pupil.birthday());
            assertThat(found).as(pupil.toString()).hasSize(1);
            Map<String, String> record = found.getFirst();
            assertThat(record.get("gender")).isEqualTo(pupil.gender() == DemoSchool.Gender.FEMALE ? "F" : "M");
            assertThat(record.get("registration")).isEqualTo(pupil.registrationNumber());
            List<String> phones = school.familyOf(pupil).adults().stream().filter(adult -> adult.part() == Part.GUARDIAN).map(Adult::phone).toList();
            assertThat(Contact.decode(record.getOrDefault("adults", ""))).extracting(Contact::phone).containsExactlyInAnyOrderElementsOf(phones);
        }
        assertThat(read.rows()).hasSize(1200);
        assertThat(read.tabs()).hasSize(8);
        assertThat(read.tabs().getLast().skipped()).isTrue();
    }

    @Test
    void the_first_roll_has_three_faults_and_the_corrected_one_none() throws SheetRefused {
        SheetImport first = read("pupils.xlsx", PUPILS);
        assertThat(first.bad())
                .extracting(bad -> bad.reason().key())
                .containsExactlyInAnyOrder("sheet.cell.date-impossible", "sheet.cell.number-damaged", "sheet.cell.phone-length");
        assertThat(first.bad()).extracting(BadCell::column).containsExactlyInAnyOrder("E", "F", "G");
        ImportPreview preview = ImportPreview.of(PUPILS, List.of(), first, Map.of());
        assertThat(preview.countNew()).isEqualTo(1197);
        assertThat(preview.countAsked()).isZero();
    }

    @Test
    void the_corrected_roll_after_the_first_adds_three_children_and_doubles_nobody() throws SheetRefused {
        ImportPreview first = ImportPreview.of(PUPILS, List.of(), read("pupils.xlsx", PUPILS), Map.of());
        List<ImportPreview.Known> known = new ArrayList<>();
        for (ImportPreview.Entry entry : first.entries()) known.add(new ImportPreview.Known("k" + known.size(), entry.row().values()));
        ImportPreview second = ImportPreview.of(PUPILS, known, read("pupils-corrected.xlsx", PUPILS), Map.of());
        assertThat(second.countSame()).isEqualTo(1197);
        assertThat(second.countNew() + second.countAsked()).isEqualTo(3);
        assertThat(second.gone()).isEmpty();
        assertThat(second.bad()).isEmpty();
    }

    @Test
    void a_grade_in_the_encoding_of_old_programs_is_the_same_children() throws SheetRefused {
        SheetImport read = read("grade-7.csv", PUPILS);
        assertThat(read.bad()).isEmpty();
        assertThat(read.rows()).hasSize((int) school.pupils().stream().filter(pupil -> pupil.grade() == 7).count());
    }

    @Test
    void staff_rooms_menu_duties_members_and_standings_are_read_without_a_fault() throws SheetRefused {
        Map<String, ImportKind> files = new HashMap<>(Map.of(
                "staff.xlsx", SheetKinds.staff(), "rooms.xlsx", SheetKinds.rooms(), "menu.xlsx", SheetKinds.menu(), "duties.xlsx", SheetKinds.duties(),
                "members.xlsx", SheetKinds.members(), "standings.xlsx", SheetKinds.standings(), "answers-3-2.xlsx", SheetKinds.answers()));
        Map<String, Integer> rows = new HashMap<>();
        for (Map.Entry<String, ImportKind> file : files.entrySet()) {
            SheetImport read = read(file.getKey(), file.getValue());
            assertThat(read.bad()).as(file.getKey()).isEmpty();
            assertThat(read.tabs().getFirst().skipped()).isFalse();
            ImportPreview preview = ImportPreview.of(file.getValue(), List.of(), read, Map.of());
            // A list of standings makes no children: in an empty school each of its rows speaks of nobody.
            int nobody = file.getValue().onlyKnown() ? read.rows().size() : 0;
            assertThat(preview.bad()).as(file.getKey()).hasSize(nobody);
            assertThat(preview.countNew()).as(file.getKey()).isEqualTo(read.rows().size() - nobody);
            rows.put(file.getKey(), read.rows().size());
        }
        assertThat(rows)
                .containsEntry("staff.xlsx", 90)
                .containsEntry("rooms.xlsx", school.rooms().size())
                .containsEntry("menu.xlsx", 60)
                .containsEntry("duties.xlsx", 56)
                .containsEntry("members.xlsx", school.sections().stream().filter(s -> s.form() == SectionForm.FIXED_MEMBERS).mapToInt(s -> s.members().size()).sum())
                .containsEntry("standings.xlsx", (int) school.pupils().stream().filter(pupil -> !pupil.standings().isEmpty()).count())
                .containsEntry("answers-3-2.xlsx", school.pupilsOf("C3-2").size());
    }

    @Test
    void the_menu_says_what_the_school_offers() throws SheetRefused {
        List<Map<String, String>> menu = records(SheetKinds.menu(), read("menu.xlsx", SheetKinds.menu()));
        for (int i = 0; i < 60; i++) {
            DemoSchool.Section section = school.sections().get(i);
            assertThat(menu.get(i))
                    .containsEntry("name", section.name())
                    .containsEntry("day", section.day().name())
                    .containsEntry("maximum", String.valueOf(section.maximum()))
                    .containsEntry("price", String.valueOf(section.fen()))
                    .containsEntry("grades", section.grades().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }
}
