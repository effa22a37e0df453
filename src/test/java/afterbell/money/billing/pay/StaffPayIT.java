package afterbell.money.billing.pay;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.day.custody.ChildDays;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** An afternoon with a roll, a substitute and a dropped session, from the month's pay to the ledger. */
@HouseTest
@Req("R123")
class StaffPayIT {
    private static final String MONTH = "2026-10";
    private static final Map<String, String> SCHEME =
            Map.of("from", "2026-09", "title", "课后服务报酬分配办法", "basis", "教代会", "period", "50", "stood", "100", "yuan-club", "60", "yuan-own-class", "50");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Duties duties;

    @Autowired
    Ledger ledger;

    @Autowired
    Schools schools;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Ids ids;

    @Autowired
    Visitor.Maker visitors;

    World world;
    GivenAfternoon.Teacher stands;
    Visitor finance;

    @BeforeEach
    void an_afternoon() {
        world = afternoons.world(6, 2);
        stands = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        given.in(world.school(), () -> {
            charges(world.school());
            // The coach can't come; somebody else stands in for the club.
            PostKey club = new PostKey(PostKind.SESSION, world.club());
            duties.absent(world.school(), GivenAfternoon.DAY, world.coach().staff(), club, null);
            duties.put(world.school(), List.of(new Duties.Written(GivenAfternoon.DAY, club, stands.staff(), Duties.Source.SUBSTITUTE, true)), null);
            return days.open(world.school(), GivenAfternoon.DAY);
        });
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        afternoons.at("16:02");
        roll(world.carer().user(), world.own(), world.pupils());
        afternoons.at("17:02");
        roll(stands.user(), world.club(), world.inClub());
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        finance = visitors.signedIn(given.staff(world.school(), Role.FINANCE));
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private void charges(UUID school) {
        ledger.post(school, new Draft(ids.next(), Document.CORRECTION, ids.next(), "opening", afternoons.moment("08:00"), GivenAfternoon.DAY, null, List.of(Posting.of("bank", 1000_00), Posting.of("service-fund", -1000_00))));
    }

    private void roll(String user, UUID session, List<UUID> children) {
        Visitor teacher = visitors.signedIn(user);
        teacher.get("/sessions/" + session + "/roll-call");
        StringBuilder roll = new StringBuilder("_key=" + UUID.randomUUID());
        for (UUID child : children) roll.append("&child=").append(child);
        assertThat(teacher.postRaw("/sessions/" + session + "/roll-call", roll.toString()).statusCode()).isEqualTo(303);
    }

    private void scheme() {
        finance.get("/money/pay/scheme");
        var set = finance.post("/money/pay/scheme", SCHEME);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(303);
    }

    @Test
    void who_held_it_is_paid_and_what_nobody_rolled_waits_for_a_word() {
        scheme();
        String page = finance.get("/money/pay?month=" + MONTH).body();
        assertThat(page).contains("¥60.00", "¥50.00");
        // The coach who didn't come has no row; the substitute has the club.
        String table = page.substring(page.indexOf("table-cards"));
        assertThat(table).doesNotContain("老师" + world.coach().user()).contains("老师" + stands.user());
        String mine = visitors.signedIn(stands.user()).get("/my-pay?month=" + MONTH).body();
        assertThat(mine).contains("¥60.00", "代班", "50 分钟 ÷ 50 = 1 课时 × ¥60.00 × 100 %");
        assertThat(visitors.signedIn(world.carer().user()).get("/my-pay?month=" + MONTH).body()).contains("¥50.00").doesNotContain("= ¥60.00");
        // A month with sessions that nobody rolled can't be agreed before somebody has looked into them.
        finance.get("/money/pay?month=" + MONTH);
        assertThat(finance.post("/money/pay/" + MONTH + "/agreement", Map.of()).body()).contains("没有点名记录，须先核实");
    }

    @Test
    void a_month_is_agreed_by_one_and_approved_by_another_and_booked_once() {
        scheme();
        agree();
        long before = given.in(world.school(), () -> ledger.balance(world.school(), "pay-due"));
        assertThat(before).isZero();
        Visitor principal = visitors.signedIn(given.staff(world.school(), Role.PRINCIPAL));
        principal.get("/money/pay?month=" + MONTH);
        Map<String, String> yes = Map.of("answer", "yes", "_key", UUID.randomUUID().toString());
        assertThat(principal.post("/money/pay/" + MONTH + "/approval", yes).statusCode()).isEqualTo(303);
        assertThat(principal.post("/money/pay/" + MONTH + "/approval", yes).statusCode()).isEqualTo(303);
        long due = given.in(world.school(), () -> ledger.balance(world.school(), "pay-due"));
        assertThat(due).isNegative();
        assertThat(given.in(world.school(), () -> ledger.balance(world.school(), "service-fund"))).isEqualTo(-1000_00 - due);
        finance.get("/money/pay?month=" + MONTH);
        var never = finance.post("/money/pay/" + MONTH + "/payment", Map.of("on", "9999-12-31"));
        assertThat(never.statusCode()).isEqualTo(422);
        assertThat(never.body()).as("what was typed").contains("value=\"9999-12-31\"");
        assertThat(finance.post("/money/pay/" + MONTH + "/payment", Map.of("on", "2026-11-02")).statusCode()).isEqualTo(303);
        finance.get("/money/pay?month=" + MONTH);
        assertThat(finance.post("/money/pay/" + MONTH + "/payment", Map.of("on", "2026-11-02")).statusCode()).isEqualTo(422);
        assertThat(given.in(world.school(), () -> ledger.balance(world.school(), "pay-due"))).isZero();
        assertThat(finance.get("/money/pay/" + MONTH + ".xlsx").body()).startsWith("PK");
        assertThat(finance.get("/money/pay/" + MONTH + ".pdf").body()).startsWith("%PDF-");
        assertThat(finance.get("/money/vouchers/2026-11.xlsx").body()).startsWith("PK");
        // A new document can't reach back into what is agreed.
        finance.get("/money/pay/scheme");
        assertThat(finance.post("/money/pay/scheme", with(SCHEME, "from", "2026-10")).statusCode()).isEqualTo(422);
    }

    private void agree() {
        finance.get("/money/pay?month=" + MONTH);
        assertThat(finance.post("/money/pay/" + MONTH + "/sessions", Map.of("held", "yes")).statusCode()).isEqualTo(303);
        finance.get("/money/pay?month=" + MONTH);
        var agreed = finance.post("/money/pay/" + MONTH + "/agreement", Map.of());
        assertThat(agreed.statusCode()).as(agreed.body()).isEqualTo(303);
    }

    @Test
    void a_session_that_was_not_held_and_one_that_was_dropped_pay_nobody() {
        scheme();
        finance.get("/money/pay?month=" + MONTH);
        assertThat(finance.postRaw("/money/pay/" + MONTH + "/sessions", "held=no").statusCode()).isEqualTo(422);
        assertThat(finance.postRaw("/money/pay/" + MONTH + "/sessions", "held=no&session=" + world.ownLater() + "&_key=" + UUID.randomUUID()).statusCode()).isEqualTo(303);
        agree();
        assertThat(visitors.signedIn(world.carer().user()).get("/my-pay?month=" + MONTH).body()).contains("财务已确认");
        assertThat(visitors.signedIn(stands.user()).get("/my-pay?month=" + MONTH).body()).contains("¥60.00");
    }

    @Test
    void time_instead_of_money_goes_into_the_bank_and_never_below_nothing() {
        scheme();
        afternoons.on(LocalDate.of(2026, 10, 30), "09:00");
        Visitor coach = visitors.signedIn(stands.user());
        coach.get("/my-pay");
        assertThat(coach.post("/my-pay/choice", Map.of("as", "hours")).statusCode()).isEqualTo(303);
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        finance = visitors.signedIn(given.staff(world.school(), Role.FINANCE));
        agree();
        Visitor principal = visitors.signedIn(given.staff(world.school(), Role.PRINCIPAL));
        principal.get("/money/pay?month=" + MONTH);
        assertThat(principal.post("/money/pay/" + MONTH + "/approval", Map.of("answer", "yes")).statusCode()).isEqualTo(303);
        String mine = visitors.signedIn(stands.user()).get("/my-pay?month=" + MONTH).body();
        assertThat(mine).contains("另有 0 小时 50 分钟 计入时间账户", "现有 0 小时 50 分钟", "¥0.00");
        String person = "/money/pay/people/" + stands.staff();
        finance.get(person);
        assertThat(finance.post(person + "/hours", Map.of("day", "2026-11-02", "minutes", "51")).body()).contains("账户里只有 50 分钟");
        assertThat(finance.post(person + "/hours", Map.of("day", "2026-11-02", "minutes", "50")).statusCode()).isEqualTo(303);
        assertThat(finance.post(person + "/hours", Map.of("day", "2026-11-02", "minutes", "1")).statusCode()).isEqualTo(422);
        // What an agreed month got wrong comes with the next one.
        finance.get(person);
        assertThat(finance.post(person + "/corrections", Map.of("about", "2026-10-13", "yuan", "12.50", "way", "more", "why", "wrong_rate")).statusCode()).isEqualTo(303);
        assertThat(visitors.signedIn(stands.user()).get("/my-pay?month=2026-11").body()).contains("¥12.50");
        assertThat(finance.get("/money/pay/people/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R123")
    void a_rate_above_the_citys_ceiling_is_refused_with_its_clause_and_the_way_out() {
        UUID school = schoolIn("350200");
        given.in(school, () -> {
            charges(school);
            return true;
        });
        Visitor there = visitors.signedIn(given.staff(school, Role.FINANCE));
        there.get("/money/pay/scheme");
        var refused = there.post("/money/pay/scheme", with(SCHEME, "yuan-club", "60.01"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("课时报酬每课时不超过 60 元", "60.01");
        var inPlace = there.post("/money/pay/scheme", with(SCHEME, "stood", "300"));
        assertThat(inPlace.statusCode()).as("three times as much for whoever stands in").isEqualTo(422);
        assertThat(inPlace.body()).contains("课时报酬每课时不超过 60 元");
        assertThat(there.post("/money/pay/scheme", SCHEME).statusCode()).isEqualTo(303);
        UUID north = schoolIn("370100");
        given.in(north, () -> {
            charges(north);
            return true;
        });
        Visitor shandong = visitors.signedIn(given.staff(north, Role.FINANCE));
        shandong.get("/money/pay/scheme");
        assertThat(shandong.post("/money/pay/scheme", with(SCHEME, "yuan-own-class", "49")).body()).contains("不低于 50 元");
    }

    @Test
    @Req("C7")
    void a_school_that_does_not_charge_has_no_such_page_and_no_teacher_sees_a_colleagues() {
        UUID quiet = given.school();
        assertThat(visitors.signedIn(given.staff(quiet, Role.FINANCE)).get("/money/pay").statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(quiet, Role.SERVICE_TEACHER)).get("/my-pay").statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(world.carer().user()).get("/money/pay").statusCode()).isEqualTo(403);
    }

    private UUID schoolIn(String region) {
        UUID bureau = ids.next();
        UUID school = ids.next();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            schools.addBureau(bureau, null, "b" + region, region);
            schools.add(new School(school, "pay" + region, "s" + region, region, "nine-year", "urban", "public", false, "000"), List.of(bureau));
        }));
        return school;
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(fields);
        all.put(name, value);
        return all;
    }
}
