package afterbell.day.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenDuty.Member;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class DutiesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    Duties duties;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    UUID school;
    UUID term;
    UUID klass;
    LocalDate tuesday;
    Member teacher;
    Member deputy;
    Member helper;
    Member coach;

    @BeforeEach
    void a_class_with_its_teachers_in_a_running_term() {
        school = given.school();
        tuesday = LocalDate.ofInstant(clock.instant(), Screen.ZONE).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
        term = duty.term(school, tuesday);
        klass = terms.schoolClass(school, 3, 2);
        teacher = duty.member(school, "teacher");
        deputy = duty.member(school, "teacher");
        helper = duty.member(school, "teacher");
        coach = duty.member(school, "outside");
        duty.classTeacher(school, klass, teacher, false);
        duty.classTeacher(school, klass, deputy, true);
    }

    private Day day() {
        return given.in(school, () -> duties.day(school, tuesday));
    }

    private PostKey session(UUID of) {
        return new PostKey(PostKind.SESSION, duty.session(school, of, tuesday, 1));
    }

    private void written(PostKey post, Member who, Duties.Source source, boolean published) {
        given.in(school, () -> {
            duties.put(school, List.of(new Duties.Written(tuesday, post, who.staff(), source, published)), null);
            return true;
        });
    }

    private void absent(Member who, PostKey post) {
        given.in(school, () -> duties.absent(school, tuesday, who.staff(), post, null));
    }

    @Test
    @Req({"R8", "R9"})
    void classes_and_sessions_answer_by_themselves() {
        UUID chess = duty.club(school, term, "围棋", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), helper);
        duty.fill(school, term);
        assertThat(day().at(new PostKey(PostKind.CLASS, klass))).contains(teacher.staff());
        assertThat(day().at(session(chess))).contains(helper.staff());
        // Nobody is named for own-class care: the class teacher answers.
        assertThat(day().at(session(klass))).contains(teacher.staff());
        duty.ownClass(school, term, klass, helper);
        assertThat(day().at(session(klass))).contains(helper.staff());
    }

    @Test
    @Req("R8")
    void an_outside_instructor_never_answers() {
        UUID led = duty.club(school, term, "击剑", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), coach);
        UUID both = duty.club(school, term, "编程", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), coach, helper);
        duty.fill(school, term);
        assertThat(day().at(session(led))).isEmpty();
        assertThat(day().open()).extracting(Post::key).contains(session(led));
        assertThat(day().at(session(both))).contains(helper.staff());
        // Even where somebody has written one in.
        written(session(led), coach, Duties.Source.HAND, true);
        assertThat(day().at(session(led))).isEmpty();
        written(session(led), helper, Duties.Source.HAND, true);
        assertThat(day().at(session(led))).contains(helper.staff());
    }

    @Test
    @Req("R8")
    void a_draft_answers_for_nothing_and_an_open_post_is_the_leaders() {
        duty.fill(school, term);
        written(PostKey.LEADER, deputy, Duties.Source.ROTATION, false);
        assertThat(day().leader()).isEmpty();
        assertThat(day().answers(PostKey.LATE)).isEmpty();
        given.in(school, () -> {
            duties.settle(school, teacher.staff(), null);
            return true;
        });
        assertThat(day().leader()).contains(teacher.staff());
        written(PostKey.LEADER, deputy, Duties.Source.ROTATION, true);
        assertThat(day().leader()).contains(deputy.staff());
        assertThat(day().open()).extracting(Post::key).contains(PostKey.LATE);
        assertThat(day().answers(PostKey.LATE)).contains(deputy.staff());
        assertThat(given.in(school, () -> duties.onPost(school, tuesday, deputy.account(), PostKey.LEADER))).isTrue();
    }

    @Test
    @Req("R8")
    void who_cannot_come_answers_for_nothing_until_coming_after_all() {
        duty.ownClass(school, term, klass, helper);
        duty.fill(school, term);
        PostKey care = session(klass);
        absent(helper, care);
        // The class teacher stands elsewhere at that hour: the post is open, not silently hers.
        assertThat(day().at(care)).isEmpty();
        written(care, deputy, Duties.Source.SUBSTITUTE, true);
        assertThat(day().at(care)).contains(deputy.staff());
        absent(teacher, null);
        assertThat(day().at(new PostKey(PostKind.CLASS, klass))).contains(deputy.staff());
        absent(deputy, null);
        assertThat(day().at(new PostKey(PostKind.CLASS, klass))).isEmpty();
        given.in(school, () -> duties.back(school, tuesday, teacher.staff(), null));
        assertThat(day().at(new PostKey(PostKind.CLASS, klass))).contains(teacher.staff());
    }

    @Test
    @Req("R8")
    void gates_areas_and_the_late_room_are_posts_of_every_day_with_sessions() {
        UUID gate = duty.gate(school, "南门");
        UUID area = duty.area(school, "操场");
        UUID room = duty.room(school, "阅览室", false);
        duty.fill(school, term);
        given.in(school, () -> {
            duties.settle(school, null, room);
            return true;
        });
        assertThat(day().open()).extracting(Post::key).contains(PostKey.LEADER, PostKey.LATE, new PostKey(PostKind.GATE, gate), new PostKey(PostKind.PATROL, area));
        assertThat(day().lateRoom()).isEqualTo(room);
        LocalDate sunday = tuesday.minusDays(2);
        assertThat(given.in(school, () -> duties.day(school, sunday)).posts()).isEmpty();
    }

    @Test
    @Req("R8")
    void one_post_has_one_person_whoever_writes_twice() {
        duty.fill(school, term);
        written(PostKey.LATE, helper, Duties.Source.HAND, true);
        written(PostKey.LATE, deputy, Duties.Source.HAND, true);
        assertThat(day().at(PostKey.LATE)).contains(deputy.staff());
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("insert into duty.post (school_id, post_id, day, kind, staff_id, source, published, set_at) values (:s, :id, :d, 'late', :f, 'hand', true, :at)")
                        .param("s", school).param("id", ids.next()).param("d", tuesday).param("f", helper.staff()).param("at", java.sql.Timestamp.from(clock.instant())).update()))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("one_person_a_post");
    }

    @Test
    void another_school_sees_nothing_of_it() {
        duty.fill(school, term);
        UUID other = given.school();
        assertThat(given.in(other, () -> duties.day(school, tuesday)).posts()).isEmpty();
    }
}
