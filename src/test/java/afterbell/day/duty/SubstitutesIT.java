package afterbell.day.duty;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenDuty.Member;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SubstitutesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    Duties duties;

    @Autowired
    Substitutes substitutes;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID term;
    UUID klass;
    LocalDate tuesday;
    Member teacher;
    Member first;
    Member second;
    Member busy;
    Member guard;
    Member leader;
    PostKey care;

    @BeforeEach
    void own_class_care_with_two_free_colleagues() {
        school = given.school();
        tuesday = LocalDate.ofInstant(clock.instant(), Screen.ZONE).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
        term = duty.term(school, tuesday);
        klass = terms.schoolClass(school, 3, 2);
        teacher = duty.member(school, "teacher");
        first = duty.member(school, "teacher");
        second = duty.member(school, "teacher");
        busy = duty.member(school, "teacher");
        duty.member(school, "outside");
        guard = duty.member(school, "guard", Role.GUARD);
        leader = duty.member(school, "office", Role.DUTY_LEADER);
        duty.ownClass(school, term, klass, teacher);
        duty.club(school, term, "围棋", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), busy);
        duty.fill(school, term);
        given.in(school, () -> {
            duties.settle(school, leader.staff(), null);
            return true;
        });
        care = new PostKey(PostKind.SESSION, duty.session(school, klass, tuesday, 1));
    }

    private Map<String, String> key(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("_key", UUID.randomUUID().toString()));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private UUID standing() {
        return given.in(school, () -> duties.day(school, tuesday).at(care)).orElse(null);
    }

    private List<String> inbox(Member who) {
        return given.within(Scope.school(school, who.account()), () -> sql.sql("select n.title_zh from messaging.inbox i join messaging.notice n using (school_id, notice_id) where i.account_id = :a order by n.told_at, n.notice_id")
                .param("a", who.account()).query(String.class).list());
    }

    private UUID call() {
        return given.in(school, () -> sql.sql("select call_id from duty.call where school_id = :s and state = 'open'").param("s", school).query(UUID.class).single());
    }

    private void cannotCome() {
        Visitor v = visitors.signedIn(teacher.user());
        assertThat(v.get("/duty").body()).contains("3年级2班 看护").contains("来不了");
        assertThat(v.post("/duty/absences", key("day", tuesday.toString(), "post", care.text())).statusCode()).isEqualTo(303);
    }

    @Test
    @Req({"R7", "R8"})
    void one_tap_asks_who_is_free_and_the_first_who_accepts_has_the_post() {
        cannotCome();
        assertThat(standing()).isNull();
        assertThat(visitors.signedIn(leader.user()).get("/duty/days/" + tuesday).body()).contains("空缺");
        assertThat(inbox(first)).anyMatch(t -> t.contains("请您顶岗"));
        assertThat(inbox(busy)).as("stands at a club at that hour").noneMatch(t -> t.contains("请您顶岗"));
        assertThat(inbox(guard)).as("could not open the roll").noneMatch(t -> t.contains("请您顶岗"));
        Visitor one = visitors.signedIn(first.user());
        assertThat(one.get("/").body()).contains("请您顶一下");
        assertThat(one.get("/duty").body()).contains("我来顶");
        assertThat(one.post("/duty/calls/" + call() + "/acceptance", key()).statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(first.staff());
        assertThat(inbox(teacher)).anyMatch(t -> t.contains("已有人顶岗"));
        assertThat(inbox(leader)).anyMatch(t -> t.contains("已有人顶岗"));
        String page = visitors.signedIn(leader.user()).get("/duty/days/" + tuesday + "/posts/" + care.text()).body();
        assertThat(page).contains(first.name()).contains("顶岗").contains(teacher.name() + "来不了");
        assertThat(given.in(school, () -> substitutes.history(school, tuesday, care))).extracting(Substitutes.Changed::what).containsExactly("substituted", "absent");
    }

    @Test
    @Req("R8")
    void who_accepts_second_reads_that_it_is_taken() {
        cannotCome();
        UUID call = call();
        Visitor one = visitors.signedIn(first.user());
        Visitor two = visitors.signedIn(second.user());
        two.get("/duty");
        one.get("/duty");
        assertThat(one.post("/duty/calls/" + call + "/acceptance", key()).statusCode()).isEqualTo(303);
        var late = two.post("/duty/calls/" + call + "/acceptance", key());
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("已经有人接下了");
        assertThat(standing()).isEqualTo(first.staff());
        Visitor stranger = visitors.signedIn(busy.user());
        stranger.get("/duty");
        assertThat(stranger.post("/duty/calls/" + call + "/acceptance", key()).statusCode()).as("was not asked").isEqualTo(404);
    }

    private Wearer wearer(Member m) {
        return new Wearer(m.account(), m.name(), Hat.STAFF, List.of(new Wearer.Grant(Role.SERVICE_TEACHER, school, null, null, null, null)), true);
    }

    private List<Object> together(Callable<Object> a, Callable<Object> b) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Object>> both = new ArrayList<>();
            for (Callable<Object> each : List.of(a, b))
                both.add(pool.submit(() -> {
                    start.await();
                    return each.call();
                }));
            return List.of(both.get(0).get(), both.get(1).get());
        }
    }

    @Test
    @Req("R8")
    void of_two_who_accept_in_one_moment_exactly_one_has_the_post() throws Exception {
        for (int i = 0; i < 8; i++) {
            LocalDate day = tuesday.plusWeeks(i);
            PostKey post = new PostKey(PostKind.SESSION, duty.session(school, klass, day, 1));
            Outcome<Integer> told = given.within(Scope.school(school, teacher.account()), () -> substitutes.cannotCome(wearer(teacher), day, post, UUID.randomUUID()));
            assertThat(told).isInstanceOf(Outcome.Done.class);
            UUID call = call();
            List<Object> answers = together(
                    () -> given.within(Scope.school(school, first.account()), () -> substitutes.accept(wearer(first), call, UUID.randomUUID())),
                    () -> given.within(Scope.school(school, second.account()), () -> substitutes.accept(wearer(second), call, UUID.randomUUID())));
            assertThat(answers).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Outcome.Refused.class::isInstance).hasSize(1);
        }
    }

    @Test
    void without_the_lock_and_the_condition_both_would_have_it() throws Exception {
        cannotCome();
        UUID call = call();
        CyclicBarrier looked = new CyclicBarrier(2);
        Callable<Object> one = () -> naive(first, call, looked);
        Callable<Object> two = () -> naive(second, call, looked);
        assertThat(together(one, two)).as("negative control: both read that it is open and take it").containsExactly(true, true);
    }

    private boolean naive(Member who, UUID call, CyclicBarrier looked) {
        return given.within(Scope.school(school, who.account()), () -> {
            boolean open = sql.sql("select state = 'open' from duty.call where school_id = :s and call_id = :c").param("s", school).param("c", call).query(Boolean.class).single();
            try {
                looked.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            if (open) sql.sql("update duty.call set state = 'filled', filled_by = :f, closed_at = asked_at where school_id = :s and call_id = :c").param("f", who.staff()).param("s", school).param("c", call).update();
            return open;
        });
    }

    @Test
    @Req("R8")
    void the_leader_names_somebody_who_is_told_at_once_and_nobody_busy_or_from_outside() {
        Visitor v = visitors.signedIn(leader.user());
        String href = "/duty/days/" + tuesday + "/posts/" + care.text();
        String page = v.get(href).body();
        assertThat(page).contains(first.name()).contains("请他来").doesNotContain(busy.name()).doesNotContain(guard.name());
        assertThat(v.post(href, key("staff", guard.staff().toString())).statusCode()).as("a guard has no children in a room").isEqualTo(422);
        assertThat(v.post(href, key("staff", busy.staff().toString())).statusCode()).isEqualTo(422);
        assertThat(v.post(href, key("staff", UUID.randomUUID().toString())).statusCode()).isEqualTo(422);
        assertThat(v.post(href, key("staff", second.staff().toString())).statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(second.staff());
        assertThat(inbox(second)).anyMatch(t -> t.contains("请您负责"));
        assertThat(inbox(teacher)).anyMatch(t -> t.contains("岗位已调整"));
        assertThat(visitors.signedIn(teacher.user()).get(href).statusCode()).as("a teacher").isEqualTo(403);
        Visitor other = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(other.get(href).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R8")
    void repeating_the_tap_asks_nobody_twice_and_coming_after_all_takes_it_back() {
        Visitor v = visitors.signedIn(teacher.user());
        v.get("/duty");
        Map<String, String> form = key("day", tuesday.toString(), "post", care.text());
        assertThat(v.post("/duty/absences", form).statusCode()).isEqualTo(303);
        int asked = inbox(first).size();
        assertThat(v.post("/duty/absences", form).statusCode()).isEqualTo(303);
        assertThat(inbox(first)).hasSize(asked);
        assertThat(v.get("/duty").body()).contains("我又能来了");
        assertThat(v.post("/duty/absences/removal", key("day", tuesday.toString(), "post", care.text())).statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(teacher.staff());
        Visitor one = visitors.signedIn(first.user());
        assertThat(one.get("/duty").body()).doesNotContain("我来顶");
    }

    @Test
    @Req("R7")
    void a_swap_stands_when_both_have_said_yes_and_both_are_told() {
        PostKey later = new PostKey(PostKind.SESSION, duty.session(school, klass, tuesday.plusDays(1), 1));
        given.in(school, () -> {
            duties.put(school, List.of(new Duties.Written(tuesday.plusDays(1), later, first.staff(), Duties.Source.HAND, true)), null);
            return true;
        });
        Visitor a = visitors.signedIn(teacher.user());
        String page = a.get("/duty/swaps/new?day=" + tuesday + "&post=" + care.text()).body();
        assertThat(page).contains(first.name());
        assertThat(a.get("/duty/swaps/new?day=" + tuesday + "&post=" + care.text() + "&to=" + first.staff()).body()).contains(later.text());
        assertThat(a.post("/duty/swaps", key("day", tuesday.toString(), "post", care.text(), "to", first.staff().toString(), "back", tuesday.plusDays(1) + "/" + later.text())).statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(teacher.staff());
        Visitor b = visitors.signedIn(first.user());
        assertThat(b.get("/duty").body()).contains(teacher.name() + "想和您换班");
        UUID swap = given.in(school, () -> sql.sql("select swap_id from duty.swap where school_id = :s").param("s", school).query(UUID.class).single());
        assertThat(a.post("/duty/swaps/" + swap + "/answer", key("answer", "yes")).statusCode()).as("the one who asked").isEqualTo(404);
        assertThat(b.post("/duty/swaps/" + swap + "/answer", key("answer", "yes")).statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(first.staff());
        assertThat(given.in(school, () -> duties.day(school, tuesday.plusDays(1)).at(later))).contains(teacher.staff());
        assertThat(inbox(teacher)).anyMatch(t -> t.contains("换班已生效"));
        assertThat(inbox(first)).anyMatch(t -> t.contains("换班已生效"));
    }

    @Test
    void a_swap_whose_post_has_changed_hands_meanwhile_is_refused() {
        Visitor a = visitors.signedIn(teacher.user());
        a.get("/duty");
        assertThat(a.post("/duty/swaps", key("day", tuesday.toString(), "post", care.text(), "to", first.staff().toString())).statusCode()).isEqualTo(303);
        given.in(school, () -> {
            duties.put(school, List.of(new Duties.Written(tuesday, care, second.staff(), Duties.Source.HAND, true)), null);
            return true;
        });
        UUID swap = given.in(school, () -> sql.sql("select swap_id from duty.swap where school_id = :s").param("s", school).query(UUID.class).single());
        Visitor b = visitors.signedIn(first.user());
        b.get("/duty");
        var answer = b.post("/duty/swaps/" + swap + "/answer", key("answer", "yes"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("其中一个岗位已经变了");
        assertThat(standing()).isEqualTo(second.staff());
    }
}
