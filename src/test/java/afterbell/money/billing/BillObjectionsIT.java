package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Questions;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** V17: where the tariff asks it, families look at their bill for three days and object in one tap; what they object to is collected after the answer. */
@HouseTest
@Req({"P3", "R120"})
class BillObjectionsIT {
    private static final UUID FINANCE = new UUID(0, 7);

    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired GivenClass people;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Periods periods;
    @Autowired ClosePeriod close;
    @Autowired Statements statements;
    @Autowired BillObjections objections;
    @Autowired PayOrders orders;
    @Autowired VerifyLedger verify;
    @Autowired ChildDays days;
    @Autowired DayOpening opening;
    @Autowired Questions questions;
    @Autowired Accounts accounts;
    @Autowired Consents consents;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Visitor.Maker visitors;

    private World world;
    private UUID school = new UUID(0, 0);

    @BeforeEach
    void two_children_came_on_a_tuesday_and_the_month_is_charged() {
        world = afternoons.world(2, 2);
        school = world.school();
        afternoons.at("17:55");
        given.in(school, () -> {
            opening.open(school, GivenAfternoon.DAY);
            // The house may have opened it by itself while the school was still being made.
            days.replan(school, GivenAfternoon.DAY);
            Map<UUID, ChildStanding> standings = days.ofDay(school, GivenAfternoon.DAY);
            days.tell(school, GivenAfternoon.DAY, world.pupils().stream().map(p -> counted(standings, p)).toList());
            return true;
        });
    }

    private ToldOf counted(Map<UUID, ChildStanding> standings, UUID pupil) {
        ChildStanding day = standings.get(pupil);
        if (day == null) throw new IllegalStateException("the child has no day");
        Fact fact = new Fact.Counted(day.custodians().getFirst(), day.sessions().getFirst(), day.ends().getFirst());
        return new ToldOf(pupil, new Telling(ids.next(), afternoons.moment("16:05"), new Teller(new UUID(0, 1), Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER)), fact, true));
    }

    /** September and October are locked on 2 November; with publicity families look until the fifth. */
    private void charged(boolean publicity) {
        String body = shipped.of("EXAMPLE-320999").orElseThrow().body();
        String told = publicity ? body.replace("timing: settle", "timing: settle\npublicity: {days: 3, clause: 按班公示，家长无异议后收取}") : body;
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, told, false, from, from, null));
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        for (int month : List.of(9, 10)) {
            UUID period = given.in(school, () -> periods.all(school).stream().filter(p -> p.from().getMonthValue() == month).findFirst().orElseThrow().id());
            assertThat(Scopes.within(Scope.school(school, FINANCE), () -> close.close(school, period, false, FINANCE, ids.next()))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        }
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private UUID child(int n) {
        return world.pupils().get(n);
    }

    private Statements.Statement statement(int n) {
        return given.in(school, () -> statements.of(school, child(n)));
    }

    private BillObjections.Answered accepted(@Nullable DayMark counts) {
        UUID objection = only().id();
        return Scopes.within(Scope.school(school, FINANCE), () -> objections.accept(school, objection, counts, FINANCE, ids.next()));
    }

    private int lockings(int month) {
        return given.in(school, () -> sql.sql("select count(*)::int from billing.locking k join billing.period p using (school_id, period_id) where k.school_id = :s and k.turn > 0 and extract(month from p.from_day) = :m")
                .param("s", school).param("m", month).query(Integer.class).single());
    }

    private UUID october(int n) {
        return statement(n).charges().getFirst().id();
    }

    private Optional<Refusal> object(int n, @Nullable LocalDate day, String about) {
        UUID charge = october(n);
        return Scopes.within(Scope.family(new UUID(0, 9), List.of(school), List.of(child(n))), () -> objections.raise(school, child(n), charge, day, about, new UUID(0, 9), ids.next()));
    }

    private List<PayOrder> asked() {
        return given.in(school, () -> orders.openAll(school, world.pupils(), null));
    }

    private BillObjections.Objection only() {
        return given.in(school, () -> all().getFirst());
    }

    private List<BillObjections.Objection> all() {
        return questions.ask(BillObjections.of(school));
    }

    private void isTrue() {
        assertThat(Scopes.within(Scope.school(school, null), () -> verify.run(school)).lies()).isEmpty();
    }

    @Test
    void nothing_on_show_is_asked_for_and_an_accepted_day_comes_off_the_bill() {
        charged(true);
        assertThat(statement(0).balanceFen()).isEqualTo(600);
        assertThat(asked()).as("families look at it first").isEmpty();
        assertThat(object(0, GivenAfternoon.DAY, "not_there")).isEmpty();
        assertThat(object(0, GivenAfternoon.DAY, "not_there")).as("the same again changes nothing").isEmpty();
        assertThat(given.in(school, this::all)).hasSize(1);
        assertThat(only().marks()).containsExactly(DayMark.ATTENDED);
        afternoons.on(LocalDate.of(2026, 11, 6), "09:00");
        assertThat(asked()).as("only the one that waits for no answer").extracting(PayOrder::pupil).containsExactly(child(1));
        UUID objection = only().id();
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> objections.accept(school, objection, DayMark.MISSED, FINANCE, ids.next()))).isEqualTo(BillObjections.Answered.PUT_RIGHT);
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> objections.accept(school, objection, DayMark.MISSED, FINANCE, ids.next()))).as("once").isEqualTo(BillObjections.Answered.BEFORE);
        assertThat(statement(0).balanceFen()).isZero();
        assertThat(statement(0).charges().getFirst().takenBack()).as("and it shows").isNotEmpty();
        assertThat(statement(1).charges()).as("whom it does not concern gets no further bill").hasSize(2);
        assertThat(only().answer()).isEqualTo("accepted");
        isTrue();
    }

    @Test
    void a_refused_objection_says_why_and_the_money_is_asked_for_then() {
        charged(true);
        assertThat(object(0, GivenAfternoon.DAY, "on_leave")).isEmpty();
        afternoons.on(LocalDate.of(2026, 11, 9), "09:00");
        assertThat(asked()).extracting(PayOrder::pupil).containsExactly(child(1));
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> objections.refuse(school, only().id(), "no_leave", FINANCE, ids.next()))).isEqualTo(BillObjections.Answered.REFUSED);
        assertThat(asked()).extracting(PayOrder::fen).containsExactlyInAnyOrder(600L, 600L);
        assertThat(only().why()).isEqualTo("no_leave");
        assertThat(statement(0).balanceFen()).isEqualTo(600);
    }

    @Test
    void what_is_no_objection_is_refused_and_where_no_days_are_asked_collecting_waits_for_nobody() {
        charged(true);
        assertThat(object(0, null, "not_there")).hasValueSatisfying(no -> assertThat(no.messageKey()).isEqualTo("billing.object.refused.day"));
        assertThat(object(0, GivenAfternoon.DAY, "too dear")).hasValueSatisfying(no -> assertThat(no.messageKey()).isEqualTo("billing.object.refused.about"));
        assertThatThrownBy(() -> object(0, LocalDate.of(2026, 10, 14), "not_there")).as("no day of this bill").isInstanceOf(NotFound.class);
        UUID other = october(1);
        assertThatThrownBy(() -> Scopes.within(Scope.family(new UUID(0, 9), List.of(school), List.of(child(0))), () -> objections.raise(school, child(0), other, null, "price", new UUID(0, 9), ids.next())))
                .as("another child's bill")
                .isInstanceOf(NotFound.class);
        afternoons.on(LocalDate.of(2026, 11, 6), "09:00");
        assertThat(object(0, null, "price")).hasValueSatisfying(no -> assertThat(no.messageKey()).isEqualTo("billing.object.refused.late"));
    }

    @Test
    void answering_one_family_settles_the_month_of_nobody() {
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null));
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        List<Periods.Period> all = given.in(school, () -> periods.all(school));
        UUID september = all.stream().filter(p -> p.from().getMonthValue() == 9).findFirst().orElseThrow().id();
        UUID october = all.stream().filter(p -> p.from().getMonthValue() == 10).findFirst().orElseThrow().id();
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> close.close(school, september, false, FINANCE, ids.next()))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> close.close(school, october, true, FINANCE, ids.next()))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        assertThat(object(0, GivenAfternoon.DAY, "on_leave")).isEmpty();
        int bills = statement(1).charges().size();
        assertThat(accepted(DayMark.LEAVE)).isEqualTo(BillObjections.Answered.WITH_THE_NEXT);
        assertThat(lockings(10)).as("the month is settled by finance, for all, on a day of its own").isZero();
        assertThat(statement(1).charges()).hasSize(bills);
        assertThat(Scopes.within(Scope.school(school, FINANCE), () -> close.close(school, october, false, FINANCE, ids.next()))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        assertThat(statement(0).charges().getFirst().days().stream().mapToInt(d -> d.count(DayMark.LEAVE)).sum()).as("and then the day counts as said").isPositive();
        isTrue();
    }

    @Test
    void accepted_without_anything_that_changes_it_says_so_and_locks_nothing_anew() {
        charged(false);
        assertThat(object(0, null, "price")).isEmpty();
        assertThat(accepted(null)).isEqualTo(BillObjections.Answered.UNCHANGED);
        assertThat(lockings(10)).isOne();
        assertThat(object(0, GivenAfternoon.DAY, "came")).isEmpty();
        assertThat(accepted(DayMark.ATTENDED)).as("as the roll says anyway").isEqualTo(BillObjections.Answered.UNCHANGED);
        assertThat(lockings(10)).isOne();
    }

    @Test
    void a_day_whose_services_stand_differently_is_not_answered_with_one_word() {
        charged(false);
        given.in(school, () -> sql.sql("""
                insert into billing.fact (school_id, period_id, turn, pupil_id, service, units, minutes, class_id, grade, boarding, special, days, marks)
                select school_id, period_id, turn, pupil_id, 'NOON_CARE', units, minutes, class_id, grade, boarding, special, days, translate(marks, 'A', 'M') from billing.fact where school_id = :s and pupil_id = :p and 'A' = any(string_to_array(marks, null))
                """)
                .param("s", school)
                .param("p", child(0))
                .update());
        assertThat(object(0, GivenAfternoon.DAY, "on_leave")).isEmpty();
        assertThat(only().marks()).containsExactlyInAnyOrder(DayMark.ATTENDED, DayMark.MISSED);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        HttpResponse<String> no = finance.post("/charges/objections/" + only().id(), Map.of("about", "on_leave"));
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("各项服务的考勤不同");
        assertThat(only().answer()).as("it waits on").isNull();
        assertThat(rulings()).isZero();
    }

    private int rulings() {
        return given.in(school, () -> sql.sql("select count(*)::int from billing.ruling where school_id = :s").param("s", school).query(Integer.class).single());
    }

    @Test
    void an_order_that_asks_for_more_than_the_bill_put_right_runs_out_at_once() {
        charged(false);
        Map<UUID, PayOrder> before = asked().stream().collect(Collectors.toMap(PayOrder::pupil, o -> o));
        assertThat(object(0, GivenAfternoon.DAY, "not_there")).isEmpty();
        assertThat(accepted(DayMark.MISSED)).isEqualTo(BillObjections.Answered.PUT_RIGHT);
        assertThat(stateOf(before.get(child(0)))).isEqualTo(OrderState.EXPIRED);
        assertThat(stateOf(before.get(child(1)))).as("as due as it was").isEqualTo(OrderState.OPEN);
    }

    private OrderState stateOf(@Nullable PayOrder order) {
        return given.in(school, () -> orders.find(school, Objects.requireNonNull(order).id()).orElseThrow().state());
    }

    @Test
    void what_is_on_show_is_nowhere_presented_as_due() {
        charged(true);
        GivenClass.Grown mother = people.grown(school, child(0), Role.GUARDIAN, "guardian", "母");
        given.in(school, () -> {
            accounts.grant(mother.account(), new Wearer.Grant(Role.GUARDIAN, school, null, null, child(1), null), null);
            consents.decide(school, child(1), mother.account(), Consents.Decision.GIVEN, "test");
            return true;
        });
        Visitor family = visitors.signedIn(mother.user());
        assertThat(family.get("/bills").body()).contains("公示中，暂不收").doesNotContain("¥6");
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get("/payments").body()).contains("公示中，暂不收").doesNotContain("¥6");
        assertThat(finance.get("/payments?show=settled").body()).doesNotContain("公示中，暂不收");
        assertThat(finance.get("/payments/platform").body()).doesNotContain("¥12");
        afternoons.on(LocalDate.of(2026, 11, 6), "09:00");
        assertThat(family.get("/bills").body()).contains("¥6").doesNotContain("公示中");
        assertThat(finance.get("/payments").body()).contains("¥12").doesNotContain("公示中");
    }

    @Test
    void the_pages_of_it_family_and_finance() {
        charged(false);
        Visitor family = visitors.signedIn(people.grown(school, child(0), Role.GUARDIAN, "guardian", "母").user());
        String bill = "/children/" + child(0) + "/bill";
        HttpResponse<String> page = family.get(bill);
        assertThat(page.body()).contains("账单有不对的地方？").contains("去缴费");
        assertThat(family.get("/").body()).contains("课后服务要交 ¥6");
        String form = bill + "/objections/" + october(0);
        assertThat(family.get(form).body()).contains("10月13日").contains("那天请过假");
        assertThat(family.post(form, Map.of("_key", ids.next().toString(), "day", "", "about", "on_leave")).statusCode()).isEqualTo(422);
        assertThat(family.post(form, Map.of("_key", ids.next().toString(), "day", GivenAfternoon.DAY.toString(), "about", "on_leave")).statusCode()).isEqualTo(303);
        assertThat(family.get("/consent/" + child(0) + "/copy").body()).as("and the child's copy tells it").contains("的账单提出异议");
        assertThat(family.get(bill).body()).contains("等学校答复").as("its tariff asks no days: it may be paid").contains("去缴费");
        HttpResponse<String> paper = family.get(bill + ".pdf");
        assertThat(paper.statusCode()).isEqualTo(200);
        assertThat(paper.body()).startsWith("%PDF-");
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get("/").body()).contains("1 条账单异议等答复");
        assertThat(finance.get("/charges/objections").body()).contains("那天请过假").contains("采纳，算请假");
        String answer = "/charges/objections/" + only().id();
        assertThat(finance.post(answer, Map.of("why", "because")).statusCode()).isEqualTo(422);
        String key = ids.next().toString();
        assertThat(finance.post(answer, Map.of("_key", key, "about", "on_leave")).statusCode()).isEqualTo(303);
        assertThat(finance.post(answer, Map.of("_key", key, "about", "on_leave")).statusCode()).as("tapped twice").isEqualTo(303);
        assertThat(finance.post(answer, Map.of("_key", key, "why", "roll")).statusCode()).as("the key belongs to another answer").isEqualTo(422);
        assertThat(family.get(bill).body()).contains("已采纳").contains("已结清");
        assertThat(finance.get("/charges/children/" + child(0) + ".pdf").body()).startsWith("%PDF-");
    }
}
