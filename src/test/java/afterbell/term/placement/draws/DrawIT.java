package afterbell.term.placement.draws;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.check.PublishedFiles;
import afterbell.term.enrolment.EnrolmentEvent;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.enrolment.SheetCommand;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the closed round to a family's page, through the console as the office uses it, with the real worker process. */
@HouseTest
@Req({"R62", "R65", "P1"})
class DrawIT {
    private static final Pattern RUN = Pattern.compile("run=([0-9a-f-]{36})");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    GivenRound rounds;

    @Autowired
    Enrolments enrolments;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void a_round_is_frozen_drawn_confirmed_and_read_by_the_family() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        UUID klass = terms.schoolClass(school, 3, 1);
        List<UUID> pupils = terms.pupils(school, klass, 6);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID tuesday = terms.slot(term, DayOfWeek.TUESDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 4));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        UUID robots = terms.section(school, term, terms.club("ROBOT", tuesday).size(5, 20));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, drama);
        }
        wish(school, round, pupils.getFirst(), tuesday, 1, robots);
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });

        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        assertThat(office.get(console).body()).contains("data-test=\"reveal\"");
        assertThat(office.post(console + "/runs", Map.of("order", "fair")).statusCode()).as("no run before the lottery is revealed").isEqualTo(422);
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "")).statusCode()).isEqualTo(422);
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 358")).statusCode()).isEqualTo(303);
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 999")).statusCode()).isEqualTo(303);
        assertThat(office.get(console).body()).contains("3D 358").doesNotContain("3D 999");

        HttpResponse<String> started = office.post(console + "/runs", Map.of("order", "fair"));
        assertThat(started.statusCode()).isEqualTo(303);
        Matcher m = RUN.matcher(started.headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        UUID run = UUID.fromString(m.group(1));
        await(school, run);

        String checked = office.post(console + "/runs/" + run + "/verification", Map.of()).body();
        assertThat(checked).contains("核对无误").doesNotContain("?placement");
        // A planted lie: the certificate stays, one seat of the stored result goes to another section's name.
        given.in(school, () -> sql.sql("update placement.run_file set content = convert_to(replace(convert_from(content, 'UTF8'), 'CHESS,1', 'CHESS,2'), 'UTF8') where school_id = :s and run_id = :r and name = 'result.csv'").param("s", school).param("r", run).update());
        assertThat(office.post(console + "/runs/" + run + "/verification", Map.of()).body()).contains("有不符之处");
        given.in(school, () -> sql.sql("update placement.run_file set content = convert_to(replace(convert_from(content, 'UTF8'), 'CHESS,2', 'CHESS,1'), 'UTF8') where school_id = :s and run_id = :r and name = 'result.csv'").param("s", school).param("r", run).update());
        // Another public value than the one revealed: the numbers no longer follow from it.
        // Six children come out in the same order once in 720 values: then another value is tried.
        assertThat(List.of("3D 000", "3D 001", "3D 002")).anySatisfy(value -> planted(
                school,
                "update placement.lottery set public_value = '" + value + "'",
                () -> assertThat(office.post(console + "/runs/" + run + "/verification", Map.of()).body()).contains("有不符之处"),
                "update placement.lottery set public_value = '3D 358'"));

        awaitTricks(school, run);
        String solved = office.get(console + "?run=" + run).body();
        assertThat(solved).contains("data-test=\"honesty\"").contains("data-test=\"tricks\"", "只填第一志愿", "第一、第二志愿对调").doesNotContain("?placement");
        assertThat(solved).contains("data-test=\"closings\"").contains("data-test=\"publish\"");
        String publication = console + "/runs/" + run + "/publication";
        assertThat(office.post(publication, Map.of()).statusCode()).as("closings are not confirmed").isEqualTo(422);
        assertThat(seats(school)).isZero();
        assertThat(office.post(console + "/runs/" + run + "/closings", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.post(publication, Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.post(publication, Map.of()).statusCode()).as("publishing twice changes nothing").isEqualTo(303);
        assertThat(seats(school)).isEqualTo(6);

        UUID unlucky = given.in(school, () -> sql.sql("select pupil_id from placement.explanation where school_id = :s and section_id = :x limit 1").param("s", school).param("x", chess).query(UUID.class).single());
        Visitor family = visitors.signedIn(given.guardian(school, unlucky));
        String page = family.get("/children/" + unlucky + "/result").body();
        assertThat(page).contains("社团DRAMA").contains("data-test=\"missed\"").contains("社团CHESS").doesNotContain("?placement");
        UUID other = pupils.stream().filter(p -> !p.equals(unlucky)).findFirst().orElseThrow();
        assertThat(family.get("/children/" + other + "/result").statusCode()).isEqualTo(404);

        Matcher certificate = Pattern.compile("/schools/[a-z0-9]+/draw/[0-9a-f-]+").matcher(page);
        assertThat(certificate.find()).isTrue();
        String open = visitors.stranger().get(certificate.group()).body();
        assertThat(open).contains("3D 358").doesNotContain("?placement");
    }

    @Test
    void the_price_of_each_switch_stands_side_by_side_and_none_of_the_trials_can_be_published() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 6);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 4));
        UUID robots = terms.section(school, term, terms.club("ROBOT", monday).size(7, 20));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, robots);
        }
        given.in(school, () -> sql.sql("insert into roster.sibling (school_id, pupil_id, family_id) select :s, p, :f from unnest(:p::uuid[]) p").param("s", school).param("f", ids.next()).param("p", pupils.subList(0, 2).toArray(UUID[]::new)).update());
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        assertThat(given.in(school, () -> sql.sql("select public_name from placement.lottery where school_id = :s").param("s", school).query(String.class).single())).as("from the rules").startsWith("中国福彩3D ");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        office.get(console);
        office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(office.post(console + "/comparison", Map.of()).statusCode()).isEqualTo(303);
        List<UUID> trials = given.in(school, () -> sql.sql("select run_id from placement.run where school_id = :s order by created_at").param("s", school).query(UUID.class).list());
        assertThat(trials).hasSize(6);
        for (UUID t : trials) await(school, t);
        String page = office.get(console).body();
        assertThat(page).contains("不照顾兄弟姐妹", "不设最低人数", "优先群体在先", "只作比较").doesNotContain("?placement");
        for (UUID t : trials) {
            assertThat(office.post(console + "/runs/" + t + "/publication", Map.of()).statusCode()).isEqualTo(422);
            assertThat(office.post(console + "/runs/" + t + "/verification", Map.of()).body()).contains("核对无误", "参加抽签的报名表与封存时完全一样").doesNotContain("改动过的社团", "另有不同", "?placement");
        }
        List<Integer> closings = given.in(school, () -> sql.sql("select (select count(*)::int from placement.run_closing c where c.run_id = r.run_id) from placement.run r where r.school_id = :s and r.draw_order = 'fair' order by r.variation").param("s", school).query(Integer.class).list());
        assertThat(closings).as("fair, without least sizes, without siblings").containsExactly(1, 0, 1);
    }

    @Test
    void the_order_was_settled_before_the_round_opened_and_no_other_result_can_be_published() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 2);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 1));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
        }
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(office.get(console).body()).contains("data-test=\"order\"", "公平优先").doesNotContain("name=\"order\"", "?placement");
        for (String other : List.of("cost", "da", "priority", "mine")) {
            HttpResponse<String> refused = office.post(console + "/runs", Map.of("order", other));
            assertThat(refused.statusCode()).as(other).isEqualTo(422);
            assertThat(refused.body()).contains("录取次序在选报开始前就已定下").doesNotContain("?placement");
        }
        Matcher m = RUN.matcher(office.post(console + "/runs", Map.of()).headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        UUID run = UUID.fromString(m.group(1));
        await(school, run);
        // Planted: a whole run in another order, as if it had been started some other way.
        planted(school, "update placement.run set draw_order = 'cost'", () -> assertThat(office.post(console + "/runs/" + run + "/publication", Map.of()).statusCode()).isEqualTo(422), "update placement.run set draw_order = 'fair'");
        assertThat(seats(school)).isZero();
        assertThat(office.post(console + "/runs/" + run + "/publication", Map.of()).statusCode()).isEqualTo(303);
        assertThat(seats(school)).isEqualTo(1);
    }

    @Test
    void a_new_round_proposes_the_order_that_the_rules_name() {
        UUID school = given.school();
        terms.term(school);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/rounds").body()).containsPattern("value=\"fair\"[^>]*checked");
        office.get("/rules/placement.order");
        assertThat(office.post("/rules/placement.priority-before-nothing/own", Map.of("value", "yes")).statusCode()).isEqualTo(303);
        assertThat(office.get("/rounds").body()).containsPattern("value=\"priority\"[^>]*checked").doesNotContain("?enrolment");
        assertThat(office.post("/rules/placement.order/own", Map.of("value", "da")).statusCode()).isEqualTo(303);
        assertThat(office.get("/rounds").body()).as("that switch belongs to the fair order").containsPattern("value=\"da\"[^>]*checked");
        assertThat(office.get("/rules/placement.nothing-cost").statusCode()).as("retired").isEqualTo(404);
    }

    @Test
    void anybody_can_read_beforehand_how_places_will_be_given_and_those_who_check_can_take_all_they_need() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 4);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID tuesday = terms.slot(term, DayOfWeek.TUESDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 2));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        UUID robots = terms.section(school, term, terms.club("ROBOT", tuesday).size(1, 20));
        UUID round = closedRound(school, term);
        planted(school, "update enrolment.round set state = 'draft', closed_at = null", () -> assertThat(visitors.stranger().get(announced(school, round)).statusCode()).as("a draft is the office's own").isEqualTo(404), "update enrolment.round set max_clubs = 1, state = 'open', closes_at = closes_at + interval '1 hour', review_until = review_until + interval '1 hour'");
        assertThat(visitors.stranger().get(announced(school, round)).body()).contains("怎样录取 · 第一轮", "公平优先", "现在还没有校验码").doesNotContain("data-test=\"lottery\"", "?placement");
        given.in(school, () -> sql.sql("update enrolment.round set state = 'closed', closes_at = closes_at - interval '1 hour', review_until = review_until - interval '1 hour', closed_at = closes_at where school_id = :s").param("s", school).update());
        for (UUID p : pupils) {
            sheet(school, round, p);
            // Lists of two lengths, more of them than clubs a child may have.
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, drama);
            wish(school, round, p, tuesday, 1, robots);
        }
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        String sealed = visitors.stranger().get(announced(school, round)).body();
        String seed = given.in(school, () -> sql.sql("select encode(seed, 'hex') from placement.lottery where school_id = :s").param("s", school).query(String.class).single());
        assertThat(sealed).contains(commitments(school)).contains("中国福彩3D", "21:15", "等待公布").doesNotContain(seed, "?placement");
        assertThat(visitors.stranger().get(announced(school, round).replaceFirst("/[^/]+$", "")).body()).contains("第一轮").doesNotContain("?placement");
        assertThat(visitors.stranger().get(announced(given.school(), round)).statusCode()).as("another school's").isEqualTo(404);

        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(visitors.stranger().get(announced(school, round)).body()).contains("3D 358", "随机序号已经定下").doesNotContain(seed, "?placement");
        Matcher m = RUN.matcher(office.post(console + "/runs", Map.of()).headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        UUID run = UUID.fromString(m.group(1));
        await(school, run);
        String files = console + "/runs/" + run + "/files.zip";
        String own = "/children/" + pupils.getFirst() + "/result/line";
        Visitor family = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        assertThat(family.get(own).statusCode()).as("before the publication").isEqualTo(404);
        office.post(console + "/runs/" + run + "/closings", Map.of());
        assertThat(office.post(console + "/runs/" + run + "/publication", Map.of()).statusCode()).isEqualTo(303);
        assertThat(visitors.stranger().get(announced(school, round)).body()).contains("结果已经公布", "/draw/" + run).doesNotContain("?placement");

        // A family: its own line, which is under the published root, and nobody else's.
        String root = given.in(school, () -> sql.sql("select certificate ->> 'families_root' from placement.run where school_id = :s and run_id = :r").param("s", school).param("r", run).query(String.class).single());
        assertThat(family.get("/children/" + pupils.getFirst() + "/result").body()).contains(own);
        assertThat(family.get(own).body()).contains(root, "place verify --mine").doesNotContain("?placement");
        Path mine = Files.writeString(folder.resolve("mine.json"), family.get(own + ".json").body());
        assertThat(PublishedFiles.verifyMine(mine, root)).isEmpty();
        assertThat(Files.readString(mine)).contains(pupils.getFirst().toString()).doesNotContain(pupils.get(1).toString(), pupils.get(2).toString(), pupils.get(3).toString());
        assertThat(family.get("/children/" + pupils.get(1) + "/result/line.json").statusCode()).isEqualTo(404);
        assertThat(given.within(Scope.family(ids.next(), List.of(school), List.of(pupils.getFirst())), () -> sql.sql("select count(*) from placement.family_line").query(Long.class).single())).isEqualTo(1);

        // The supervision group: everything that the checker needs, and the record says that it was taken.
        assertThat(office.post(files, Map.of()).statusCode()).as("the office is checked, it does not check itself").isEqualTo(403);
        Visitor supervisor = visitors.signedIn(given.staff(school, Role.SUPERVISOR));
        assertThat(supervisor.get(console + "?run=" + run).body()).contains(files).doesNotContain("?placement");
        unpack(supervisor.bytes(files, Map.of()));
        Instance decided = ((InstanceFiles.Read) InstanceFiles.read(folder.resolve("input"))).instance();
        Instance frozen = ((InstanceFiles.Read) InstanceFiles.read(folder.resolve("frozen"))).instance();
        assertThat(PublishedFiles.verify(decided, folder.resolve("result"))).isEmpty();
        assertThat(PublishedFiles.verifyLottery(decided, frozen, folder.resolve("lottery.json"))).isEmpty();
        assertThat(Files.readString(folder.resolve("README.txt"))).contains("./afterbell place verify");
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'placement.files_taken' and subject_id = :r").param("s", school).param("r", run).query(Long.class).single())).isEqualTo(1);

        // A bureau takes those of its own schools.
        assertThat(visitors.signedIn(given.bureauOfficer()).post("/bureau/schools/" + school + "/draws/" + run + "/files.zip", Map.of()).statusCode()).as("another bureau").isEqualTo(404);
        Visitor bureau = visitors.signedIn(given.bureauOfficer(given.in(school, () -> sql.sql("select bureau_path[1] from schools.school where school_id = :s").param("s", school).query(UUID.class).single())));
        assertThat(bureau.get("/bureau/schools/" + school + "/draws").body()).contains("第一轮", "files.zip").doesNotContain("?placement");
        assertThat(bureau.bytes("/bureau/schools/" + school + "/draws/" + run + "/files.zip", Map.of())).isNotEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'placement.files_taken' and subject_id = :r").param("s", school).param("r", run).query(Long.class).single())).as("the school sees it").isEqualTo(2);
    }

    @TempDir
    private Path folder;

    private String announced(UUID school, UUID round) {
        return "/schools/" + given.in(school, () -> sql.sql("select code from schools.school where school_id = :s").param("s", school).query(String.class).single()) + "/draws/" + round;
    }

    private void unpack(byte[] zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                Path file = folder.resolve(e.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
    }

    @Test
    void a_sheet_mended_in_review_is_committed_to_when_the_review_ends_and_the_check_proves_it() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        UUID klass = terms.schoolClass(school, 3, 1);
        List<UUID> pupils = terms.pupils(school, klass, 4);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 2));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        UUID id = rounds.reviewed(school, term, "class");
        Sheet asked = new Sheet(true, Map.of(1, 1), Map.of(monday, List.of(chess, drama)), Sheet.Waiting.ASK);
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        given.within(Scope.family(ids.next(), List.of(school), pupils), () -> enrolments.enterAll(school, id, pupils.stream().map(p -> new Enrolments.Entry(p, 3, asked, ids.next(), yesterday)).toList(), false));
        given.in(school, () -> {
            rounds.over(school, id);
            enrolments.close(school, id, clock.instant());
            return true;
        });
        Round round = given.in(school, () -> enrolments.round(school, id));
        assertThat(commitments(school)).hasSize(1);
        UUID mended = pupils.getFirst();
        given.in(school, () -> enrolments.giveBack(school, round, 0, List.of(mended), "wishes", ids.next(), clock.instant()));
        Scope family = Scope.family(ids.next(), List.of(school), List.of(mended));
        Sheet other = new Sheet(true, Map.of(1, 1), Map.of(monday, List.of(drama)), Sheet.Waiting.ASK);
        Outcome<Integer> saved = given.within(family, () -> enrolments.save(new SheetCommand(school, mended, id, other, 1, ids.next(), false, true, ids.next(), clock.instant().plusSeconds(1))));
        assertThat(saved).isInstanceOf(Outcome.Done.class);

        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + id;
        assertThat(office.get(console).body()).contains("还在审核").doesNotContain("data-test=\"reveal\"", "?placement");
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 358")).body()).contains("可能还会改").doesNotContain("?placement");
        assertThat(office.post(console + "/commitments", Map.of()).statusCode()).isEqualTo(422);
        given.in(school, () -> enrolments.pass(school, round, 0, pupils, ids.next(), clock.instant().plusSeconds(2)));
        List<String> hashes = commitments(school);
        assertThat(hashes).as("at the close, and at the end of the review").hasSize(2).doesNotHaveDuplicates();
        assertThat(office.get(console).body()).contains("选报结束时封存", "审核结束时封存", "data-test=\"reveal\"").doesNotContain("?placement");
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 358")).statusCode()).isEqualTo(303);
        assertThat(office.post(console + "/commitments", Map.of()).statusCode()).as("nothing is committed to once the value stands").isEqualTo(303);
        assertThat(commitments(school)).isEqualTo(hashes);

        Matcher m = RUN.matcher(office.post(console + "/runs", Map.of("order", "fair")).headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        UUID run = UUID.fromString(m.group(1));
        await(school, run);
        String check = console + "/runs/" + run + "/verification";
        assertThat(office.post(check, Map.of()).body()).contains("核对无误");
        String old = hashes.getFirst();
        planted(school, "update placement.lottery set input_hash = '" + old + "'", () -> assertThat(office.post(check, Map.of()).body()).as("the commitment of the close").contains("有不符之处"), "update placement.lottery set input_hash = '" + hashes.getLast() + "'");
        planted(school, "update placement.lottery set revealed_at = committed_at", () -> assertThat(office.post(check, Map.of()).body()).as("committed to at the very moment").contains("有不符之处"), "update placement.lottery set revealed_at = committed_at + interval '1 minute'");
        planted(school, "update placement.lottery set revealed_at = revealed_at - interval '1 day'", () -> assertThat(office.post(check, Map.of()).body()).as("committed to after the value was known").contains("有不符之处"), "update placement.lottery set revealed_at = revealed_at + interval '1 day'");
        assertThat(office.post(console + "/runs/" + run + "/publication", Map.of()).statusCode()).isEqualTo(303);
        String page = visitors.signedIn(given.guardian(school, mended)).get("/children/" + mended + "/result").body();
        Matcher certificate = Pattern.compile("/schools/[a-z0-9]+/draw/[0-9a-f-]+").matcher(page);
        assertThat(certificate.find()).isTrue();
        assertThat(visitors.stranger().get(certificate.group()).body()).contains(hashes).contains("审核结束时封存").doesNotContain("?placement");
    }

    @Test
    void what_changed_after_the_freeze_is_frozen_again_before_the_public_value_is_taken() {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 2);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 4));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
        }
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        given.in(school, () -> sql.sql("update programme.section set capacity = 5 where school_id = :s and section_id = :x").param("s", school).param("x", chess).update());
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        office.get(console);
        HttpResponse<String> refused = office.post(console + "/lottery", Map.of("publicValue", "3D 358"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("data-test=\"again\"").doesNotContain("data-test=\"reveal\"", "?placement");
        assertThat(office.post(console + "/commitments", Map.of()).statusCode()).isEqualTo(303);
        assertThat(commitments(school)).hasSize(2);
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 359")).statusCode()).isEqualTo(303);
        assertThat(office.get(console).body()).contains("3D 359").contains("有变动后再次封存");
    }

    @Test
    void who_leaves_and_what_changes_after_the_reveal_is_said_apart_from_a_proof_that_still_stands() throws Exception {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 4);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID chess = terms.section(school, term, terms.club("CHESS", monday).size(1, 2));
        UUID drama = terms.section(school, term, terms.club("DRAMA", monday).size(1, 20));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) {
            sheet(school, round, p);
            wish(school, round, p, monday, 1, chess);
            wish(school, round, p, monday, 2, drama);
        }
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 358")).statusCode()).isEqualTo(303);
        given.in(school, () -> sql.sql("update roster.pupil set left_on = :d where school_id = :s and pupil_id = :p").param("s", school).param("p", pupils.getFirst()).param("d", java.time.LocalDate.of(2026, 9, 1)).update());
        given.in(school, () -> sql.sql("update programme.section set capacity = 3 where school_id = :s and section_id = :x").param("s", school).param("x", chess).update());
        String sound = checked(office, school, console);
        assertThat(sound).contains("核对无误", "1 个孩子封存后离开了学校", "封存后改动过的社团：CHESS").doesNotContain("另有不同", "?placement");

        // One sheet loses the very club that was changed, another takes part no more, a third child is found to come first: behind the reveal none of it counts.
        given.in(school, () -> sql.sql("delete from enrolment.wish where school_id = :s and pupil_id = :p and rank = 1").param("s", school).param("p", pupils.getLast()).update());
        given.in(school, () -> sql.sql("update enrolment.sheet set takes_part = false where school_id = :s and pupil_id = :p").param("s", school).param("p", pupils.get(1)).update());
        String behind = checked(office, school, console);
        assertThat(behind).as("decided on as they were frozen").contains("核对无误", "1 个孩子封存后离开了学校", "封存后改动过的社团：CHESS").doesNotContain("另有不同", "?placement");
        assertThat(office.get(console).body()).contains("2 份报名表或身份另有改动").doesNotContain("?placement");

        // Planted: a run whose input is not the frozen one. It is seen, and it can't be published.
        HttpResponse<String> started = office.post(console + "/runs", Map.of());
        Matcher m = RUN.matcher(started.headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        UUID run = UUID.fromString(m.group(1));
        await(school, run);
        String child = pupils.get(2).toString();
        given.in(school, () -> sql.sql("update placement.run_file set content = convert_to(replace(convert_from(content, 'UTF8'), :old, :new), 'UTF8') where school_id = :s and run_id = :r and name = 'pupils.csv'")
                .param("old", child + ",3,3,").param("new", child + ",3,1,").param("s", school).param("r", run).update());
        assertThat(office.post(console + "/runs/" + run + "/verification", Map.of()).body()).contains("有不符之处", "1 份报名表另有不同");
        HttpResponse<String> refused = office.post(console + "/runs/" + run + "/publication", Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("1 份报名表和封存时不同").doesNotContain("?placement");
        assertThat(seats(school)).isZero();
    }

    @Test
    void a_round_without_wishes_needs_no_draw_once_it_is_reviewed_unless_a_team_has_members() {
        UUID school = given.school();
        UUID term = terms.term(school);
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 2);
        UUID monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID team = terms.section(school, term, terms.club("TEAM", monday).size(1, 4));
        UUID round = closedRound(school, term);
        for (UUID p : pupils) sheet(school, round, p);
        given.in(school, () -> {
            events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, term, clock.instant()));
            return true;
        });
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String console = "/draws/" + round;
        assertThat(office.get(console).body()).contains("这一轮没有志愿").doesNotContain("data-test=\"reveal\"", "?placement");
        planted(school, "update enrolment.round set review_steps = '{class}', reviewed_at = null, review_until = review_until + interval '9 days'", () -> assertThat(office.get(console).body()).as("a sheet may still be given back").contains("还在审核").doesNotContain("这一轮没有志愿"), "update enrolment.round set review_steps = '{}'");
        given.in(school, () -> sql.sql("insert into programme.fixed_member (school_id, section_id, pupil_id) values (:s, :x, :p)").param("s", school).param("x", team).param("p", pupils.getFirst()).update());
        assertThat(office.get(console).body()).as("who is named for a team is not in its own class").doesNotContain("这一轮没有志愿");
        assertThat(office.post(console + "/commitments", Map.of()).statusCode()).as("who is named after the close is in the draw once it is frozen again").isEqualTo(303);
        assertThat(office.post(console + "/lottery", Map.of("publicValue", "3D 358")).statusCode()).isEqualTo(303);
        assertThat(office.post(console + "/comparison", Map.of()).statusCode()).as("teams alone can be compared").isEqualTo(303);
    }

    private String checked(Visitor office, UUID school, String console) throws Exception {
        Matcher m = RUN.matcher(office.post(console + "/runs", Map.of("order", "fair", "preview", "true")).headers().firstValue("Location").orElseThrow());
        assertThat(m.find()).isTrue();
        await(school, UUID.fromString(m.group(1)));
        return office.post(console + "/runs/" + m.group(1) + "/verification", Map.of()).body();
    }

    private List<String> commitments(UUID school) {
        return given.in(school, () -> sql.sql("select input_hash from placement.commitment where school_id = :s order by ordinal").param("s", school).query(String.class).list());
    }

    private void planted(UUID school, String fault, Runnable seen, String mended) {
        given.in(school, () -> sql.sql(fault + " where school_id = :s").param("s", school).update());
        seen.run();
        given.in(school, () -> sql.sql(mended + " where school_id = :s").param("s", school).update());
    }

    private UUID closedRound(UUID school, UUID term) {
        UUID round = ids.next();
        java.sql.Timestamp now = java.sql.Timestamp.from(clock.instant());
        java.sql.Timestamp before = java.sql.Timestamp.from(clock.instant().minus(Duration.ofDays(3)));
        given.in(school, () -> sql.sql("insert into enrolment.round (school_id, round_id, term_id, name, opens_at, closes_at, review_until, state, closed_at) values (:s, :r, :t, '第一轮', :a, :b, :b, 'closed', :b)")
                .param("s", school).param("r", round).param("t", term).param("a", before).param("b", now).update());
        return round;
    }

    private void sheet(UUID school, UUID round, UUID pupil) {
        given.in(school, () -> {
            sql.sql("insert into enrolment.sheet (school_id, round_id, pupil_id, takes_part, waiting, saved_at, version) values (:s, :r, :p, true, 'yes', :at, 1)")
                    .param("s", school).param("r", round).param("p", pupil).param("at", java.sql.Timestamp.from(clock.instant())).update();
            return sql.sql("insert into enrolment.sheet_day (school_id, round_id, pupil_id, weekday, until_ordinal) select :s, :r, :p, d, 2 from generate_series(1, 5) d")
                    .param("s", school).param("r", round).param("p", pupil).update();
        });
    }

    private void wish(UUID school, UUID round, UUID pupil, UUID slot, int rank, UUID section) {
        given.in(school, () -> sql.sql("insert into enrolment.wish (school_id, round_id, pupil_id, slot_id, rank, section_id) values (:s, :r, :p, :l, :k, :x)")
                .param("s", school).param("r", round).param("p", pupil).param("l", slot).param("k", rank).param("x", section).update());
    }

    private long seats(UUID school) {
        return given.in(school, () -> sql.sql("select count(*) from placement.pub_seat where school_id = :s").param("s", school).query(Long.class).single());
    }

    private void await(UUID school, UUID run) throws InterruptedException {
        Instant limit = Instant.now(Clock.systemUTC()).plusSeconds(90);
        while (Instant.now(Clock.systemUTC()).isBefore(limit)) {
            String state = given.in(school, () -> sql.sql("select state || coalesce(failure, '') from placement.run where school_id = :s and run_id = :r").param("s", school).param("r", run).query(String.class).single());
            if (state.equals("solved")) return;
            assertThat(state).doesNotContain("failed");
            Thread.sleep(200);
        }
        throw new AssertionError("the run was not solved in time");
    }

    /** They are tried after the result stands. */
    private void awaitTricks(UUID school, UUID run) throws InterruptedException {
        Instant limit = Instant.now(Clock.systemUTC()).plusSeconds(90);
        while (Instant.now(Clock.systemUTC()).isBefore(limit)) {
            if (given.in(school, () -> sql.sql("select tricks is not null from placement.run where school_id = :s and run_id = :r").param("s", school).param("r", run).query(Boolean.class).single())) return;
            Thread.sleep(200);
        }
        throw new AssertionError("no trick was tried in time");
    }
}
