package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.money.billing.Periods.Period;
import afterbell.testing.Browsers;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.Visitor;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A family sees its bill on a phone, pays at the counter, the child stays away with leave, the month is settled, and the family reads what came back and why. */
@HouseTest
@Req({"R117", "R115", "P3"})
class PaidAndRefundedJourneyIT {
    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Periods periods;
    @Autowired ClosePeriod close;
    @Autowired Ledger ledger;
    @Autowired ChildDays days;
    @Autowired DayOpening opening;
    @Autowired WaysToPay ways;
    @Autowired Visitor.Maker visitors;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;

    private UUID school = new UUID(0, 0);
    private UUID child = new UUID(0, 0);

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private void closed(int month, boolean beforehand) {
        Period period = given.in(school, () -> periods.all(school).stream().filter(p -> p.from().getMonthValue() == month).findFirst().orElseThrow());
        Scopes.within(Scope.school(school, new UUID(0, 7)), () -> close.close(school, period.id(), beforehand, new UUID(0, 7), ids.next()));
    }

    private long balance() {
        return given.in(school, () -> ledger.familyBalances(school, List.of(child)).getOrDefault(child, 0L));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    @Test
    void a_family_pays_misses_its_days_is_refunded_and_reads_why() {
        GivenAfternoon.World world = afternoons.world(2, 2);
        school = world.school();
        child = world.pupils().getFirst();
        afternoons.at("17:55");
        given.in(school, () -> {
            opening.open(school, GivenAfternoon.DAY);
            Fact leave = new Fact.Excused(afternoons.moment("15:50"), afternoons.moment("17:50"), Fact.Told.PHONE);
            days.tell(school, GivenAfternoon.DAY, List.of(new ToldOf(child, new Telling(ids.next(), afternoons.moment("15:30"), new Teller(new UUID(0, 1), Set.of(Duty.CLASS_TEACHER)), leave, true))));
            return true;
        });
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null));
        given.in(school, () -> {
            ways.put(school, List.of(new WaysToPay.Way(PayWay.CASH, true, "行政楼一层")));
            return true;
        });
        afternoons.on(LocalDate.of(2026, 10, 9), "09:00");
        closed(10, true);
        long due = balance();
        assertThat(due).isPositive();

        List<String> complaints = new ArrayList<>();
        Page family = Browsers.open(visitors.base(), Look.PHONE, complaints);
        family.navigate(visitors.base() + "/sign-in");
        family.fill("input[name=user]", given.guardian(school, child));
        family.fill("input[name=password]", GivenSchool.PASSWORD);
        family.locator("form:has(input[name=password]) button[type=submit]").first().click();
        family.navigate(visitors.base() + "/pay");
        assertThat(family.locator("h1").innerText()).isEqualTo("缴费");
        assertThat(family.content()).contains(yuan(due)).contains("待付款").contains("行政楼一层").contains("怎么交");
        looksRight(family);
        family.click("a[href='/children/" + child + "/bill']");
        assertThat(family.content()).contains(yuan(due));

        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/payments/children/" + child);
        assertThat(finance.post("/payments/children/" + child, Map.of("way", "CASH", "amount", yuan(due))).statusCode()).isEqualTo(303);
        family.navigate(visitors.base() + "/pay");
        assertThat(family.content()).contains("已结清").contains("2026-00001");

        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        closed(9, false);
        closed(10, false);
        assertThat(balance()).as("on leave on its day: it comes back").isEqualTo(-due);
        family.navigate(visitors.base() + "/pay");
        assertThat(family.content()).contains("有余额").contains(yuan(due));

        // Weeks have gone by: whoever works here signs in anew.
        finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds/children/" + child);
        assertThat(finance.post("/refunds/children/" + child, Map.of("amount", yuan(due), "how", "AS_PAID", "cause", "SETTLED")).statusCode()).isEqualTo(303);
        finance.get("/refunds");
        UUID refund = given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s").param("s", school).query(UUID.class).single());
        assertThat(finance.post("/refunds/" + refund + "/handout", Map.of()).statusCode()).isEqualTo(303);

        family.navigate(visitors.base() + "/pay");
        assertThat(family.content()).contains("已结清").contains("已退");
        looksRight(family);
        family.navigate(visitors.base() + "/children/" + child + "/bill");
        assertThat(family.content()).as("why: the day on leave").contains("请假");
        assertThat(complaints).isEmpty();
        family.context().close();
    }

    private static void looksRight(Page page) {
        assertThat(Browsers.axe(page)).isEmpty();
        assertThat(Browsers.tooWide(page)).isEmpty();
        assertThat(Browsers.tooSmall(page)).isEmpty();
    }
}
