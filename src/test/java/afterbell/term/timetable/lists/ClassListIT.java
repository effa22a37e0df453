package afterbell.term.timetable.lists;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.sheet.Corrections;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetImport;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenResult;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class ClassListIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenResult seats;

    @Autowired
    ClassListImport target;

    @Autowired
    Roster roster;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    @TempDir
    Path dir;

    LocalDate today;
    UUID school;
    List<UUID> pupils;
    UUID chess;
    UUID drama;

    @BeforeEach
    void two_clubs_and_three_children() {
        today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        school = given.school();
        LocalDate first = today.minusWeeks(6).with(DayOfWeek.MONDAY);
        UUID term = terms.term(school, today.getYear(), new TermDates(first, first.plusWeeks(16)));
        UUID klass = terms.schoolClass(school, 3, 2);
        pupils = terms.pupils(school, klass, 3);
        chess = terms.section(school, term, terms.club("C1", terms.slot(term, DayOfWeek.TUESDAY, 1)).size(1, 2));
        drama = terms.section(school, term, terms.club("C2", terms.slot(term, DayOfWeek.TUESDAY, 1)));
        seats.seat(school, chess, 3, pupils.subList(0, 2), first);
        seats.seat(school, drama, 3, List.of(), first);
    }

    private ImportPreview preview(Path file) {
        return given.in(school, () -> {
            try (SheetBook book = SheetBook.open(file, "lists.xlsx", SheetLimits.STANDARD)) {
                SheetImport read = SheetImport.read(book.tabs(), target.kind(school), roster.importContext(school, today), Corrections.NONE);
                return ImportPreview.of(target.kind(school), target.known(school), read, Map.of());
            } catch (SheetRefused e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Path file(String... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            SheetOut.Tab tab = book.tab("名单", List.of(SheetOut.Column.text("社团", 20), SheetOut.Column.text("姓名", 10), SheetOut.Column.text("班级", 10)));
            for (String row : rows) tab.row((Object[]) row.split("\\|"));
        }
        return Files.write(dir.resolve("edited.xlsx"), out.toByteArray());
    }

    private List<UUID> members(UUID section) {
        return given.in(school, () -> sql.sql("select pupil_id from placement.pub_seat where section_id = :x").param("x", section).query(UUID.class).list());
    }

    @Test
    @Req("R43")
    void the_lists_as_downloaded_read_back_without_any_difference() throws Exception {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        var answer = office.http().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(visitors.base() + "/timetable/lists.xlsx")).build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        ImportPreview preview = preview(Files.write(dir.resolve("out.xlsx"), answer.body()));
        assertThat(preview.bad()).isEmpty();
        assertThat(preview.gone()).isEmpty();
        assertThat(preview.entries()).hasSize(2).allMatch(ImportPreview.Same.class::isInstance);
        assertThat(visitors.stranger().get("/timetable/lists.xlsx").statusCode()).as("no list of names without sign-in").isEqualTo(303);
    }

    @Test
    @Req("R43")
    void moving_a_child_in_the_file_moves_its_seat_and_is_listed_as_a_correction() throws Exception {
        ImportPreview preview = preview(file("C1 社团C1|学生甲|三2", "C2|学生申|三年级2班"));
        assertThat(preview.countNew()).isOne();
        assertThat(preview.gone()).hasSize(1);
        given.in(school, () -> target.apply(school, preview, Set.of(preview.gone().getFirst().key())));
        assertThat(members(chess)).containsExactly(pupils.get(0));
        assertThat(members(drama)).containsExactly(pupils.get(1));
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/objections").body()).contains("退出“社团C1”").contains("加入“社团C2”").contains("学校调整名单");
    }

    @Test
    @Req("R43")
    void what_the_seats_would_refuse_is_said_with_the_childs_name_before_anything_is_saved() throws Exception {
        ImportPreview both = preview(file("C1|学生甲|三2", "C1|学生申|三2", "C2|学生申|三2"));
        assertThat(refusals(both, Set.of())).containsExactly("timetable.lists.refused.clash [学生申 3-2, C2 社团C2, C1 社团C1]");
        given.in(school, () -> sql.sql("update programme.section set grade_lo = 5 where school_id = :s and section_id = :x").param("s", school).param("x", drama).update());
        ImportPreview older = preview(file("C1|学生甲|三2", "C1|学生申|三2", "C2|学生甴|三2"));
        assertThat(refusals(older, Set.of())).containsExactly("timetable.lists.refused.grade [学生甴 3-2, C2 社团C2, 5, 9]");
        given.in(school, () -> sql.sql("update programme.section set grade_lo = 1 where school_id = :s and section_id = :x").param("s", school).param("x", drama).update());
        ImportPreview moved = preview(file("C1|学生甲|三2", "C2|学生申|三2"));
        assertThat(refusals(moved, Set.of(moved.gone().getFirst().key()))).as("leaving the one and joining the other is a move").isEmpty();
        assertThat(refusals(moved, Set.of())).as("without the tick it would sit in both").hasSize(1);
        given.in(school, () -> sql.sql("update placement.section_seats set state = 'closed' where school_id = :s and section_id = :x").param("s", school).param("x", drama).update());
        assertThat(refusals(moved, Set.of(moved.gone().getFirst().key()))).singleElement().asString().startsWith("timetable.lists.refused.not_running");
    }

    @Test
    @Req("R43")
    void the_preview_says_whom_the_seats_would_refuse_and_why_and_lets_nothing_be_saved() throws Exception {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/imports");
        var taken = office.postFiles("/imports", Map.of("kind", "classlist"), "file", Map.of("lists.xlsx", Files.readAllBytes(file("C1|学生甲|三2", "C2|学生申|三2"))));
        assertThat(taken.statusCode()).isEqualTo(303);
        String draft = taken.headers().firstValue("Location").orElseThrow();
        String page = office.get(draft).body();
        assertThat(page).contains("data-test=\"would-refuse\"").contains("学生申").doesNotContain("?roster", "?timetable");
        assertThat(page.substring(page.indexOf("id=\"apply\""))).contains("disabled");
        String gone = given.in(school, () -> sql.sql("select seat_id::text from placement.pub_seat where section_id = :x and pupil_id = :p").param("x", chess).param("p", pupils.get(1)).query(String.class).single());
        assertThat(office.post(draft + "/gone", Map.of("row", gone)).statusCode()).isEqualTo(303);
        assertThat(office.get(draft).body()).as("leaving the one and joining the other").doesNotContain("data-test=\"would-refuse\"");
    }

    private List<String> refusals(ImportPreview preview, Set<String> gone) {
        return given.in(school, () -> target.refusals(school, preview, gone)).stream().map(r -> r.messageKey() + " " + r.facts()).toList();
    }

    @Test
    void nobody_loses_a_seat_for_being_absent_from_the_file() throws Exception {
        ImportPreview preview = preview(file("C1|学生甲|三2"));
        given.in(school, () -> target.apply(school, preview, Set.of()));
        assertThat(members(chess)).containsExactlyInAnyOrder(pupils.get(0), pupils.get(1));
    }

    @Test
    void a_full_club_is_widened_because_the_office_says_so_by_name() throws Exception {
        ImportPreview preview = preview(file("C1|学生甲|三2", "C1|学生申|三2", "C1|学生甴|三2"));
        given.in(school, () -> target.apply(school, preview, Set.of()));
        assertThat(members(chess)).hasSize(3);
        assertThat(given.in(school, () -> sql.sql("select taken || ' ' || capacity || ' ' || over from placement.pub_section_seats where section_id = :x").param("x", chess).query(String.class).single())).isEqualTo("3 2 1");
    }

    @Test
    void an_unknown_club_and_an_unknown_child_are_shown_as_bad_cells() throws Exception {
        ImportPreview preview = preview(file("C9|学生甲|三2", "C1|没有这个人|三2"));
        assertThat(preview.badCount()).isEqualTo(2);
        assertThat(preview.entries()).isEmpty();
    }
}
