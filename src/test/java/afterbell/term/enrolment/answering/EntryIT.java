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
    UUID term;
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
        term = terms.term(school);
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

    @Test
    @Req({"P18", "R55"})
    void the_whole_sheet_is_typed_for_a_family_with_as_many_wishes_as_a_phone_takes() {
        UUID debate = terms.section(school, term, terms.club("C3", tuesday));
        UUID child = pupils.getFirst();
        String sheet = page + "/children/" + child;
        assertThat(teacher.get(page).body()).contains(sheet);
        assertThat(teacher.get(sheet).body()).contains("代家长填写").doesNotContain("data-save=\"yes\"", "不是我们的意思");
        String wishes = "&w=" + tuesday + "." + drama + "&w=" + tuesday + "." + chess + "&w=" + tuesday + "." + debate;
        assertThat(teacher.postRaw(sheet, "_key=" + UUID.randomUUID() + "&version=0&move=add%3A" + tuesday + "." + chess + "&part=yes&d2=2").statusCode()).as("shown again, not saved").isEqualTo(422);
        assertThat(wishes(child)).isEmpty();
        assertThat(teacher.postRaw(sheet, "_key=" + UUID.randomUUID() + "&version=0&part=yes&d2=2&then=done" + wishes).statusCode()).isEqualTo(303);
        assertThat(wishes(child)).containsExactly(drama.toString(), chess.toString(), debate.toString());
        assertThat(given.in(school, () -> sql.sql("select count(*)::int from messaging.notice where school_id = :s and kind = 'enrolment.entered_for_family'").param("s", school).query(Integer.class).single())).isOne();

        assertThat(teacher.get(page).body()).contains("还有 1 个");
        assertThat(teacher.postRaw(page, "_key=" + UUID.randomUUID() + "&v-" + child + "=1&w-" + child + "=1&x-" + child + "-1=" + chess + "&x-" + child + "-2=" + drama).statusCode()).isEqualTo(303);
        assertThat(given.within(Scope.family(new UUID(0, 1), List.of(school), List.of(child)), () -> sql.sql("select count(*) from enrolment.wish where pupil_id = :p").param("p", child).query(Integer.class).single()))
                .as("the grid shows two wishes and keeps the third")
                .isEqualTo(3);
    }

    @Test
    @Req({"P18", "C1"})
    void a_whole_sheet_is_for_the_own_class_and_never_over_what_the_family_said() {
        UUID child = pupils.getFirst();
        UUID other = terms.schoolClass(school, 3, 3);
        UUID foreign = terms.pupils(school, other, 1).getFirst();
        assertThat(teacher.get(page + "/children/" + foreign).statusCode()).isEqualTo(404);
        assertThat(teacher.get("/classes/" + other + "/round/" + round + "/children/" + foreign).statusCode()).isEqualTo(404);
        String both = "_key=" + UUID.randomUUID() + "&version=0&part=yes&d2=2&then=done";
        assertThat(teacher.postRaw("/classes/" + other + "/round/" + round + "/children/" + foreign, both).statusCode()).isEqualTo(404);
        assertThat(teacher.postRaw(page + "/children/" + child, "_key=" + UUID.randomUUID() + "&version=0").statusCode()).as("neither yes nor no").isEqualTo(422);

        Visitor mother = visitors.signedIn(given.guardian(school, child));
        String own = "/children/" + child + "/sheet/" + round;
        mother.get(own);
        mother.post(own, Map.of("_key", UUID.randomUUID().toString(), "version", "0", "part", "no"));
        assertThat(teacher.postRaw(page + "/children/" + child, both).statusCode()).isEqualTo(422);
        assertThat(given.within(Scope.family(new UUID(0, 1), List.of(school), List.of(child)), () -> sql.sql("select takes_part from enrolment.pub_sheet where pupil_id = :p").param("p", child).query(Boolean.class).single())).isFalse();
    }

    @Test
    @Req({"R55", "R56"})
    void a_class_teacher_pastes_the_chain_of_the_group_and_no_other_class_is_touched() {
        UUID other = terms.schoolClass(school, 3, 3);
        terms.pupils(school, other, 1);
        assertThat(teacher.get(page).body()).contains("action=\"/imports\"", "name=\"pasted\"");
        assertThat(teacher.get("/imports").body()).contains("value=\"answers\"").doesNotContain("value=\"pupils\"", "value=\"oneroster\"");
        String draft = pasted("三(2)班", "#接龙\n1. 学生甲 周二 到17:50 社团C1\n2、学生申 不参加\n3. 没有这个人 周一");
        String preview = teacher.get(draft).body();
        assertThat(preview).contains("没有找到这个人");
        assertThat(apply(draft, preview)).isEqualTo(303);
        assertThat(wishes(pupils.getFirst())).containsExactly(chess.toString());
        assertThat(teacher.get(page).body()).contains("其中 2 份是学校代填的");

        String foreign = pasted("三(3)班", "姓名,班级,是否参加,哪几天\n学生甲,三3,是,周一\n学生寅,三2,是,周一\n");
        preview = teacher.get(foreign).body();
        assertThat(preview).contains("没有找到这个人");
        apply(foreign, preview);
        assertThat(given.in(school, () -> sql.sql("select count(*)::int from enrolment.answer a join roster.pub_pupil p using (school_id, pupil_id) where a.school_id = :s and p.class_id = :c").param("s", school).param("c", other).query(Integer.class).single()))
                .as("a class of somebody else")
                .isZero();
        assertThat(teacher.post("/imports", Map.of("kind", "pupils", "pasted", "姓名,班级\n甲,三2\n")).statusCode()).isEqualTo(404);
        assertThat(teacher.post("/imports", Map.of("kind", "answers", "pasted", " ")).statusCode()).isEqualTo(422);
    }

    private String pasted(String about, String text) {
        teacher.get(page);
        var answer = teacher.post("/imports", Map.of("kind", "answers", "about", about, "pasted", text));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private int apply(String draft, String preview) {
        String digest = preview.replaceFirst("(?s).*name=\"digest\" value=\"([^\"]*)\".*", "$1");
        return teacher.post(draft + "/application", Map.of("digest", digest)).statusCode();
    }

    @Test
    @Req("P2")
    void a_round_begins_with_what_the_rules_say_and_points_out_what_they_point_out() {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String rounds = office.get("/rounds").body();
        assertThat(rounds).containsPattern("name=\"maxClubs\" value=\"3\"");
        for (String step : List.of("class", "grade", "school")) assertThat(rounds).containsPattern("name=\"steps\" value=\"" + step + "\"[^>]* checked");
        own(office, "club.per-child-max", "2");
        own(office, "review.steps", "coordination");
        rounds = office.get("/rounds").body();
        assertThat(rounds).containsPattern("name=\"maxClubs\" value=\"2\"").containsPattern("name=\"steps\" value=\"office\"[^>]* checked");
        assertThat(rounds).doesNotContainPattern("name=\"steps\" value=\"grade\"[^>]* checked");
        String planned = "term=" + term + "&_key=" + UUID.randomUUID() + "&name=x&opensDay=2026-12-01&opensTime=08:00&closesDay=2026-12-05&closesTime=20:00&reviewDay=2026-12-07&reviewTime=20:00&order=fair&maxClubs=";
        assertThat(office.postRaw("/rounds", planned).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select max_clubs from enrolment.round where school_id = :s and name = 'x'").param("s", school).query(Integer.class).single())).as("blank: as the rule says").isEqualTo(2);

        type(pupils.getFirst(), "w-ID=no");
        assertThat(office.get("/rounds/" + round).body()).as("a third of the class, and the rule says 30 %").contains("这个班 3 人中有 1 份是学校代填的");
        own(office, "round.entered-for-family-percent", "50");
        assertThat(office.get("/rounds/" + round).body()).doesNotContain("份是学校代填的，请确认");
    }

    private static void own(Visitor office, String rule, String value) {
        office.get("/rules/" + rule);
        assertThat(office.post("/rules/" + rule + "/own", Map.of("value", value)).statusCode()).as(rule).isEqualTo(303);
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
