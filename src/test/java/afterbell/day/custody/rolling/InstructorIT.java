package afterbell.day.custody.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Vetting;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An outside instructor's link: one session, one device, names alone, and nothing that it says moves a child. */
@HouseTest
@Req({"R72", "R80"})
class InstructorIT {
    private static final Pattern LINK = Pattern.compile("/i/([A-Za-z0-9_-]{32})");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Roster roster;

    @Autowired
    Staffing staffing;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    World world;
    UUID outside;
    Visitor coach;
    String path;

    @BeforeEach
    void a_club_that_somebody_from_outside_teaches() {
        world = afternoons.world(4, 3);
        outside = ids.next();
        given.in(world.school(), () -> {
            roster.addStaff(world.school(), List.of(new StaffMember(outside, null, "X" + outside, "外聘何老师", "hls", "outside", "")));
            sql.sql("insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :x, :f, false)").param("s", world.school()).param("x", world.section()).param("f", outside).update();
            return true;
        });
        vetted(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 31));
        given.in(world.school(), () -> days.open(world.school(), GivenAfternoon.DAY));
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        afternoons.at("16:45");
        coach = visitors.signedIn(world.coach().user());
        path = "/sessions/" + world.club() + "/instructors";
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private void vetted(LocalDate from, @Nullable LocalDate until) {
        given.in(world.school(), () -> {
            sql.sql("delete from staffing.vetting where school_id = :s").param("s", world.school()).update();
            List<Vetting> papers = new ArrayList<>();
            for (Vetting.Kind kind : List.of(Vetting.Kind.QUALIFICATION, Vetting.Kind.BACKGROUND)) papers.add(new Vetting(ids.next(), null, outside, kind, from, until, null, ""));
            staffing.putVettings(world.school(), world.coach().account(), papers);
            return true;
        });
    }

    private String made() {
        coach.get(path);
        Matcher m = LINK.matcher(coach.post(path + "/" + outside + "/link", Map.of()).body());
        assertThat(m.find()).isTrue();
        return m.group();
    }

    private String name(UUID pupil) {
        return given.in(world.school(), () -> sql.sql("select name from roster.pub_pupil where pupil_id = :p").param("p", pupil).query(String.class).single());
    }

    @Test
    void a_look_uses_nothing_up_and_the_first_device_that_opens_it_has_it() {
        String link = made();
        String child = name(world.inClub().getFirst());
        Visitor preview = visitors.stranger();
        for (int i = 0; i < 3; i++) assertThat(preview.get(link).body()).contains("打开名单").doesNotContain(child);
        Visitor instructor = visitors.stranger();
        instructor.get(link);
        assertThat(instructor.post(link, Map.of()).statusCode()).isEqualTo(303);
        HttpResponse<String> list = instructor.get(link);
        assertThat(list.body()).contains(child).doesNotContain(name(world.pupils().getLast()));
        assertThat(list.headers().firstValue("referrer-policy").orElse("")).isEqualTo("no-referrer");
        preview.get(link);
        assertThat(preview.post(link, Map.of()).body()).contains("另一部手机").doesNotContain(child);
        assertThat(preview.get(link).body()).doesNotContain(child);
    }

    @Test
    void what_is_proposed_is_ticked_for_the_teacher_and_counts_only_when_confirmed() {
        String link = made();
        Visitor instructor = visitors.stranger();
        instructor.get(link);
        instructor.post(link, Map.of());
        instructor.get(link);
        afternoons.at("17:01");
        UUID gone = world.inClub().getFirst();
        UUID stranger = world.pupils().getLast();
        assertThat(instructor.postRaw(link + "/proposal", "absent=" + gone + "&absent=" + stranger).body()).contains("已提议：1 人没到");
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.event").query(Long.class).single())).as("nothing is rolled").isZero();
        String roll = coach.get("/sessions/" + world.club() + "/roll-call").body();
        assertThat(roll).contains("外聘教师 17:01 提议：1 人没到").contains("value=\"" + gone + "\" checked");
        StringBuilder body = new StringBuilder("_key=" + UUID.randomUUID());
        for (UUID p : world.inClub()) body.append("&child=").append(p);
        coach.postRaw("/sessions/" + world.club() + "/roll-call", body + "&absent=" + gone);
        assertThat(given.in(world.school(), () -> sql.sql("select by from custody.event where kind = 'missed'").query(UUID.class).single())).as("in the name of who confirmed").isEqualTo(world.coach().account());
        assertThat(coach.get("/sessions/" + world.club() + "/roll-call").body()).doesNotContain("外聘教师 17:01");
    }

    @Test
    void the_link_dies_with_the_session_with_a_new_one_and_by_hand() {
        String first = made();
        String second = made();
        Visitor instructor = visitors.stranger();
        assertThat(instructor.get(first).body()).contains("打不开");
        assertThat(instructor.get(second).body()).contains("打开名单");
        coach.post(path + "/" + outside + "/link/end", Map.of());
        assertThat(instructor.get(second).body()).contains("打不开");
        String third = made();
        instructor.get(third);
        instructor.post(third, Map.of());
        assertThat(instructor.get(third).body()).contains(name(world.inClub().getFirst()));
        afternoons.at("17:50");
        assertThat(instructor.get(third).body()).contains("打不开").doesNotContain(name(world.inClub().getFirst()));
        assertThat(instructor.post(third + "/proposal", Map.of("absent", world.inClub().getFirst().toString())).body()).contains("打不开");
        assertThat(visitors.stranger().get("/i/" + "x".repeat(32)).body()).contains("打不开");
    }

    @Test
    @Req("C12")
    void papers_that_do_not_hold_today_make_no_link_and_close_one_that_is_open() {
        String link = made();
        Visitor instructor = visitors.stranger();
        instructor.get(link);
        instructor.post(link, Map.of());
        vetted(LocalDate.of(2026, 9, 1), GivenAfternoon.DAY.minusDays(1));
        assertThat(instructor.get(link).body()).contains("打不开").doesNotContain(name(world.inClub().getFirst()));
        assertThat(coach.get(path).body()).contains("资质今天无效").doesNotContain("/link\"");
        HttpResponse<String> no = coach.post(path + "/" + outside + "/link", Map.of());
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("不能给名单");
    }

    @Test
    @Req("R8")
    void only_who_stands_there_or_the_office_makes_links_and_only_for_the_sessions_own_instructor() {
        Visitor office = visitors.signedIn(afternoons.teacher(world.school(), Role.OFFICE, null).user());
        assertThat(office.get(path).statusCode()).isEqualTo(200);
        Visitor other = visitors.signedIn(afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null).user());
        assertThat(other.get(path).statusCode()).isEqualTo(404);
        assertThat(other.post(path + "/" + outside + "/link", Map.of()).statusCode()).isEqualTo(404);
        coach.get(path);
        assertThat(coach.post(path + "/" + world.carer().staff() + "/link", Map.of()).statusCode()).isEqualTo(404);
        World abroad = afternoons.world(1, 0);
        assertThat(visitors.signedIn(afternoons.teacher(abroad.school(), Role.OFFICE, null).user()).get(path).statusCode()).isEqualTo(404);
    }
}
