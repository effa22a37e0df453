package afterbell.reach.messaging.packs;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class PackIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Notices notices;

    @Autowired
    Visitor.Maker visitors;

    private UUID tell(UUID school, Audience audience) {
        return given.in(school, () -> notices.tell(new NewNotice(school, "test.news", new Words.Written("明天提前放学", "下午四点放学", "Early", "Four"), "/letters", audience)).orElseThrow());
    }

    @Test
    @Req({"R54", "R142"})
    void a_class_teacher_finds_text_picture_poster_and_the_names_of_those_who_have_not_opened_it() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 3);
        UUID notice = tell(school, new Audience.WholeSchool());
        Visitor teacher = visitors.signedIn(given.classTeacher(school, a.id()));
        String page = teacher.get("/classes/" + a.id() + "/notices/" + notice).body();
        assertThat(page).contains("/inbox/" + notice).contains("还有 3 家没打开").contains("甲320").contains("data-copy=\"pack\"");
        String pack = page.substring(page.indexOf("id=\"pack\""), page.indexOf("</textarea>", page.indexOf("id=\"pack\"")));
        String remind = page.substring(page.indexOf("id=\"remind\""), page.indexOf("</textarea>", page.indexOf("id=\"remind\"")));
        assertThat(pack + remind).as("what goes into the group names nobody").doesNotContain("甲3").contains("明天提前放学");
        assertThat(teacher.get("/notices/" + notice + "/qr.png").headers().firstValue("Content-Type")).contains("image/png");
        assertThat(teacher.get("/notices/" + notice + "/poster.pdf").body()).startsWith("%PDF");
        assertThat(teacher.get("/class/notices").body()).contains("明天提前放学").contains("0 / 3");
    }

    @Test
    @Req("R142")
    void the_office_sees_counts_per_class_and_no_names_another_class_teacher_nothing() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 3);
        GivenClass.Made b = classes.of(school, 3, 1, 2);
        UUID notice = tell(school, new Audience.WholeSchool());
        UUID own = tell(school, new Audience.OfClass(a.id()));
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get("/office/notices/" + notice).body()).contains("3(2)").contains("3(1)").doesNotContain("甲32");
        Visitor other = visitors.signedIn(given.classTeacher(school, b.id()));
        assertThat(other.get("/classes/" + a.id() + "/notices/" + notice).statusCode()).isEqualTo(404);
        assertThat(other.get("/classes/" + b.id() + "/notices/" + own).statusCode()).isEqualTo(404);
        assertThat(other.get("/class/notices").body()).doesNotContain(own.toString());
    }

    @Test
    void a_notice_for_one_family_has_no_pack() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 3);
        UUID notice = tell(school, new Audience.Children(Set.of(a.pupils().getFirst())));
        Visitor teacher = visitors.signedIn(given.classTeacher(school, a.id()));
        for (String path : new String[] {"/classes/" + a.id() + "/notices/" + notice, "/notices/" + notice + "/qr.png", "/notices/" + notice + "/poster.pdf"}) assertThat(teacher.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(teacher.get("/class/notices").body()).doesNotContain(notice.toString());
    }

    @Test
    @Req({"R26", "R54"})
    void the_office_writes_a_notice_once_and_what_is_wrong_is_refused_with_everything_kept() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/notices/new");
        HttpResponse<String> refused = office.post("/notices", Map.of("audience", "", "title", "", "text", "请甲320的家长来一趟", "_key", UUID.randomUUID().toString()));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("请选择发给谁").contains("请写一个标题").contains("请甲320的家长来一趟");
        HttpResponse<String> named = office.post("/notices", Map.of("audience", "school", "title", "通知", "text", "请甲320的家长来一趟", "_key", UUID.randomUUID().toString()));
        assertThat(named.statusCode()).isEqualTo(422);
        assertThat(named.body()).contains("好像有孩子的名字");
        Map<String, String> good = Map.of("audience", "grade/3", "title", "秋游", "text", "周五秋游", "_key", UUID.randomUUID().toString());
        HttpResponse<String> told = office.post("/notices", good);
        assertThat(told.statusCode()).isEqualTo(303);
        assertThat(office.post("/notices", good).headers().firstValue("Location")).isEqualTo(told.headers().firstValue("Location"));
        assertThat(office.get(told.headers().firstValue("Location").orElseThrow()).body()).contains("秋游").contains("0 / 2");
        Visitor teacher = visitors.signedIn(given.classTeacher(school, a.id()));
        teacher.get("/notices/new");
        assertThat(teacher.post("/notices", Map.of("audience", "school", "title", "通知", "_key", UUID.randomUUID().toString())).statusCode()).as("a class teacher tells the own class alone").isEqualTo(422);
        assertThat(teacher.post("/notices", Map.of("audience", "class/" + a.id(), "title", "通知", "urgent", "true", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
    }
}
