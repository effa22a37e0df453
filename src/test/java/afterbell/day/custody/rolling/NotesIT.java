package afterbell.day.custody.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.ChildRecords;
import afterbell.base.roster.ChildNotes;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.Reasons;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What teachers must know of a child: who writes it, who opens it, and that it can be forgotten. */
@HouseTest
@Req({"R90", "R80"})
class NotesIT {
    private static final String WORDS = "对花生过敏，随身带药";

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    GivenClass classes;

    @Autowired
    ChildDays days;

    @Autowired
    ChildNotes notes;

    @Autowired
    Reasons reasons;

    @Autowired
    List<ChildRecords> rooms;

    @Autowired
    PersonalData personal;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    World world;
    UUID child;
    Visitor mother;

    @BeforeEach
    void a_family_tells_of_an_allergy() {
        world = afternoons.world(3, 1);
        child = world.pupils().getLast();
        given.in(world.school(), () -> days.open(world.school(), GivenAfternoon.DAY));
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        mother = visitors.signedIn(classes.grown(world.school(), child, Role.GUARDIAN, "guardian", "母").user());
        mother.get("/children/" + child + "/notes");
        assertThat(mother.post("/children/" + child + "/notes", Map.of("health", WORDS, "family", "")).statusCode()).isEqualTo(303);
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void the_badge_says_that_there_is_a_note_and_a_tap_opens_it_and_is_recorded() {
        afternoons.at("16:02");
        Visitor carer = visitors.signedIn(world.carer().user());
        String roll = carer.get("/sessions/" + world.own() + "/roll-call").body();
        assertThat(roll).contains("有备注的孩子").doesNotContain("花生").doesNotContain("过敏");
        HttpResponse<String> opened = carer.post("/sessions/" + world.own() + "/notes", Map.of("pupil", child.toString()));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains(WORDS, "已记录");
        assertThat(opened.headers().firstValue("cache-control").orElse("")).contains("no-store");
        assertThat(recorded()).isEqualTo(1);
        assertThat(carer.post("/sessions/" + world.own() + "/notes", Map.of("pupil", world.pupils().getFirst().toString())).statusCode()).as("there is none").isEqualTo(404);
    }

    @Test
    @Req("R104")
    void whoever_does_not_answer_for_the_child_now_sees_neither_badge_nor_words() {
        afternoons.at("16:20");
        Visitor coach = visitors.signedIn(world.coach().user());
        assertThat(coach.post("/sessions/" + world.club() + "/notes", Map.of("pupil", child.toString())).statusCode()).as("in another room").isEqualTo(404);
        assertThat(coach.post("/sessions/" + world.own() + "/notes", Map.of("pupil", child.toString())).statusCode()).isEqualTo(404);
        Visitor office = visitors.signedIn(afternoons.teacher(world.school(), Role.OFFICE, null).user());
        assertThat(office.get("/classes/" + world.schoolClass() + "/hand-over").body()).doesNotContain("有备注的孩子");
        assertThat(office.post("/classes/" + world.schoolClass() + "/notes", Map.of("pupil", child.toString())).statusCode()).isEqualTo(404);
        afternoons.at("12:00");
        Visitor carer = visitors.signedIn(world.carer().user());
        assertThat(carer.get("/sessions/" + world.own() + "/roll-call").body()).as("hours before").doesNotContain("有备注的孩子");
        assertThat(carer.post("/sessions/" + world.own() + "/notes", Map.of("pupil", child.toString())).statusCode()).isEqualTo(404);
        assertThat(recorded()).isZero();
    }

    @Test
    void a_class_teacher_adds_a_note_opens_all_at_the_hand_over_and_finds_no_words_in_the_form() {
        afternoons.at("16:01");
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        assertThat(teacher.get("/classes/" + world.schoolClass() + "/morning").body()).contains("/pupils/" + child + "/notes");
        teacher.get("/pupils/" + child + "/notes");
        assertThat(teacher.post("/pupils/" + child + "/notes", Map.of("note", "今天情绪低落")).statusCode()).isEqualTo(303);
        assertThat(teacher.get("/pupils/" + child + "/notes").body()).contains("已有备注").doesNotContain("情绪低落");
        assertThat(teacher.get("/classes/" + world.schoolClass() + "/hand-over").body()).contains("有备注的孩子");
        assertThat(teacher.post("/classes/" + world.schoolClass() + "/notes", Map.of("pupil", child.toString())).body()).contains(WORDS, "今天情绪低落");
        HttpResponse<String> tooLong = teacher.post("/pupils/" + child + "/notes", Map.of("note", "长".repeat(201)));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.body()).contains("长".repeat(201));
        World other = afternoons.world(1, 0);
        assertThat(teacher.get("/pupils/" + other.pupils().getFirst() + "/notes").statusCode()).isEqualTo(404);
    }

    @Test
    void a_family_reads_its_own_note_and_no_other_familys() {
        assertThat(mother.get("/children/" + child + "/notes").body()).contains(WORDS);
        assertThat(mother.get("/children/" + world.pupils().getFirst() + "/notes").statusCode()).isEqualTo(404);
        assertThat(mother.post("/children/" + world.pupils().getFirst() + "/notes", Map.of("health", "x")).statusCode()).isEqualTo(404);
        assertThat(mother.post("/children/" + child + "/notes", Map.of("health", "", "family", "")).statusCode()).isEqualTo(303);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from roster.note").query(Long.class).single())).isZero();
    }

    @Test
    @Req("P13")
    void nothing_of_the_words_can_be_read_once_the_child_is_erased_and_the_chain_is_whole() {
        UUID school = world.school();
        UUID reason = given.in(school, () -> reasons.keep(school, child, "外婆在校门口接走", world.carer().account()));
        byte[] sealed = given.in(school, () -> sql.sql("select sealed from custody.reason where reason_id = :r").param("r", reason).query(byte[].class).single());
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("外婆");
        assertThat(given.in(school, () -> sql.sql("select sealed from roster.note").query(byte[].class).list())).allSatisfy(b -> assertThat(new String(b, StandardCharsets.UTF_8)).doesNotContain("花生"));
        afternoons.at("16:02");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.own() + "/roll-call");
        carer.postRaw("/sessions/" + world.own() + "/roll-call", "child=" + child + "&_key=" + UUID.randomUUID());
        long before = events();
        assertThat(before).isPositive();
        given.in(school, () -> {
            for (ChildRecords room : rooms) room.erase(school, child, List.of());
            for (ChildRecords room : rooms) room.erase(school, child, List.of());
            return true;
        });
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.note where pupil_id = :p").param("p", child).query(Long.class).single())).isZero();
        byte[] key = given.in(school, () -> sql.sql("select person_key from custody.reason where reason_id = :r").param("r", reason).query(byte[].class).single());
        assertThat(key).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> personal.open(key, sealed)).isInstanceOf(RuntimeException.class);
        assertThat(events()).as("entries stay").isEqualTo(before);
        assertThat(given.in(school, () -> days.standings(school, GivenAfternoon.DAY, List.of(child)))).containsKey(child);
    }

    @Test
    @Req("P13")
    void the_copy_of_the_data_names_afternoons_leave_and_notes() {
        mother.post("/children/" + child + "/leaves", Map.of("from", GivenAfternoon.DAY.plusDays(1).toString(), "_key", UUID.randomUUID().toString()));
        String copy = mother.get("/consent/" + child + "/copy").body();
        assertThat(copy).contains(WORDS, GivenAfternoon.DAY.toString(), "请假").doesNotContain("?custody.", "?duty.");
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where pupil_id = :p").param("p", child).query(Long.class).single());
    }

    private long recorded() {
        return given.in(world.school(), () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'custody.note_opened'").param("s", world.school()).query(Long.class).single());
    }
}
