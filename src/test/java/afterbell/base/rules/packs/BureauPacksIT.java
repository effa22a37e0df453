package afterbell.base.rules.packs;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.identity.Accounts;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Situation;
import afterbell.base.schools.School;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class BureauPacksIT {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
    private static final Pattern ID = Pattern.compile("/bureau/rules/packs/([0-9a-f-]{36})/withdrawal");

    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Schools schools;

    @Autowired
    Accounts accounts;

    @Autowired
    Rules rules;

    @Autowired
    Ids ids;

    private Visitor officer(String region, String... schoolNames) {
        UUID bureau = ids.next();
        String user = "officer-" + bureau;
        given.within(Scope.bureau(bureau, new UUID(0, 0)), () -> {
            schools.addBureau(bureau, null, "某局", region);
            for (String name : schoolNames)
                schools.add(new School(ids.next(), "c" + ids.next().toString().substring(20), name, region, "primary", "urban", "public", false, ""), List.of(bureau));
            UUID account = accounts.add(user, user, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null);
            return account;
        });
        return visitors.signedIn(user);
    }

    private static String pack(String code, String region, String from, String rule) {
        return """
                pack: %s
                title: {zh: 试行规定, en: Trial regulation}
                authority: {zh: 某局, en: Some bureau}
                region: "%s"
                effective: {from: %s}
                source: {zh: 试行规定, en: Trial regulation}
                rules:
                  - {%s, zh: 社团每班人数, en: Size of clubs}
                """
                .formatted(code, region, from, rule);
    }

    @Test
    void a_bureau_previews_applies_and_withdraws_a_pack_without_a_release() {
        Visitor officer = officer("651200", "第一小学", "第二小学");
        officer.get("/bureau/rules/new");
        String text = pack("XJ-TRIAL", "6512", "2026-01-01", "rule: club.max-size, value: 25, severity: ban");
        HttpResponse<String> preview = officer.post("/bureau/rules/previews", Map.of("text", text));
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("第一小学", "第二小学", "20 人", "25 人", "放宽").doesNotContain("?rules.");
        assertThat(size("651200")).isEqualTo(20);
        assertThat(officer.post("/bureau/rules", Map.of("text", text, "_key", ids.next().toString())).statusCode()).isEqualTo(303);
        assertThat(size("651200")).isEqualTo(25);
        assertThat(size("651300")).isEqualTo(20);
        assertThat(officer.get("/bureau/rules").body()).contains("试行规定", "XJ-TRIAL", "上传").doesNotContain("?rules.");
        String one = officer.get("/bureau/rules/packs/XJ-TRIAL/2026-01-01").body();
        Matcher id = ID.matcher(one);
        assertThat(id.find()).isTrue();
        assertThat(officer.post(id.group(), Map.of()).statusCode()).isEqualTo(303);
        assertThat(size("651200")).isEqualTo(20);
        assertThat(officer.post(id.group(), Map.of()).statusCode()).isEqualTo(303);
    }

    private int size(String region) {
        return rules.resolve(Situation.of(region, DAY), Rule.CLUB_MAX_SIZE).value();
    }

    @Test
    void a_new_edition_of_the_same_day_takes_the_place_of_the_former_and_a_repeated_command_changes_nothing() {
        Visitor officer = officer("652200", "小学");
        officer.get("/bureau/rules/new");
        String key = ids.next().toString();
        String first = pack("XJ-ED", "6522", "2026-01-01", "rule: club.max-size, value: 24, severity: ban");
        assertThat(officer.post("/bureau/rules", Map.of("text", first, "_key", key)).statusCode()).isEqualTo(303);
        assertThat(officer.post("/bureau/rules", Map.of("text", first, "_key", key)).statusCode()).isEqualTo(303);
        assertThat(size("652200")).isEqualTo(24);
        assertThat(officer.post("/bureau/rules", Map.of("text", first.replace("24", "26"), "_key", ids.next().toString())).statusCode()).isEqualTo(303);
        assertThat(size("652200")).isEqualTo(26);
    }

    @Test
    void a_faulty_pack_is_refused_with_line_and_remedy_and_the_text_stays() {
        Visitor officer = officer("653100");
        officer.get("/bureau/rules/new");
        HttpResponse<String> no = officer.post("/bureau/rules/previews", Map.of("text", pack("P1", "6531", "2026-01-01", "rule: club.max-sise, value: 25, severity: ban")));
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("第 8 行", "club.max-size", "club.max-sise").doesNotContain("?rules.", "?yaml.");
        assertThat(officer.post("/bureau/rules/previews", Map.of("text", "")).statusCode()).isEqualTo(422);
        for (String text : List.of("{", "a: [", "&a [*a]", "\u0007", "x".repeat(20_000)))
            assertThat(officer.post("/bureau/rules/previews", Map.of("text", text)).statusCode()).isEqualTo(422);
    }

    @Test
    void a_bureau_writes_for_its_own_region_alone() {
        Visitor officer = officer("654000");
        officer.get("/bureau/rules/new");
        String national = pack("P2", "", "2026-01-01", "rule: round.first-come, value: yes, severity: advice");
        assertThat(officer.post("/bureau/rules/previews", Map.of("text", national))).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(422);
            assertThat(r.body()).contains("管辖范围");
        });
        assertThat(officer.post("/bureau/rules", Map.of("text", pack("P3", "3204", "2026-01-01", "rule: round.first-come, value: yes, severity: advice"), "_key", ids.next().toString())).statusCode())
                .isEqualTo(422);
        assertThat(rules.resolve(Situation.of("320400", DAY), Rule.ROUND_FIRST_COME).value()).isFalse();
    }

    @Test
    void a_bureau_cannot_withdraw_what_another_uploaded_and_a_school_sees_none_of_it() {
        Visitor first = officer("655000");
        first.get("/bureau/rules/new");
        assertThat(first.post("/bureau/rules", Map.of("text", pack("XJ-OWN", "6550", "2026-01-01", "rule: club.max-size, value: 22, severity: ban"), "_key", ids.next().toString())).statusCode())
                .isEqualTo(303);
        Matcher id = ID.matcher(first.get("/bureau/rules/packs/XJ-OWN/2026-01-01").body());
        assertThat(id.find()).isTrue();
        Visitor second = officer("655000");
        assertThat(second.get("/bureau/rules/packs/XJ-OWN/2026-01-01").body()).doesNotContain("withdrawal");
        second.get("/bureau/rules/new");
        assertThat(second.post(id.group(), Map.of()).statusCode()).isEqualTo(404);
        assertThat(size("655000")).isEqualTo(22);
        Visitor office = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(office.get("/bureau/rules").statusCode()).isEqualTo(403);
    }
}
