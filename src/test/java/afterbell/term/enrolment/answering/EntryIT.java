package afterbell.term.enrolment.answering;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.sheet.Corrections;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetImport;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The class teacher's page: who has answered, the reminder, the paper answers, and the table of a questionnaire. */
@HouseTest
class EntryIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    AnswerImport target;

    @Autowired
    Roster roster;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @TempDir
    Path dir;

    UUID school;
    UUID round;
    UUID klass;
    List<UUID> pupils;
    UUID tuesday;
    UUID chess;
    UUID drama;
    Visitor teacher;
    String page;

    @BeforeEach
    void a_class_in_an_open_round() {
        school = given.school();
        UUID term = terms.term(school);
        klass = terms.schoolClass(school, 3, 2);
        pupils = terms.pupils(school, klass, 3);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 2);
        chess = terms.section(school, term, terms.club("C1", tuesday));
        drama = terms.section(school, term, terms.club("C2", tuesday));
        round = rounds.open(school, term);
        teacher = visitors.signedIn(given.classTeacher(school, klass));
        page = "/classes/" + klass + "/round/" + round;
    }

    private int type(UUID child, String fields) {
        teacher.get(page);
        return teacher.postRaw(page, "_key=" + UUID.randomUUID() + "&v-" + child + "=0&" + fields.replace("ID", child.toString())).statusCode();
    }

    private List<String> wishes(UUID child) {
        return given.within(Scope.family(new UUID(0, 1), List.of(school), List.of(child)), () -> sql.sql("select section_id::text from enrolment.pub_wish where pupil_id = :p order by rank").param("p", child).query(String.class).list());
    }

    @Test
    @Req({"R57", "P2"})
    void the_first_page_says_how_many_are_missing_and_leads_to_the_reminder() {
        assertThat(teacher.get("/").body()).contains("还有 3 家没填（共 3 人）").contains(page);
        assertThat(teacher.get(page).body()).contains("各位家长好").contains("data-copy");
        for (UUID p : pupils) assertThat(type(p, "w-ID=no")).isEqualTo(303);
        assertThat(teacher.get("/").body()).contains("3 人都填好了");
    }

    @Test
    @Req("R55")
    void paper_answers_take_days_and_two_wishes_and_the_family_hears_of_it_and_takes_them_back() {
        UUID child = pupils.getFirst();
        assertThat(type(child, "w-ID=2&x-ID-1=" + drama + "&x-ID-2=" + chess)).isEqualTo(303);
        assertThat(wishes(child)).containsExactly(drama.toString(), chess.toString());
        assertThat(given.in(school, () -> sql.sql("select count(*)::int from messaging.notice where school_id = :s and kind = 'enrolment.entered_for_family'").param("s", school).query(Integer.class).single())).isOne();

        Visitor mother = visitors.signedIn(given.guardian(school, child));
        assertThat(mother.get("/").body()).contains("代填");
        String sheet = "/children/" + child + "/sheet/" + round;
        assertThat(mother.get(sheet).body()).contains("不是我们的意思");
        assertThat(mother.post(sheet + "/objection", Map.of()).statusCode()).isEqualTo(303);
        assertThat(teacher.get(page).body()).contains("家长说代填的不对");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/rounds/" + round).body()).contains("1 家不认可");
    }

    @Test
    @Req("C1")
    void what_a_family_said_itself_is_not_typed_over() {
        UUID child = pupils.getFirst();
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        String sheet = "/children/" + child + "/sheet/" + round;
        mother.get(sheet);
        mother.post(sheet, Map.of("_key", UUID.randomUUID().toString(), "version", "0", "part", "no"));
        type(child, "w-ID=2");
        assertThat(given.within(Scope.family(new UUID(0, 1), List.of(school), List.of(child)), () -> sql.sql("select takes_part from enrolment.pub_sheet where pupil_id = :p").param("p", child).query(Boolean.class).single())).isFalse();
    }

    @Test
    @Req({"R55", "R56"})
    void a_questionnaires_table_is_read_entered_for_the_families_and_harmless_when_read_again() throws IOException {
        Path file = Files.writeString(dir.resolve("answers.csv"), """
                您孩子的姓名,所在班级,是否参加,哪几天,到几点,第一志愿
                学生甲,三2,是,"周一,周二",17:50,社团C1
                学生申,三2,否,,,
                没有这个人,三2,是,周一,17:50,
                """);
        ImportPreview preview = preview(file);
        assertThat(preview.countChanged()).isEqualTo(2);
        UUID by = UUID.randomUUID();
        var applied = given.within(Scope.school(school, by), () -> target.apply(school, preview, Set.of()));
        assertThat(applied.added()).isEqualTo(2);
        assertThat(wishes(pupils.getFirst())).containsExactly(chess.toString());
        assertThat(preview(file).countSame()).isEqualTo(2);
        assertThat(teacher.get(page).body()).contains("其中 2 份是学校代填的");
    }

    @Test
    void an_unknown_club_in_a_questionnaire_is_a_bad_cell() throws IOException {
        Path file = Files.writeString(dir.resolve("answers.csv"), "姓名,班级,是否参加,哪几天,第一志愿\n学生甲,三2,是,周一,没有的社团\n");
        assertThat(preview(file).badCount()).isOne();
    }

    private ImportPreview preview(Path file) {
        return given.in(school, () -> {
            try (SheetBook book = SheetBook.open(file, "answers.csv", SheetLimits.STANDARD)) {
                SheetImport read = SheetImport.read(book.tabs(), target.kind(school), roster.importContext(school, LocalDate.of(2026, 9, 1)), Corrections.NONE);
                return ImportPreview.of(target.kind(school), target.known(school), read, Map.of());
            } catch (SheetRefused e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
