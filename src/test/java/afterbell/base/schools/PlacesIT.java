package afterbell.base.schools;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req("R32")
class PlacesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Schools schools;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    Visitor office;

    @BeforeEach
    void office() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private static String id(String html, String before) {
        Matcher m = Pattern.compile(Pattern.quote(before) + "([0-9a-f-]{36})").matcher(html);
        assertThat(m.find()).as(before).isTrue();
        return m.group(1);
    }

    @Test
    void a_room_is_added_changed_and_retired() {
        office.get("/places/campuses");
        office.post("/places/campuses", Map.of("name", "\u4e1c\u6821\u533a"));
        String form = office.get("/places/rooms/new").body();
        String campus = id(form, "<option value=\"");
        assertThat(office.post("/places/rooms", Map.of("code", "2-301", "name", "\u79d1\u5b66\u6559\u5ba4", "kind", "special", "capacity", "45", "campus", campus)).statusCode()).isEqualTo(303);
        String list = office.get("/places").body();
        assertThat(list).contains("2-301", "\u4e1c\u6821\u533a", "\u4e13\u7528\u6559\u5ba4");
        String room = id(list, "/places/rooms/");
        office.get("/places/rooms/" + room);
        assertThat(office.post("/places/rooms/" + room, Map.of("code", "2-301", "name", "\u79d1\u5b66\u6559\u5ba4\u7532", "kind", "special", "capacity", "40")).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> schools.rooms(school))).singleElement().satisfies(r -> assertThat(r.capacity()).isEqualTo(40));
        assertThat(office.post("/places/rooms/" + room + "/retirement", Map.of()).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> schools.rooms(school))).isEmpty();
    }

    @Test
    void a_wrong_room_keeps_what_was_typed_and_says_what_is_wrong_at_the_field() {
        office.get("/places/rooms/new");
        var answer = office.post("/places/rooms", Map.of("code", "", "name", "\u7ec3\u529f\u623f", "kind", "cellar", "capacity", "0"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("f-code-fault", "f-kind-fault", "f-capacity-fault", "\u7ec3\u529f\u623f");
    }

    @Test
    void a_code_belongs_to_one_room() {
        office.get("/places/rooms/new");
        Map<String, String> room = Map.of("code", "101", "name", "\u7532", "kind", "classroom", "capacity", "50");
        assertThat(office.post("/places/rooms", room).statusCode()).isEqualTo(303);
        assertThat(office.post("/places/rooms", room).statusCode()).isEqualTo(422);
    }

    @Test
    void a_campus_that_is_used_is_not_removed() {
        office.get("/places/campuses");
        office.post("/places/campuses", Map.of("name", "\u897f\u6821\u533a"));
        String campus = id(office.get("/places/campuses").body(), "/places/campuses/");
        office.get("/places/rooms/new");
        office.post("/places/rooms", Map.of("code", "W1", "name", "W", "kind", "hall", "capacity", "200", "campus", campus));
        office.get("/places/campuses");
        assertThat(office.post("/places/campuses/" + campus + "/removal", Map.of()).statusCode()).isEqualTo(422);
        assertThat(office.post("/places/campuses/" + campus, Map.of("name", "\u897f\u533a")).statusCode()).isEqualTo(303);
        assertThat(office.get("/places/campuses").body()).contains("\u897f\u533a");
    }

    @Test
    void gates_and_areas_come_and_go() {
        for (String kind : new String[] {"gates", "areas"}) {
            office.get("/places/" + kind);
            assertThat(office.post("/places/" + kind, Map.of("name", "\u5357\u95e8")).statusCode()).isEqualTo(303);
            assertThat(office.post("/places/" + kind, Map.of("name", "\u5357\u95e8")).statusCode()).as("twice").isEqualTo(422);
            String one = id(office.get("/places/" + kind).body(), "/places/" + kind + "/");
            assertThat(office.post("/places/" + kind + "/" + one + "/removal", Map.of()).statusCode()).isEqualTo(303);
            assertThat(office.get("/places/" + kind).body()).doesNotContain("\u5357\u95e8</b>");
        }
        assertThat(office.get("/places/roofs").statusCode()).isEqualTo(404);
    }

    @Test
    void another_schools_room_is_not_found() {
        UUID other = given.school();
        UUID room = UUID.randomUUID();
        given.in(other, () -> {
            schools.putRoom(other, new Schools.Room(room, "9", "\u522b\u4eba\u7684", "other", 10, false));
            return true;
        });
        assertThat(office.get("/places/rooms/" + room).statusCode()).isEqualTo(404);
        assertThat(office.post("/places/rooms/" + room + "/retirement", Map.of()).statusCode()).isEqualTo(404);
        assertThat(given.in(other, () -> schools.rooms(other))).hasSize(1);
    }
}
