package afterbell.day.safety;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.day.safety.evidence.VerifyBundle;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req("R94")
class IncidentIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Accounts accounts;

    @Autowired
    Roster roster;

    @Autowired
    Schools schools;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Ids ids;

    @Autowired
    Ledger ledger;

    @Autowired
    Guidance guidance;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    UUID room;
    Colleagues colleagues;
    Colleagues.One leader;
    Visitor lead;
    GivenClass.Made pupils;

    @BeforeEach
    void people() {
        school = given.school();
        colleagues = new Colleagues(given, accounts, roster, ids);
        leader = colleagues.of(school, Role.DUTY_LEADER);
        lead = visitors.signedIn(leader.user());
        pupils = classes.of(school, 3, 2, 3);
        room = ids.next();
        given.in(school, () -> {
            schools.putRoom(school, new Schools.Room(room, "302", "302教室", "classroom", 45, false));
            return true;
        });
        lead.get("/incidents");
    }

    private UUID open(Visitor who, String plan, boolean drill) {
        who.get("/incidents");
        Map<String, String> fields = new LinkedHashMap<>(Map.of("plan", plan, "_key", UUID.randomUUID().toString()));
        if (drill) fields.put("drill", "yes");
        String to = who.post("/incidents", fields).headers().firstValue("Location").orElseThrow();
        who.get(to);
        return UUID.fromString(to.substring(to.length() - 36));
    }

    private HttpResponse<String> post(Visitor who, UUID id, String act, String... fields) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("_key", UUID.randomUUID().toString()));
        for (int i = 0; i < fields.length; i += 2) all.put(fields[i], fields[i + 1]);
        return who.post("/incidents/" + id + act, all);
    }

    private List<String> kinds(UUID id) {
        return given.in(school, () -> ledger.of(school, Book.INCIDENT, id).stream().map(Entry::kind).toList());
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void one_button_opens_the_plan_freezes_what_is_known_and_tells_the_leaders() {
        Visitor teacher = visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user());
        UUID id = open(teacher, "intrusion", false);
        assertThat(kinds(id)).containsExactly("opened", "frozen");
        assertThat(lead.get("/inbox").body()).contains("学校启动了应急预案");
        assertThat(lead.get("/incidents").body()).contains("正在处置");
        assertThat(lead.get("/incidents/" + id).body()).contains("关闭校门", "tel:110", "302教室");
        assertThat(teacher.get("/incidents/" + id).body()).as("a teacher counts, and does not lead").contains("报数").doesNotContain("结束并存档", "通知监护人</h2>");
        assertThat(post(teacher, id, "/closing", "findings", "x").statusCode()).isEqualTo(403);
    }

    @Test
    void a_double_tap_opens_one_incident() {
        Map<String, String> tap = Map.of("plan", "injury", "_key", UUID.randomUUID().toString());
        String first = lead.post("/incidents", tap).headers().firstValue("Location").orElseThrow();
        String second = lead.post("/incidents", tap).headers().firstValue("Location").orElseThrow();
        assertThat(second).isEqualTo(first);
        assertThat(lead.post("/incidents", Map.of("plan", "dragons", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(404);
    }

    @Test
    void steps_are_ticked_with_time_and_heads_counted_room_by_room() {
        UUID id = open(lead, "disaster", false);
        assertThat(post(lead, id, "/steps/0", "act", "done").statusCode()).isEqualTo(303);
        assertThat(post(lead, id, "/steps/0", "act", "done").statusCode()).as("again").isEqualTo(303);
        assertThat(post(lead, id, "/steps/99", "act", "done").statusCode()).isEqualTo(404);
        assertThat(post(lead, id, "/rooms/" + room, "found", "31").statusCode()).isEqualTo(303);
        assertThat(post(lead, id, "/rooms/" + room, "found", "-4").statusCode()).isEqualTo(422);
        assertThat(post(lead, id, "/rooms/" + room, "found", "32").statusCode()).isEqualTo(303);
        assertThat(post(lead, id, "/rooms/" + UUID.randomUUID(), "found", "3").statusCode()).isEqualTo(404);
        assertThat(kinds(id)).containsExactly("opened", "frozen", "done", "counted", "counted");
        assertThat(lead.get("/incidents/" + id).body()).contains("共 32 人", "32 人");
    }

    @Test
    @Req("R99")
    void guardians_are_told_and_the_proof_grows_as_they_open_it() {
        GivenClass.Grown mother = classes.grown(school, pupils.pupils().getFirst(), Role.GUARDIAN, "guardian", "母");
        UUID id = open(lead, "injury", false);
        assertThat(post(lead, id, "/notices", "whom", "children", "title", "请联系学校", "text", "请接电话").statusCode()).as("nobody named yet").isEqualTo(422);
        assertThat(post(lead, id, "/children/" + pupils.pupils().getFirst()).statusCode()).isEqualTo(303);
        assertThat(post(lead, id, "/notices", "whom", "children", "title", "甲320受伤", "text", "请接电话").statusCode()).as("names a child").isEqualTo(422);
        assertThat(post(lead, id, "/notices", "whom", "children", "title", "请联系学校", "text", "请接电话").statusCode()).isEqualTo(303);
        assertThat(lead.get("/incidents/" + id).body()).contains("0 / 1");
        Visitor parent = visitors.signedIn(mother.user());
        String inbox = parent.get("/inbox").body();
        assertThat(inbox).contains("请联系学校");
        var m = java.util.regex.Pattern.compile("/inbox/([0-9a-f-]{36})").matcher(inbox);
        assertThat(m.find()).isTrue();
        parent.get("/inbox/" + m.group(1));
        parent.post("/inbox/" + m.group(1) + "/opened", Map.of());
        assertThat(lead.get("/incidents/" + id).body()).contains("1 / 1");
    }

    @Test
    @Req("R98")
    void a_drill_tells_no_family_and_is_recorded_as_a_drill() {
        UUID id = open(lead, "disaster", true);
        assertThat(post(lead, id, "/notices", "whom", "school", "title", "a", "text", "b").statusCode()).isEqualTo(422);
        assertThat(post(lead, id, "/closing", "findings", "三分钟疏散完毕").statusCode()).isEqualTo(303);
        assertThat(lead.get("/incidents").body()).contains("演练：", "受伤事故 0 起");
    }

    @Test
    void after_the_closing_nothing_more_is_written() {
        UUID id = open(lead, "injury", false);
        assertThat(post(lead, id, "/closing", "findings", "").statusCode()).isEqualTo(422);
        assertThat(post(lead, id, "/closing", "findings", "膝盖擦伤，已包扎", "hurt", "1").statusCode()).isEqualTo(303);
        assertThat(post(lead, id, "/steps/0", "act", "done").statusCode()).isEqualTo(422);
        assertThat(kinds(id)).containsExactly("opened", "frozen", "frozen", "closed");
        assertThat(lead.get("/incidents").body()).contains("受伤事故 1 起");
    }

    @Test
    void the_schools_own_plan_holds_from_now_on_and_what_was_opened_keeps_its_own() {
        Visitor office = visitors.signedIn(colleagues.of(school, Role.OFFICE).user());
        UUID before = open(lead, "epidemic", false);
        office.get("/incidents/plans/epidemic");
        assertThat(office.post("/incidents/plans/epidemic", Map.of("steps", "0 ｜ 校医 ｜ 量体温\n5 | 班主任 | 打电话", "calls", "派出所 | 0519-1234567", "title", "提醒", "text", "请留意", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        assertThat(lead.get("/incidents/" + open(lead, "epidemic", false)).body()).contains("量体温").doesNotContain("12320");
        assertThat(lead.get("/incidents/" + before).body()).contains("留观室");
        assertThat(office.post("/incidents/plans/epidemic", Map.of("steps", "soon, the doctor", "calls", "", "title", "t", "text", "x", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(422);
    }

    @Test
    void another_school_finds_nothing() {
        UUID id = open(lead, "injury", false);
        Visitor abroad = visitors.signedIn(colleagues.of(given.school(), Role.DUTY_LEADER).user());
        abroad.get("/incidents");
        assertThat(abroad.get("/incidents/" + id).statusCode()).isEqualTo(404);
        assertThat(post(abroad, id, "/steps/0", "act", "done").statusCode()).isEqualTo(404);
        assertThat(post(abroad, id, "/evidence").statusCode()).isEqualTo(404);
    }

    // --- the evidence ---

    private byte[] bundle(UUID id) {
        lead.get("/incidents/" + id);
        try {
            HttpResponse<byte[]> r = lead.http().send(
                    HttpRequest.newBuilder(URI.create(visitors.base() + "/incidents/" + id + "/evidence"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + Visitor.encode(lead.token())))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(r.statusCode()).isEqualTo(200);
            return r.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) all.put(e.getName(), in.readAllBytes());
        }
        return all;
    }

    private static byte[] zipped(Map<String, byte[]> content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> e : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static VerifyBundle.Report verify(byte[] zip) throws IOException {
        return VerifyBundle.verify(new ByteArrayInputStream(zip), null);
    }

    private UUID whole() {
        // Something of the day that the freeze must name.
        Colleagues.One guard = colleagues.of(school, Role.GUARD);
        given.in(school, () -> ledger.append(new Act(school, Book.VISIT, ids.next(), "asked", Map.of("host", guard.staff().toString(), "purpose", "other", "people", "1")).words(Map.of("name", "访客甲"))));
        UUID id = open(lead, "injury", false);
        post(lead, id, "/steps/0", "act", "done");
        post(lead, id, "/children/" + pupils.pupils().getFirst());
        lead.get("/incidents/" + id);
        assertThat(Posting.file(lead, visitors.base(), "/incidents/" + id + "/notes", Map.of("note", "左膝擦伤", "_key", UUID.randomUUID().toString()), "photo", Posting.picture()).statusCode()).isEqualTo(303);
        post(lead, id, "/closing", "findings", "跑动时摔倒", "hurt", "1");
        return id;
    }

    @Test
    void a_bundle_verifies_without_the_house_and_holds_no_visitors_name() throws IOException {
        UUID id = whole();
        byte[] zip = bundle(id);
        VerifyBundle.Report report = verify(zip);
        assertThat(report.lies()).isEmpty();
        assertThat(report.entries()).isEqualTo(7);
        assertThat(report.frozen()).isGreaterThanOrEqualTo(2);
        assertThat(report.head()).isEqualTo(given.in(school, () -> ledger.of(school, Book.INCIDENT, id).getLast().hash()));
        Map<String, byte[]> parts = unzipped(zip);
        assertThat(parts.keySet()).contains("evidence.json", "seal.txt", "report.pdf").anyMatch(n -> n.startsWith("files/") && n.endsWith(".jpg"));
        assertThat(new String(parts.get("evidence.json"), StandardCharsets.UTF_8)).contains("左膝擦伤").doesNotContain("访客甲");
        assertThat(new String(parts.get("report.pdf"), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(VerifyBundle.verify(new ByteArrayInputStream(zip), report.head().substring(0, 16)).whole()).isTrue();
        assertThat(VerifyBundle.verify(new ByteArrayInputStream(zip), "0123456789abcdef").lies()).extracting(VerifyBundle.Lie::kind).containsExactly(VerifyBundle.Kind.HEAD);
    }

    @Test
    @Req("R95")
    void a_bundle_holds_the_custody_of_the_children_concerned_and_a_lie_about_it_is_named() throws IOException {
        GivenAfternoon.World world = afternoons.world(3, 0);
        afternoons.counted(world);
        UUID hurt = world.pupils().getFirst();
        lead = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        UUID id = open(lead, "injury", false);
        assertThat(post(lead, id, "/children/" + hurt).statusCode()).isEqualTo(303);
        afternoons.at("17:20");
        given.in(world.school(), () -> days.tell(
                world.school(),
                GivenAfternoon.DAY,
                List.of(new ToldOf(hurt, new Telling(UUID.randomUUID(), afternoons.moment("17:19"), new Teller(world.carer().account(), Set.of(Teller.Duty.SERVICE_TEACHER)), new Fact.CalledOut(world.carer().staff(), Fact.Where.INFIRMARY), true)))));
        post(lead, id, "/closing", "findings", "跑动时摔倒", "hurt", "1");
        byte[] zip = bundle(id);
        assertThat(verify(zip).lies()).isEmpty();
        String list = new String(unzipped(zip).get("evidence.json"), StandardCharsets.UTF_8);
        assertThat(list).contains("\"kind\" : \"called_out\"", "\"word\" : \"INFIRMARY\"", hurt.toString());
        world.pupils().stream().skip(1).forEach(other -> assertThat(list).as("nobody else's").doesNotContain(other.toString()));
        assertThat(kindsOf(zip, "evidence.json", t -> t.replace("\"word\" : \"INFIRMARY\"", "\"word\" : \"TOILET\""))).contains(VerifyBundle.Kind.CUSTODY, VerifyBundle.Kind.SEAL);
        assertThat(kindsOf(zip, "evidence.json", t -> t.replaceFirst("\"kind\" : \"counted\"", "\"kind\" : \"missed\""))).contains(VerifyBundle.Kind.CUSTODY);
        assertThat(kindsOf(zip, "evidence.json", t -> t.replaceFirst("(\"custody\\.[0-9a-f-]{36}\" : \")\\d+ ", "$1"))).as("a mark that is none").contains(VerifyBundle.Kind.CUSTODY);
        assertThat(kindsOf(zip, "evidence.json", t -> t.replaceFirst("(?s)\"custody\" : \\[.*?\\]", "\"custody\" : [ ]"))).as("left out").contains(VerifyBundle.Kind.CUSTODY);
    }

    @Test
    void every_planted_lie_is_named() throws IOException {
        byte[] zip = bundle(whole());
        assertThat(kindsOf(zip, "evidence.json", t -> t.replace("左膝擦伤", "右膝擦伤"))).contains(VerifyBundle.Kind.WORDS, VerifyBundle.Kind.SEAL);
        assertThat(kindsOf(zip, "evidence.json", t -> t.replace("\"hurt\" : \"1\"", "\"hurt\" : \"0\""))).contains(VerifyBundle.Kind.CHANGED);
        assertThat(kindsOf(zip, "evidence.json", t -> t.replaceFirst("\"kind\" : \"asked\"", "\"kind\" : \"left\""))).contains(VerifyBundle.Kind.FROZEN);
        assertThat(kindsOf(zip, "evidence.json", t -> "[]")).containsExactly(VerifyBundle.Kind.UNREADABLE);
        assertThat(kindsOf(zip, "seal.txt", t -> "0".repeat(64))).containsExactly(VerifyBundle.Kind.SEAL);
        assertThat(kindsOf(zip, "report.pdf", t -> t + " ")).containsExactly(VerifyBundle.Kind.FILE);
        Map<String, byte[]> more = unzipped(zip);
        more.put("files/more.jpg", Posting.picture());
        assertThat(verify(zipped(more)).lies()).extracting(VerifyBundle.Lie::kind).containsExactly(VerifyBundle.Kind.FILES);
        Map<String, byte[]> less = unzipped(zip);
        less.keySet().removeIf(n -> n.startsWith("files/"));
        assertThat(verify(zipped(less)).lies()).extracting(VerifyBundle.Lie::kind).contains(VerifyBundle.Kind.FILES);
        assertThat(verify("no zip at all".getBytes(StandardCharsets.UTF_8)).lies()).extracting(VerifyBundle.Lie::kind).containsExactly(VerifyBundle.Kind.UNREADABLE);
    }

    private static List<VerifyBundle.Kind> kindsOf(byte[] zip, String part, UnaryOperator<String> lie) throws IOException {
        Map<String, byte[]> parts = unzipped(zip);
        String before = new String(parts.get(part), StandardCharsets.ISO_8859_1);
        String utf = new String(parts.get(part), StandardCharsets.UTF_8);
        boolean text = !part.endsWith(".pdf");
        String after = lie.apply(text ? utf : before);
        assertThat(after).as("the lie was planted").isNotEqualTo(text ? utf : before);
        parts.put(part, after.getBytes(text ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        return verify(zipped(parts)).lies().stream().map(VerifyBundle.Lie::kind).distinct().toList();
    }
}
