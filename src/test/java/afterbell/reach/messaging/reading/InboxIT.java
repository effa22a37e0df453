package afterbell.reach.messaging.reading;

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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class InboxIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Notices notices;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    private UUID tell(UUID school, Audience audience, String title) {
        return given.in(school, () -> notices.tell(new NewNotice(school, "test.news", new Words.Written(title, "下午四点放学", "", ""), "/letters", audience)).orElseThrow());
    }

    @Test
    @Req("R142")
    void looking_marks_nothing_the_post_marks_who_when_and_how() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        GivenClass.Grown mother = classes.grown(school, a.pupils().getFirst(), Role.GUARDIAN, "guardian", "母");
        UUID notice = tell(school, new Audience.OfClass(a.id()), "明天提前放学");
        Visitor v = visitors.signedIn(mother.user());
        assertThat(v.get("/inbox").body()).contains("明天提前放学").contains("bell-count");
        assertThat(v.get("/inbox/" + notice + "?way=MAIL").body()).contains("下午四点放学");
        assertThat(given.in(school, () -> notices.reach(school, notice).opened())).as("a GET is no reading: chat programs fetch links").isZero();
        var done = v.post("/inbox/" + notice + "/opened", Map.of("way", "MAIL", "go", "true"));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).contains("/letters");
        assertThat(given.in(school, () -> notices.reach(school, notice))).isEqualTo(new Notices.Reach(2, 1, 1));
        assertThat(given.in(school, () -> sql.sql("select opened_way from messaging.inbox where notice_id = :n and account_id = :a").param("n", notice).param("a", mother.account()).query(String.class).single())).isEqualTo("MAIL");
        v.post("/inbox/" + notice + "/opened", Map.of("way", "APP"));
        assertThat(given.in(school, () -> sql.sql("select opened_way from messaging.inbox where notice_id = :n and account_id = :a").param("n", notice).param("a", mother.account()).query(String.class).single())).as("the first way stays").isEqualTo("MAIL");
        assertThat(v.get("/inbox").body()).doesNotContain("bell-count");
    }

    @Test
    void another_familys_message_is_not_found() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        GivenClass.Made b = classes.of(school, 3, 1, 2);
        UUID notice = tell(school, new Audience.OfClass(a.id()), "本班通知");
        UUID one = tell(school, new Audience.Children(Set.of(b.pupils().get(1))), "单独通知");
        Visitor other = visitors.signedIn(classes.grown(school, b.pupils().getFirst(), Role.GUARDIAN, "guardian", "父").user());
        for (UUID n : new UUID[] {notice, one}) {
            assertThat(other.get("/inbox/" + n).statusCode()).isEqualTo(404);
            assertThat(other.post("/inbox/" + n + "/opened", Map.of()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    @Req("R54")
    void who_comes_to_an_account_after_the_notice_reads_it_as_well_and_counts() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        UUID notice = tell(school, new Audience.OfClass(a.id()), "先发的通知");
        Visitor late = visitors.signedIn(classes.grown(school, a.pupils().getFirst(), Role.GUARDIAN, "guardian", "父").user());
        assertThat(late.get("/inbox/" + notice).body()).contains("先发的通知");
        late.post("/inbox/" + notice + "/opened", Map.of());
        assertThat(given.in(school, () -> notices.reach(school, notice).opened())).isOne();
    }

    @Test
    void everything_can_be_marked_as_read_at_once() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        Visitor v = visitors.signedIn(classes.grown(school, a.pupils().getFirst(), Role.GUARDIAN, "guardian", "父").user());
        UUID one = tell(school, new Audience.OfClass(a.id()), "一");
        tell(school, new Audience.OfClass(a.id()), "二");
        v.get("/inbox");
        assertThat(v.post("/inbox/opened", Map.of()).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> notices.reach(school, one).opened())).isOne();
    }
}
