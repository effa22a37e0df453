package afterbell.money.billing.bureau;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Six schools of one bureau, one of which stands apart; another bureau sees none of them. */
@HouseTest
class BureauMoneyIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Schools schools;

    @Autowired
    Accounts accounts;

    @Autowired
    Ledger ledger;

    @Autowired
    Figures figures;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    Visitor.Maker visitors;

    @Test
    @Req({"P4", "R121"})
    void a_bureau_sees_sums_of_its_own_schools_and_the_one_that_stands_apart_first() {
        UUID bureau = ids.next();
        List<UUID> all = new ArrayList<>();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            schools.addBureau(bureau, null, "经费教育局", "320999");
            for (int i = 0; i < 7; i++) {
                UUID school = ids.next();
                all.add(school);
                schools.add(new School(school, "money" + i, "经费学校" + i, "320999", "nine-year", "urban", "public", false, "000"), List.of(bureau));
            }
            accounts.grant(accounts.add("moneybureau", "m", GivenSchool.PASSWORD), new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null);
        }));
        for (int i = 0; i < 6; i++) books(all.get(i), i == 5);
        Visitor officer = visitors.signedIn("moneybureau");
        String page = officer.get("/bureau/money").body();
        // 5 x 800 yuan for people of 1,000 spent, one with 100 of 1,000; six strangers' 20 yuan are unmatched at one school.
        assertThat(page).contains("¥20.00", "另有 1 所学校没有经费数据", "人员占比异常", "有款项没对上");
        String rows = page.substring(page.indexOf("table-cards"));
        assertThat(rows.indexOf("经费学校5")).isLessThan(rows.indexOf("经费学校0"));
        String one = officer.get("/bureau/money/" + all.get(5)).body();
        assertThat(one).contains("10 %", "/schools/money5/money");
        assertThat(officer.get("/bureau/money.xlsx").body()).startsWith("PK");
        assertThat(officer.get("/bureau/money/" + given.school()).statusCode()).isEqualTo(404);
        Visitor other = visitors.signedIn(given.bureauOfficer());
        assertThat(other.get("/bureau/money").body()).doesNotContain("经费学校").contains("还没有学校有经费数据");
        assertThat(other.get("/bureau/money/" + all.get(5)).statusCode()).isEqualTo(404);
        // Made twice, the sums are the same.
        assertThat(given.in(all.get(5), () -> figures.make(all.get(5)))).isPositive();
        assertThat(officer.get("/bureau/money").body().replaceAll("(?s).*table-cards", "").replaceAll("name=\"_[a-z]+\" value=\"[^\"]+\"", "")).contains("经费学校5");
    }

    private void books(UUID school, boolean apart) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        given.in(school, () -> {
            post(school, Document.CHARGE, "charged", day, Posting.of("bank", 2000_00), Posting.of("service-fund", -2000_00));
            post(school, Document.PAY, "agreed", day, Posting.of("service-fund", apart ? 100_00 : 800_00), Posting.of("pay-due", apart ? -100_00 : -800_00));
            post(school, Document.SPENDING, "teaching-aids", day, Posting.of("service-fund", apart ? 900_00 : 200_00), Posting.of("bank", apart ? -900_00 : -200_00));
            if (apart) post(school, Document.PAYMENT, "suspended", day, Posting.of("bank", 20_00), Posting.of("suspense", -20_00));
            return figures.make(school);
        });
    }

    private void post(UUID school, Document document, String memo, LocalDate day, Posting... lines) {
        ledger.post(school, new Draft(ids.next(), document, ids.next(), memo, clock.instant(), day, null, List.of(lines)));
    }

    @Test
    void the_middle_needs_five_schools_and_equal_ones_stand_nowhere_apart() {
        assertThat(new Outliers(List.of(1.0, 1.0, 1.0, 9.0)).apart(9.0)).isFalse();
        assertThat(new Outliers(List.of(80.0, 82.0, 79.0, 81.0, 80.0, 10.0)).apart(10.0)).isTrue();
        assertThat(new Outliers(List.of(80.0, 82.0, 79.0, 81.0, 80.0, 10.0)).apart(82.0)).isFalse();
    }
}
