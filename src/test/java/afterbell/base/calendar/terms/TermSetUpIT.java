package afterbell.base.calendar.terms;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class TermSetUpIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Calendars calendars;

    @Autowired
    Ids ids;

    private UUID school;
    private Visitor office;

    @BeforeEach
    void an_office() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private Map<String, String> autumn() {
        Map<String, String> form = new HashMap<>(Map.of(
                "startYear", "2026", "half", "1", "first", "2026-09-01", "last", "2027-01-22", "serviceWeek", "2", "clubsWeek", "4", "addDropWeeks", "2", "bells", ""));
        form.put("registration", "2026-08-30");
        form.put("_key", ids.next().toString());
        return form;
    }

    private String opened() {
        office.get("/calendar/terms/new");
        HttpResponse<String> done = office.post("/calendar/terms", autumn());
        assertThat(done.statusCode()).isEqualTo(303);
        return done.headers().firstValue("Location").orElseThrow().replace("/bells", "");
    }

    @Test
    @Req({"R24", "R27", "R29"})
    void an_office_opens_a_term_in_two_steps_and_sees_it_as_a_picture() {
        assertThat(office.get("/calendar").body()).contains("还没有学期", "/calendar/terms/new");
        assertThat(office.get("/calendar/terms/new").body()).contains("value=\"2026-09-01\"").doesNotContain("?calendar.");
        String term = opened();
        assertThat(office.get(term + "/bells").body()).contains("16:00", "17:00", "low").doesNotContain("?calendar.");
        String page = office.get("/calendar").body();
        assertThat(page).contains("第一学期", "国庆节", "调休上课", "基本服务开始", "尚未公布", "2026年9月", "2027年1月").doesNotContain("?calendar.", "?rules.");
        assertThat(office.get(term).body()).isNotEmpty();
        assertThat(office.get(term + "/days").body()).doesNotContain("?calendar.");
        assertThat(office.get(term + "/dates").body()).contains("value=\"2026-09-01\"");
    }

    @Test
    void a_repeated_command_opens_no_second_term() {
        office.get("/calendar/terms/new");
        Map<String, String> form = autumn();
        String first = office.post("/calendar/terms", form).headers().firstValue("Location").orElseThrow();
        HttpResponse<String> again = office.post("/calendar/terms", form);
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(again.headers().firstValue("Location")).contains(first);
        assertThat(given.in(school, () -> calendars.terms(school))).hasSize(1);
        form.put("_key", ids.next().toString());
        assertThat(office.post("/calendar/terms", form).statusCode()).isEqualTo(422);
    }

    @Test
    void bad_dates_are_refused_with_the_field_and_the_typing_stays() {
        office.get("/calendar/terms/new");
        for (Map.Entry<String, String> bad : List.of(
                Map.entry("first", ""), Map.entry("first", "soon"), Map.entry("first", "2026-13-40"), Map.entry("last", "2026-09-03"), Map.entry("last", "2029-01-01"), Map.entry("startYear", "26"),
                Map.entry("half", "3"), Map.entry("clubsWeek", "1"), Map.entry("clubsWeek", "x"), Map.entry("serviceWeek", "-1"), Map.entry("addDropWeeks", "99"), Map.entry("registration", "2025-01-01"),
                Map.entry("registration", "never"))) {
            Map<String, String> form = autumn();
            form.put(bad.getKey(), bad.getValue());
            HttpResponse<String> no = office.post("/calendar/terms", form);
            assertThat(no.statusCode()).as("%s", bad).isEqualTo(422);
            assertThat(no.body()).as("%s", bad).doesNotContain("?calendar.").contains("2026–2027 学年填 2026");
        }
        assertThat(given.in(school, () -> calendars.terms(school))).isEmpty();
    }

    @Test
    void the_dates_of_a_term_can_be_changed_and_never_overlap_another() {
        String term = opened();
        Map<String, String> form = autumn();
        form.put("last", "2027-01-15");
        assertThat(office.post(term, form).statusCode()).isEqualTo(303);
        Map<String, String> spring = autumn();
        spring.putAll(Map.of("half", "2", "first", "2027-01-10", "last", "2027-07-02", "registration", ""));
        HttpResponse<String> no = office.post("/calendar/terms", spring);
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("重叠");
        spring.putAll(Map.of("first", "2027-03-01", "_key", ids.next().toString()));
        assertThat(office.post("/calendar/terms", spring).statusCode()).isEqualTo(303);
        assertThat(office.get("/calendar/terms/new").body()).contains("value=\"2027-09-01\"");
    }

    @Test
    @Req({"R22", "R23"})
    void the_bells_come_back_from_the_form_as_they_were_and_a_late_evening_is_refused() {
        String term = opened();
        UUID id = UUID.fromString(term.substring(term.lastIndexOf('/') + 1));
        List<Slot> before = given.in(school, () -> calendars.bells(school, id)).slots();
        assertThat(office.postRaw(term + "/bells", asSent(office.get(term + "/bells").body(), Map.of())).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> calendars.bells(school, id)).slots()).isEqualTo(before);
        // The junior band studies in the evening: the third row, until now empty.
        String evening = asSent(office.get(term + "/bells").body(), Map.of("s2.code", "E1", "s2.from", "18:30", "s2.until", "20:30"));
        String rows = evening.replace("s2.service=AFTER_SCHOOL", "s2.service=EVENING_STUDY") + "&s2.bands=junior";
        assertThat(office.postRaw(term + "/bells", rows.replace("20%3A30", "20%3A40")).body()).contains("20:30");
        assertThat(office.postRaw(term + "/bells", rows).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> calendars.slots(school, id, 8, DayOfWeek.MONDAY))).extracting(Slot::code).containsExactly("S1", "S2", "E1");
        assertThat(office.get("/calendar").body()).contains("规则提醒", "晚自习");
    }

    @Test
    void overlapping_rows_and_nonsense_are_refused_and_nothing_changes() {
        String term = opened();
        UUID id = UUID.fromString(term.substring(term.lastIndexOf('/') + 1));
        List<Slot> before = given.in(school, () -> calendars.bells(school, id)).slots();
        String page = office.get(term + "/bells").body();
        for (Map<String, String> bad : List.of(
                Map.of("s1.from", "16:30"), Map.of("s0.until", "15:00"), Map.of("s0.from", "x"), Map.of("s0.code", "s 1"), Map.of("b0.grades", "1-20"), Map.of("b0.grades", "9"), Map.of("b0.name", ""),
                Map.of("s0.service", "NAP"), Map.of("s0.validFrom", "2027-01-01", "s0.validUntil", "2026-01-01"), Map.of("w0.at", "17:00"), Map.of("w0.at", "25:00")))
            assertThat(office.postRaw(term + "/bells", asSent(page, bad))).as("%s", bad).satisfies(no -> {
                assertThat(no.statusCode()).isEqualTo(422);
                assertThat(no.body()).doesNotContain("?calendar.");
            });
        assertThat(office.postRaw(term + "/bells", "").statusCode()).isEqualTo(422);
        assertThat(given.in(school, () -> calendars.bells(school, id)).slots()).isEqualTo(before);
    }

    @Test
    @Req("R26")
    void closing_changing_and_opening_days_can_each_be_taken_back() {
        String term = opened();
        office.get(term + "/days");
        Map<String, String> closure = new HashMap<>(Map.of("from", "2026-11-02", "until", "2026-11-03", "reason", "AIR", "note", "", "_key", ids.next().toString()));
        assertThat(office.post(term + "/closures", closure).statusCode()).isEqualTo(303);
        assertThat(office.post(term + "/closures", closure).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> calendars.closures(school))).hasSize(1);
        assertThat(office.post(term + "/own-days", Map.of("from", "2026-09-20", "follows", "3", "note", "")).statusCode()).isEqualTo(303);
        assertThat(office.post(term + "/openings", Map.of("from", "2027-01-25", "until", "2027-01-29", "weekdays", "1", "note", "寒假托管", "_key", ids.next().toString())).statusCode()).isEqualTo(303);
        Map<String, String> early = new HashMap<>(Map.of("from", "2026-10-14", "minutes", "30", "direction", "earlier", "ends", "17:00", "note", "校运会", "_key", ids.next().toString()));
        assertThat(office.post(term + "/special-afternoons", early).statusCode()).isEqualTo(303);
        assertThat(office.post(term + "/special-afternoons", early).statusCode()).as("the same tap twice").isEqualTo(303);
        early.put("_key", ids.next().toString());
        assertThat(office.post(term + "/special-afternoons", early).statusCode()).as("another one of the same day").isEqualTo(422);
        String page = office.get(term + "/days").body();
        assertThat(page).contains("空气污染", "按周三的课表", "寒假托管", "提前30分钟", "17:00结束", "校运会");
        for (String removal : removals(page)) assertThat(office.post(removal, Map.of()).statusCode()).as(removal).isEqualTo(303);
        assertThat(removals(office.get(term + "/days").body())).isEmpty();
        for (Map<String, String> bad : List.of(
                Map.of("from", "", "reason", "AIR"), Map.of("from", "2026-11-05", "until", "2026-11-01", "reason", "AIR"), Map.of("from", "2031-11-05", "reason", "AIR"), Map.of("from", "2026-11-05", "reason", "?"),
                Map.of("from", "2026-11-05", "reason", "AIR", "note", "x".repeat(200)), Map.of("from", "2026-11-05", "reason", "AIR", "bands", "none"))) {
            Map<String, String> sent = new HashMap<>(bad);
            sent.put("_key", ids.next().toString());
            HttpResponse<String> no = office.post(term + "/closures", sent);
            assertThat(no.statusCode()).as("%s", bad).isEqualTo(422);
            assertThat(no.body()).doesNotContain("?calendar.");
        }
        assertThat(office.post(term + "/own-days", Map.of("from", "2026-09-20", "follows", "8")).statusCode()).isEqualTo(422);
        for (Map<String, String> bad : List.of(
                Map.of("from", "", "minutes", "10", "direction", "later"), Map.of("from", "2026-11-05"), Map.of("from", "2026-11-05", "minutes", "181", "direction", "later"), Map.of("from", "2026-11-05", "minutes", "x"),
                Map.of("from", "2026-11-05", "minutes", "10", "direction", "sideways"), Map.of("from", "2026-11-05", "ends", "25:00"), Map.of("from", "2026-11-05", "ends", "18:00"), Map.of("from", "2026-11-07", "ends", "16:30"),
                Map.of("from", "2026-11-05", "minutes", "180", "direction", "later"), Map.of("from", "2026-11-05", "until", "2026-11-01", "ends", "16:30"), Map.of("from", "2026-11-05", "ends", "16:30", "bands", "none"),
                Map.of("from", "2026-11-05", "ends", "16:30", "note", "x".repeat(81)))) {
            Map<String, String> sent = new HashMap<>(bad);
            sent.put("_key", ids.next().toString());
            HttpResponse<String> no = office.post(term + "/special-afternoons", sent);
            assertThat(no.statusCode()).as("%s", bad).isEqualTo(422);
            assertThat(no.body()).doesNotContain("?calendar.");
        }
        assertThat(office.post(term + "/openings", Map.of("from", "x", "_key", ids.next().toString())).statusCode()).isEqualTo(422);
    }

    private static List<String> removals(String page) {
        return Pattern.compile("action=\"(/calendar/[^\"]+/removal)\"").matcher(page).results().map(m -> m.group(1)).toList();
    }

    @Test
    void another_schools_term_is_not_found_and_others_may_not_write() {
        String term = opened();
        Visitor other = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        for (String path : List.of("", "/bells", "/days", "/dates")) assertThat(other.get(term + path).statusCode()).as(path).isEqualTo(404);
        assertThat(other.postRaw(term + "/bells", "").statusCode()).isEqualTo(404);
        Visitor teacher = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(teacher.get("/calendar").body()).doesNotContain("/calendar/terms/new");
        assertThat(teacher.get(term + "/bells").statusCode()).isEqualTo(403);
        assertThat(given.in(school, () -> calendars.terms(school))).extracting(Term::half).containsExactly(1);
    }

    /** The form as a browser would send it, with some fields changed. */
    private static String asSent(String page, Map<String, String> changed) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String form = page.substring(page.indexOf("id=\"bells\""));
        Matcher input = Pattern.compile("<input\\b([^>]*)>|<select\\b[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", Pattern.DOTALL).matcher(form);
        while (input.find()) {
            if (input.group(2) != null) {
                Matcher chosen = Pattern.compile("<option value=\"([^\"]*)\" selected").matcher(input.group(3));
                if (chosen.find()) fields.computeIfAbsent(input.group(2), n -> new ArrayList<>()).add(chosen.group(1));
                continue;
            }
            String name = attribute(input.group(1), "name");
            boolean box = attribute(input.group(1), "type").equals("checkbox");
            if (name.isEmpty() || box && !input.group(1).contains("checked")) continue;
            fields.computeIfAbsent(name, n -> new ArrayList<>()).add(attribute(input.group(1), "value"));
        }
        changed.forEach((name, value) -> fields.put(name, List.of(value)));
        return fields.entrySet().stream()
                .filter(f -> !f.getKey().equals("_csrf"))
                .flatMap(f -> f.getValue().stream().map(v -> Visitor.encode(f.getKey()) + "=" + Visitor.encode(v)))
                .collect(Collectors.joining("&"));
    }

    private static String attribute(String tag, String name) {
        Matcher m = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return m.find() ? m.group(1) : "";
    }
}
