package afterbell.term.programme.importing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.roster.importing.FileImport;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetTab;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The office's own files on a fresh school: as LibreOffice saved them, in the order in which an office would bring them. */
@HouseTest
@Req({"R33", "R42", "R43"})
class PlanFilesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    FileImport imports;

    @Autowired
    TermStore terms;

    @Autowired
    Programme programme;

    @Autowired
    Staffing staffing;

    @Autowired
    Tariffs tariffs;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Ids ids;

    @TempDir
    Path folder;

    private UUID school;
    private UUID term;

    @BeforeEach
    void aSchoolWithItsPeopleFromFiles() throws Exception {
        school = given.school();
        term = ids.next();
        given.in(school, () -> {
            terms.put(school, new Term(term, 2026, 1, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)), null, 2, 4, 2));
            terms.putBells(school, term, bells());
            return true;
        });
        for (String kind : List.of("staff", "rooms")) assertThat(file(kind, "demo/" + kind + ".xlsx", true).applied()).as(kind).isTrue();
        assertThat(file("pupils", "demo/pupils-corrected.xlsx", true).applied()).isTrue();
        assertThat(file("rooms", "demo/rooms.xlsx", true).same()).isPositive();
        given.in(school, () -> {
            staffing.putProviders(school, List.of(new Provider(ids.next(), "晓阳区青少年宫", Provider.Kind.INSTITUTION, Provider.Selection.BUREAU_LIST, false)));
            tariffs.put(school, prices(LocalDate.of(2026, 1, 1)));
            return true;
        });
    }

    private PriceDocument prices(LocalDate from) {
        return new PriceDocument(ids.next(), "收费标准", "区发展和改革局", "", "", "", "", from, null, List.of(), null);
    }

    private static BellGrid bells() {
        List<GradeBand> bands = List.of(band("low", 1, 2), band("middle", 3, 4), band("high", 5, 6), band("junior", 7, 9));
        List<Slot> slots = new ArrayList<>();
        for (GradeBand band : bands)
            for (DayOfWeek day : List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
                boolean junior = band.code().equals("junior");
                slots.add(Slot.of("S1", band.code(), day, junior ? TimeSpan.of("17:00", "18:00") : TimeSpan.of("16:00", "17:00"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
                slots.add(Slot.of("S2", band.code(), day, junior ? TimeSpan.of("18:30", "20:00") : TimeSpan.of("17:00", "18:00"), junior ? ServiceClass.EVENING_STUDY : ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
            }
        return new BellGrid(bands, slots, List.of());
    }

    private static GradeBand band(String code, int from, int until) {
        return new GradeBand(code, new Bilingual(code, code), IntStream.rangeClosed(from, until).boxed().collect(Collectors.toSet()));
    }

    private FileImport.Report file(String kind, String path, boolean apply) throws Exception {
        return report(kind, path, Files.readAllBytes(Path.of(path)), apply);
    }

    private FileImport.Report report(String kind, String name, byte[] content, boolean apply) {
        return switch (outcome(kind, name, content, apply)) {
            case Outcome.Done<FileImport.Report> done -> done.value();
            case Outcome.Refused<FileImport.Report> refused -> throw new AssertionError(refused.refusals().toString());
        };
    }

    private Outcome<FileImport.Report> outcome(String kind, String name, byte[] content, boolean apply) {
        return Scopes.within(Scope.school(school, null), () -> imports.run(school, kind, name, content, apply));
    }

    private List<Section> sections() {
        return given.in(school, () -> programme.sections(school, term));
    }

    private Map<String, Section> byCode() {
        return sections().stream().collect(Collectors.toMap(Section::code, s -> s));
    }

    private byte[] export(String kind) {
        return given.in(school, () -> imports.export(school, kind));
    }

    /** The exported table, changed as somebody changes it in Excel: rows of texts, the header first. */
    private byte[] changed(String kind, Consumer<List<List<String>>> change) throws Exception {
        Path file = folder.resolve("export.xlsx");
        Files.write(file, export(kind));
        List<List<String>> rows = new ArrayList<>();
        try (SheetBook book = SheetBook.open(file, "export.xlsx", SheetLimits.STANDARD)) {
            SheetTab tab = book.tabs().getFirst();
            tab.rows(row -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < row.width(); i++) texts.add(row.text(i));
                rows.add(texts);
                return true;
            });
        }
        change.accept(rows);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            SheetOut.Tab tab = book.tab("改", rows.getFirst().stream().map(h -> SheetOut.Column.text(h, 12)).toList());
            rows.stream().skip(1).forEach(row -> tab.row(row.toArray()));
        }
        return out.toByteArray();
    }

    @Test
    void the_menu_of_a_real_office_file_becomes_drafts_and_again_changes_nothing() throws Exception {
        FileImport.Report preview = file("menu", "demo/menu.xlsx", false);
        assertThat(preview.bad()).isEmpty();
        assertThat(preview.added()).isEqualTo(60);
        assertThat(sections()).isEmpty();
        assertThat(file("menu", "demo/menu.xlsx", true).applied()).isTrue();
        assertThat(sections()).hasSize(60).allSatisfy(s -> {
            assertThat(s.state()).isEqualTo(Section.State.DRAFT);
            assertThat(s.slots()).isNotEmpty();
            assertThat(s.teachers()).isNotEmpty();
            assertThat(s.room()).isNotNull();
        });
        FileImport.Report again = file("menu", "demo/menu.xlsx", true);
        assertThat(again.same()).isEqualTo(60);
        assertThat(again.added() + again.changed() + again.asked() + again.gone()).isZero();
        assertThat(sections()).hasSize(60);
    }

    @Test
    void a_colleagues_edited_table_with_other_columns_gives_only_its_changes_and_one_that_is_gone() throws Exception {
        file("menu", "demo/menu.xlsx", true);
        Map<String, Section> before = byCode();
        FileImport.Report preview = file("menu", "demo/menu-changed.xlsx", true);
        assertThat(preview.bad()).isEmpty();
        assertThat(preview.added()).isZero();
        assertThat(preview.changed()).isEqualTo(2);
        assertThat(preview.gone()).isEqualTo(1);
        Map<String, Section> after = byCode();
        assertThat(after.get("S02").name()).endsWith("(提高)");
        assertThat(after.get("S03").capacity()).isEqualTo(before.get("S03").capacity() - 2);
        assertThat(after.get("S03").minSize()).isEqualTo(before.get("S03").minSize());
        assertThat(after).containsKey("S60");
    }

    @Test
    void what_goes_out_comes_back_unchanged_and_an_edit_is_a_difference() throws Exception {
        file("menu", "demo/menu.xlsx", true);
        FileImport.Report untouched = report("menu", "export.xlsx", export("menu"), false);
        assertThat(untouched.bad()).isEmpty();
        assertThat(untouched.same()).isEqualTo(60);
        byte[] edited = changed("menu", rows -> {
            int places = rows.getFirst().indexOf("人数上限");
            int name = rows.getFirst().indexOf("课程名称");
            rows.get(1).set(places, "19");
            List<String> fresh = new ArrayList<>(rows.get(2));
            fresh.set(0, "");
            fresh.set(name, "陶笛入门");
            rows.add(fresh);
        });
        FileImport.Report difference = report("menu", "edited.xlsx", edited, true);
        assertThat(difference.bad()).isEmpty();
        assertThat(List.of(difference.added(), difference.changed(), difference.same())).containsExactly(1, 1, 59);
        assertThat(report("menu", "edited.xlsx", edited, true).added()).isZero();
        assertThat(sections()).hasSize(61).extracting(Section::name).contains("陶笛入门");
    }

    @Test
    void bad_cells_say_what_is_unknown_at_this_school() {
        UUID other = school;
        school = given.school();
        given.in(school, () -> {
            terms.put(school, new Term(ids.next(), 2026, 1, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)), null, 2, 4, 2));
            UUID here = terms.all(school).getFirst().id();
            terms.putBells(school, here, bells());
            return true;
        });
        assertThat(school).isNotEqualTo(other);
        String csv = """
                课程名称,招收年级,星期,时段,名额,任课教师,上课地点,合作机构,费用
                围棋,三年级,周一,第二时段,20,无此老师,,,
                素描,三年级,周二,第九时段,20,,,,
                合唱,一年级、三年级,周二,第二时段,20,,,,
                足球,三年级,周二,第二时段,33,,火星操场,,
                轮滑,三年级,周二,第二时段,20,,,某机构,
                棒球,三年级,周二,第二时段,20,,,,15
                """;
        FileImport.Report report = report("menu", "a.csv", csv.getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
        assertThat(report.applied()).isFalse();
        assertThat(report.bad())
                .extracting(b -> b.row() + b.reason().key().replace("programme.import.", ":"))
                .containsExactlyInAnyOrder("2:staff_unknown", "3:slot_unknown", "4:grades_gap", "5:room_unknown", "5:above_cap", "6:provider_unknown", "7:no_tariff");
        assertThat(sections()).isEmpty();
    }

    @Test
    void a_published_section_keeps_what_families_have_read_and_one_teacher_is_not_in_two_places() throws Exception {
        file("menu", "demo/menu.xlsx", true);
        given.in(school, () -> {
            programme.release(school, term, null);
            return true;
        });
        Section first = byCode().get("S01");
        FileImport.Report frozen = report("menu", "a.csv", ("编号,课程名称,招收年级,星期,时段,名额\nS01," + first.name() + ",九年级,周一,第一时段,1\n").getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
        assertThat(frozen.bad()).extracting(b -> b.reason().key()).contains("programme.import.frozen", "programme.import.smaller");
        // Everybody's teacher is the first one: the clash is seen over all rows together.
        byte[] clash = changed("menu", rows -> {
            int teachers = rows.getFirst().indexOf("任课教师");
            String one = rows.get(1).get(teachers);
            rows.stream().skip(1).forEach(r -> r.set(teachers, one));
        });
        assertThat(outcome("menu", "clash.xlsx", clash, true)).isInstanceOfSatisfying(
                Outcome.Refused.class, no -> assertThat(no.refusals().toString()).contains("programme.import.refused.published"));
        assertThat(byCode().get("S01").teachers()).isEqualTo(first.teachers());
    }

    @Test
    void duties_come_by_weekday_and_slot_a_class_may_join_another_and_the_table_goes_round() throws Exception {
        FileImport.Report duties = file("duties", "demo/duties.xlsx", true);
        assertThat(duties.bad()).isEmpty();
        assertThat(duties.added()).isEqualTo(56);
        assertThat(file("duties", "demo/duties.xlsx", false).same()).isEqualTo(56);
        List<OwnClassDuty> all = given.in(school, () -> programme.duties(school, term));
        assertThat(all).hasSize(280).allSatisfy(d -> assertThat(d.staff()).isNotNull());
        byte[] merged = changed("duties", rows -> rows.get(1).set(rows.getFirst().indexOf("周三"), "并入一(2)班"));
        FileImport.Report one = report("duties", "merged.xlsx", merged, true);
        assertThat(one.bad()).isEmpty();
        assertThat(one.changed()).isEqualTo(1);
        assertThat(given.in(school, () -> programme.duties(school, term))).filteredOn(d -> d.mergedInto() != null).singleElement().satisfies(d -> assertThat(d.staff()).isNull());
        assertThat(report("duties", "again.xlsx", export("duties"), false).same()).isEqualTo(56);
        FileImport.Report wrong = report("duties", "a.csv", "班级,时段,周一,周二\n一(1)班,第一时段,无此人,并入七(1)班\n一(99)班,第一时段,,\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
        assertThat(wrong.bad()).extracting(b -> b.reason().key()).contains("programme.import.staff_unknown", "programme.import.merge_band");
    }

    @Test
    void members_of_teams_come_by_name_and_class_and_leave_only_when_said_so() throws Exception {
        file("menu", "demo/menu.xlsx", true);
        FileImport.Report members = file("members", "demo/members.xlsx", true);
        assertThat(members.bad()).isEmpty();
        assertThat(members.added()).isPositive();
        assertThat(file("members", "demo/members.xlsx", true).same()).isEqualTo(members.added());
        assertThat(given.in(school, () -> programme.fixedMembers(school, term))).hasSize(members.added());
        byte[] shorter = changed("members", rows -> rows.removeLast());
        assertThat(report("members", "shorter.xlsx", shorter, true).gone()).isEqualTo(1);
        assertThat(given.in(school, () -> programme.fixedMembers(school, term))).hasSize(members.added());
        byte[] stranger = changed("members", rows -> rows.get(1).set(rows.getFirst().indexOf("姓名"), "查无此人"));
        assertThat(report("members", "stranger.xlsx", stranger, true).bad()).extracting(b -> b.reason().key()).containsExactly("programme.import.pupil_unknown");
    }

    @Test
    void the_office_takes_the_menu_home_and_nobody_takes_the_children() {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/imports").body()).contains("/imports/exports/menu.xlsx").doesNotContain("/imports/exports/pupils.xlsx");
        assertThat(office.get("/imports/exports/menu.xlsx").statusCode()).isEqualTo(200);
        assertThat(office.get("/imports/exports/pupils.xlsx").statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER)).get("/imports/exports/menu.xlsx").statusCode()).isEqualTo(403);
        assertThat(Set.copyOf(imports.kinds())).contains("menu", "duties", "members", "rooms");
    }
}
