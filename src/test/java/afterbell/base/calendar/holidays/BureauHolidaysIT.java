package afterbell.base.calendar.holidays;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.calendar.HolidayShelf;
import afterbell.base.identity.Accounts;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class BureauHolidaysIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Schools schools;

    @Autowired
    Accounts accounts;

    @Autowired
    HolidayShelf shelf;

    @Autowired
    Ids ids;

    private Visitor officer(String region) {
        UUID bureau = ids.next();
        String user = "officer-" + bureau;
        given.within(Scope.bureau(bureau, new UUID(0, 0)), () -> {
            schools.addBureau(bureau, null, "某局", region);
            UUID account = accounts.add(user, user, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null);
            return account;
        });
        return visitors.signedIn(user);
    }

    private static final String PUBLISHED =
            """
            year: 2027
            confirmed: true
            source: {zh: 公布的安排, en: As published}
            off:
              - {zh: 国庆节, en: National Day, from: 2027-10-01, until: 2027-10-07}
            worked:
              - {zh: 国庆节调休, en: worked, day: 2027-09-26, follows: 2027-10-06}
            """;

    @Test
    void a_bureau_confirms_a_year_for_its_region_and_gives_it_back() {
        Visitor officer = officer("631200");
        assertThat(officer.get("/bureau/holidays").body()).contains("2026 年", "已公布", "待公布").doesNotContain("?calendar.");
        assertThat(officer.get("/bureau/holidays/2027").body()).contains("confirmed: false");
        assertThat(officer.get("/bureau/holidays/2031").body()).contains("year: 2031");
        assertThat(officer.post("/bureau/holidays/2027", Map.of("text", PUBLISHED)).statusCode()).isEqualTo(303);
        assertThat(shelf.holidays("631202").isConfirmed(2027)).isTrue();
        assertThat(shelf.holidays("631202").isWorkday(LocalDate.of(2027, 9, 26))).isTrue();
        assertThat(shelf.holidays("320900").isConfirmed(2027)).isFalse();
        assertThat(officer.post("/bureau/holidays/2027/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(shelf.holidays("631202").isConfirmed(2027)).isFalse();
    }

    @Test
    void days_are_added_and_taken_out_on_the_screen_after_seeing_what_would_change() {
        Visitor officer = officer("633300");
        String page = officer.get("/bureau/holidays/2027").body();
        assertThat(page).contains("name=\"offFrom0\"", "class=\"month\"", "用文件录入").doesNotContain("?calendar.");
        Map<String, String> rows = new java.util.HashMap<>(Map.of(
                "offZh0", "国庆节", "offFrom0", "2027-10-01", "offUntil0", "2027-10-07", "offZh1", "校\"车\"日", "offFrom1", "2027-06-18", "workedDay0", "2027-09-26", "workedFollows0", "2027-10-06", "sourceZh", "公布的安排"));
        rows.put("act", "preview");
        var seen = officer.post("/bureau/holidays/2027", rows);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.body()).contains("data-test=\"preview\"", "天会变", "6月18日", "校&#34;车&#34;日").doesNotContain("?calendar.");
        assertThat(shelf.holidays("633302").isWorkday(LocalDate.of(2027, 6, 18))).as("a preview changes nothing").isTrue();
        rows.put("act", "save");
        rows.put("confirmed", "true");
        assertThat(officer.post("/bureau/holidays/2027", rows).statusCode()).isEqualTo(303);
        assertThat(shelf.holidays("633302").isWorkday(LocalDate.of(2027, 6, 18))).isFalse();
        assertThat(shelf.holidays("633302").isWorkday(LocalDate.of(2027, 9, 26))).isTrue();
        assertThat(shelf.holidays("633302").isConfirmed(2027)).isTrue();
        assertThat(shelf.holidays("633302").worked(LocalDate.of(2027, 9, 26)).orElseThrow().name().zh()).as("named after its holiday").isEqualTo("国庆节");
        rows.put("offGone1", "true");
        rows.remove("confirmed");
        assertThat(officer.post("/bureau/holidays/2027", rows).statusCode()).isEqualTo(303);
        assertThat(shelf.holidays("633302").isWorkday(LocalDate.of(2027, 6, 18))).isTrue();
        assertThat(shelf.holidays("633302").isConfirmed(2027)).as("to be confirmed again").isFalse();
    }

    @Test
    void a_row_that_can_not_be_is_refused_at_its_field_and_stays_as_typed() {
        Visitor officer = officer("634400");
        officer.get("/bureau/holidays/2027");
        Map<String, String> good = Map.of("offZh0", "国庆节", "offFrom0", "2027-10-01", "offUntil0", "2027-10-07", "workedDay0", "2027-09-26", "workedFollows0", "2027-10-06");
        Map<String, Map<String, String>> wrong = Map.of(
                "f-offZh0-fault", Map.of("offZh0", ""),
                "f-offFrom0-fault", Map.of("offFrom0", "soon"),
                "f-offUntil0-fault", Map.of("offUntil0", "2027-09-30"),
                "f-workedDay0-fault", Map.of("workedDay0", "2027-09-27"),
                "f-workedFollows0-fault", Map.of("workedFollows0", "2027-10-20"),
                "f-offFrom1-fault", Map.of("offZh1", "再来", "offFrom1", "2027-10-05"));
        wrong.forEach((fault, fields) -> {
            Map<String, String> rows = new java.util.HashMap<>(good);
            rows.putAll(fields);
            var no = officer.post("/bureau/holidays/2027", rows);
            assertThat(no.statusCode()).as(fault).isEqualTo(422);
            assertThat(no.body()).contains(fault, "国庆".substring(0, fault.contains("offZh0") ? 0 : 2)).doesNotContain("?calendar.");
        });
        assertThat(shelf.holidays("634402").isConfirmed(2027)).isFalse();
    }

    @Test
    void a_wrong_file_is_refused_with_its_line_and_the_text_stays() {
        Visitor officer = officer("632200");
        officer.get("/bureau/holidays/2027");
        HttpResponse<String> no = officer.post("/bureau/holidays/2027", Map.of("text", PUBLISHED.replace("2027-09-26", "2027-09-27")));
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("第 7 行", "不是周末", "2027-09-27").doesNotContain("?calendar.");
        for (String text : List.of("", "{", PUBLISHED.replace("year: 2027", "year: 2026"), "x".repeat(50_000)))
            assertThat(officer.post("/bureau/holidays/2027", Map.of("text", text)).statusCode()).isEqualTo(422);
        assertThat(officer.post("/bureau/holidays/1066", Map.of("text", PUBLISHED)).statusCode()).isEqualTo(404);
        Visitor office = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(office.get("/bureau/holidays").statusCode()).isEqualTo(403);
    }
}
