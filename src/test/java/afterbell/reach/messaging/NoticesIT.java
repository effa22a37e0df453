package afterbell.reach.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class NoticesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Notices notices;

    @Autowired
    JdbcClient sql;

    private static NewNotice notice(UUID school, Audience audience) {
        return new NewNotice(school, "test.news", new Words.Written("明天提前放学", "下午四点放学", "", ""), "/", audience);
    }

    @Test
    @Req("R144")
    void a_class_notice_reaches_the_families_of_that_class_alone() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 5);
        GivenClass.Made b = classes.of(school, 3, 1, 5);
        UUID parent = classes.guardian(school, a.pupils().getFirst());
        UUID other = classes.guardian(school, b.pupils().getFirst());
        UUID id = given.in(school, () -> notices.tell(notice(school, new Audience.OfClass(a.id()))).orElseThrow());
        assertThat(given.in(school, () -> notices.reach(school, id))).isEqualTo(new Notices.Reach(5, 0, 4));
        Scope mine = Scope.family(parent, List.of(school), List.of(a.pupils().getFirst()));
        Scope theirs = Scope.family(other, List.of(school), List.of(b.pupils().getFirst()));
        assertThat(given.within(mine, () -> sql.sql("select title_en from messaging.notice").query(String.class).list())).containsExactly("明天提前放学");
        assertThat(given.within(theirs, () -> sql.sql("select title_en from messaging.notice").query(String.class).list())).isEmpty();
    }

    @Test
    void a_family_can_not_tell_the_whole_school() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        UUID parent = classes.guardian(school, a.pupils().getFirst());
        Scope family = Scope.family(parent, List.of(school), List.of(a.pupils().getFirst()));
        assertThatThrownBy(() -> given.within(family, () -> notices.tell(notice(school, new Audience.WholeSchool())))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> given.within(family, () -> notices.tell(notice(school, new Audience.Children(Set.of(a.pupils().get(1)))))))
                .rootCause()
                .hasMessageContaining("row-level security");
    }
}
