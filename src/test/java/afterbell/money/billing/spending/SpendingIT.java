package afterbell.money.billing.spending;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What is spent, and what is published of it. */
@HouseTest
@Req({"R120", "R121", "R122"})
class SpendingIT {
    private static final byte[] PAPER = "%PDF-1.4\nan invoice\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    GivenSchool given;

    @Autowired
    Ledger ledger;

    @Autowired
    Schools schools;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    Visitor.Maker visitors;

    private UUID school(String region) {
        UUID bureau = ids.next();
        UUID school = ids.next();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            schools.addBureau(bureau, null, "b" + region, region);
            schools.add(new School(school, "spend" + region, "学校" + region, region, "nine-year", "urban", "public", false, "000"), List.of(bureau));
        }));
        given.in(school, () -> ledger.post(school, new Draft(ids.next(), Document.CORRECTION, ids.next(), "opening", clock.instant(), today(), null, List.of(Posting.of("bank", 5000_00), Posting.of("service-fund", -5000_00)))));
        return school;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private Map<String, String> spending(String use, String yuan) {
        return new HashMap<>(Map.of("use", use, "yuan", yuan, "day", today().toString(), "payee", "某文具店", "what", "围棋二十副", "source", "bank"));
    }

    private HttpResponse<String> enter(Visitor who, Map<String, String> fields) {
        who.get("/money/spending/new");
        return who.postFiles("/money/spending", fields, "voucher", Map.of("a.pdf", PAPER));
    }

    private static String idOf(HttpResponse<String> done) {
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        String path = done.headers().firstValue("Location").orElseThrow();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void water_and_electricity_are_refused_in_ezhou_with_the_clause_and_the_way_out_and_allowed_elsewhere() {
        UUID ezhou = school("420700");
        Visitor finance = visitors.signedIn(given.staff(ezhou, Role.FINANCE));
        assertThat(finance.get("/money/spending/new").body()).contains("本地不得用于水电");
        HttpResponse<String> refused = enter(finance, spending("utilities", "120"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("服务费不得用于办公水电等学校运转支出", "水电由学校公用经费支出", "围棋二十副");
        assertThat(given.in(ezhou, () -> ledger.balance(ezhou, "bank"))).isEqualTo(5000_00);
        UUID elsewhere = school("110100");
        assertThat(enter(visitors.signedIn(given.staff(elsewhere, Role.FINANCE)), spending("utilities", "120")).statusCode()).isEqualTo(303);
    }

    @Test
    void one_enters_another_approves_and_the_ledger_has_it_once() {
        UUID school = school("110200");
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        String id = idOf(enter(finance, spending("teaching-aids", "300.50")));
        assertThat(finance.get("/money/spending/" + id).body()).contains("录入的人不能自己批准");
        assertThat(finance.post("/money/spending/" + id + "/decision", Map.of("answer", "yes")).statusCode()).isEqualTo(422);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/money/spending/" + id);
        Map<String, String> yes = Map.of("answer", "yes", "_key", UUID.randomUUID().toString());
        assertThat(office.post("/money/spending/" + id + "/decision", yes).statusCode()).isEqualTo(303);
        assertThat(office.post("/money/spending/" + id + "/decision", yes).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> ledger.balance(school, "bank"))).isEqualTo(4699_50);
        // From a thousand yuan on it is the principal's.
        String large = idOf(enter(finance, spending("teaching-aids", "1000")));
        office.get("/money/spending/" + large);
        assertThat(office.post("/money/spending/" + large + "/decision", Map.of("answer", "yes")).body()).contains("须由校长批准");
        Visitor principal = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        principal.get("/money/spending/" + large);
        assertThat(principal.post("/money/spending/" + large + "/decision", Map.of("answer", "yes")).statusCode()).isEqualTo(303);
        // Taken back by one, approved by another: the ledger is as before.
        finance.get("/money/spending/" + large);
        String back = idOf(finance.post("/money/spending/" + large + "/return", Map.of()));
        finance.get("/money/spending/" + large);
        assertThat(finance.post("/money/spending/" + large + "/return", Map.of()).statusCode()).isEqualTo(422);
        principal.get("/money/spending/" + back);
        assertThat(principal.post("/money/spending/" + back + "/decision", Map.of("answer", "yes")).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> ledger.balance(school, "bank"))).isEqualTo(4699_50);
        assertThat(finance.get("/money/spending").body()).contains("¥300.50", "教具");
        // Another school finds nothing.
        assertThat(visitors.signedIn(given.staff(given.school(), Role.FINANCE)).get("/money/spending/" + id).statusCode()).isEqualTo(404);
        publishes(school, finance, principal);
    }

    /** The sheet is the ledger's, frozen; a later booking is a new version and leaves the old one as it was. */
    private void publishes(UUID school, Visitor finance, Visitor principal) {
        String from = today().minusMonths(1).withDayOfMonth(1).toString();
        String query = "/money/publications/preview?kind=month&from=" + from;
        String preview = finance.get(query).body();
        String seen = preview.replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]{64})\".*", "$1");
        Map<String, String> form = new HashMap<>(Map.of("kind", "month", "from", from, "seen", seen));
        assertThat(finance.post("/money/publications", form).statusCode()).isEqualTo(303);
        finance.get(query);
        assertThat(finance.post("/money/publications", form).body()).contains("内容与已公示的相同");
        String open = "/schools/spend110200/money";
        Visitor stranger = visitors.stranger();
        String all = stranger.get(open).body();
        String first = open + "/" + all.replaceAll("(?s).*/schools/spend110200/money/([0-9a-f-]{36}).*", "$1");
        assertThat(stranger.get(first).body()).contains(seen, "月度报酬与考勤公示").doesNotContain("某文具店");
        assertThat(stranger.get(first + ".pdf").body()).startsWith("%PDF-");
        assertThat(stranger.get(first + ".xlsx").body()).startsWith("PK");
        // Something is booked into that month afterwards.
        LocalDate then = LocalDate.parse(from).plusDays(3);
        given.in(school, () -> ledger.post(school, new Draft(ids.next(), Document.SPENDING, ids.next(), "teaching-aids", clock.instant(), then, null, List.of(Posting.of("service-fund", 10_00), Posting.of("bank", -10_00)))));
        String newer = principal.get(query).body();
        form.put("seen", seen);
        assertThat(principal.post("/money/publications", form).statusCode()).isEqualTo(422);
        form.put("reason", "booked_later");
        assertThat(principal.post("/money/publications", form).body()).contains("您看过之后账目又变了");
        form.put("seen", newer.replaceAll("(?s).*name=\"seen\" value=\"([0-9a-f]{64})\".*", "$1"));
        assertThat(principal.post("/money/publications", form).statusCode()).isEqualTo(303);
        assertThat(stranger.get(first).body()).contains("这是旧版本", seen);
        assertThat(stranger.get("/schools/nobody/money").statusCode()).isEqualTo(404);
        assertThat(stranger.get(open + "/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        // A frozen sheet can't be changed even by whoever runs the application.
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> given.in(school, () -> transactions.execute(t -> sql(school)))).hasStackTraceContaining("permission denied");
    }

    @Autowired
    org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private int sql(UUID school) {
        return jdbc.sql("update billing.publication set version = 9 where school_id = :s").param("s", school).update();
    }
}
