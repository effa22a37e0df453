package afterbell.reach.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.reach.documents.Signature.Answer;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenLetter;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SigningIT {
    private static final Pattern READ = Pattern.compile("name=\"read\" value=\"([0-9a-f]{64})\"");
    private static final Pattern LINK = Pattern.compile("(/sign/[A-Za-z0-9_-]{20,})");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenClass classes;

    @Autowired
    GivenLetter letters;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    SignatureStore signatures;

    @Autowired
    Documents documents;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    UUID school;
    UUID term;
    UUID letter;
    GivenClass.Made klass;
    UUID child;
    GivenClass.Grown mother;
    Visitor parent;

    @BeforeEach
    void a_class_and_a_letter() {
        school = given.school();
        term = terms.term(school, 2026);
        klass = classes.of(school, 3, 2, 4);
        child = klass.pupils().getFirst();
        mother = classes.grown(school, child, Role.GUARDIAN, "guardian", "母亲");
        letter = letters.published(school, term, LetterKind.LETTER);
        parent = visitors.signedIn(mother.user());
    }

    private String at() {
        return "/children/" + child + "/letters/" + letter;
    }

    private Map<String, String> form(Visitor v, String page) {
        HttpResponse<String> shown = v.get(page);
        assertThat(shown.statusCode()).isEqualTo(200);
        Matcher m = READ.matcher(shown.body());
        assertThat(m.find()).isTrue();
        return new HashMap<>(Map.of("read", m.group(1), "_key", ids.next().toString()));
    }

    private HttpResponse<String> sign(Visitor v, String answer, String typed, String drawing) {
        Map<String, String> form = form(v, at());
        form.put("answer", answer);
        form.put("typed", typed);
        form.put("drawing", drawing);
        return v.post(at() + "/signatures", form);
    }

    private List<Signature> history() {
        return given.in(school, () -> signatures.history(school, letter, child));
    }

    @Test
    @Req("R48")
    void a_guardian_reads_signs_by_hand_and_the_office_counts_it() {
        assertThat(parent.get("/").body()).contains(at());
        assertThat(parent.get(at()).body()).contains("每天到 17:30").doesNotContain("{{");
        assertThat(sign(parent, "YES", "", DrawingTest.SIGNED).statusCode()).isEqualTo(303);
        Signature signed = history().getFirst();
        assertThat(signed.means()).isEqualTo(Signature.Means.DRAWN);
        SignatureStore.Opened opened = given.in(school, () -> signatures.open(school, signed.id()));
        assertThat(opened.trust()).isEqualTo(SignatureStore.Trust.SOUND);
        assertThat(opened.text().body()).contains("每天到 17:30");
        assertThat(opened.label()).isEqualTo("母亲");
        assertThat(parent.get("/").body()).doesNotContain(at());
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/office/letters/" + letter).body()).contains("1 / 4");
        assertThat(given.in(school, () -> documents.takesPart(school, child, term))).contains(true);
    }

    @Test
    @Req("R53")
    void a_typed_name_signs_as_well_and_nothing_at_all_is_refused_with_the_typing_kept() {
        HttpResponse<String> refused = sign(parent, "YES", "", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("还没有签名");
        assertThat(history()).isEmpty();
        assertThat(sign(parent, "YES", "王𠮷安", "").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> signatures.open(school, history().getFirst().id())).name()).isEqualTo("王𠮷安");
    }

    @Test
    @Req("R51")
    void a_no_takes_no_more_than_a_yes_and_its_reason_reaches_the_office_alone() {
        Map<String, String> form = form(parent, at());
        form.put("answer", "NO");
        form.put("reason", "奶奶在家照看");
        assertThat(parent.post(at() + "/signatures", form).statusCode()).isEqualTo(303);
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        String page = teacher.get("/classes/" + klass.id() + "/letters/" + letter).body();
        assertThat(page).contains("1 / 4").doesNotContain("奶奶在家").doesNotContain("暂不参加").doesNotContain("愿意参加");
        assertThat(teacher.get("/office/letters/" + letter + "/children/" + child).statusCode()).isEqualTo(403);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/office/letters/" + letter + "/children/" + child).body()).contains("奶奶在家照看");
    }

    @Test
    @Req("R48")
    void an_opinion_takes_one_tap_for_yes_and_for_no_and_its_words_reach_the_office_alone() {
        UUID opinion = letters.published(school, term, LetterKind.OPINION);
        sign(parent, "NO", "", "");
        assertThat(given.in(school, () -> documents.unsigned(List.of(child)))).as("asked of who does not take part as well").extracting(Documents.Unsigned::letter).containsExactly(opinion);
        String page = "/children/" + child + "/letters/" + opinion;
        assertThat(parent.get(page).body()).contains("同意").doesNotContain("name=\"drawing\"").doesNotContain("?documents.");
        Map<String, String> form = form(parent, page);
        assertThat(parent.post(page + "/signatures", form).statusCode()).as("nothing chosen").isEqualTo(422);
        form.put("answer", "YES");
        form.put("reason", "能不能按天收");
        assertThat(parent.post(page + "/signatures", form).statusCode()).isEqualTo(303);
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        assertThat(teacher.get("/classes/" + klass.id() + "/letters/" + opinion).body()).doesNotContain("按天收");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/office/letters/" + opinion + "/children/" + child).body()).contains("能不能按天收");
        assertThat(office.get("/office/letters/" + opinion).body()).doesNotContain("?documents.");
    }

    @Test
    @Req("R48")
    void the_service_guide_is_read_with_one_tap_and_its_receipt_is_kept() {
        UUID guide = letters.published(school, term, LetterKind.GUIDE);
        String page = "/children/" + child + "/letters/" + guide;
        assertThat(parent.get(page).body()).contains("我已阅读").doesNotContain("name=\"drawing\"");
        Map<String, String> form = form(parent, page);
        form.put("answer", "YES");
        assertThat(parent.post(page + "/signatures", form).statusCode()).isEqualTo(303);
        assertThat(parent.post(page + "/signatures", form).statusCode()).as("sent twice").isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select count(*) from documents.signature where school_id = :s and letter_id = :l").param("s", school).param("l", guide).query(Long.class).single())).isOne();
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        assertThat(teacher.get("/classes/" + klass.id() + "/letters/" + guide + "/children/" + child + "/paper").statusCode()).isEqualTo(200);
        assertThat(given.in(school, () -> documents.unsigned(List.of(child)))).extracting(Documents.Unsigned::letter).containsExactly(letter);
    }

    @Test
    @Req("R52")
    void who_does_not_take_part_is_asked_for_no_agreement() {
        UUID safety = letters.published(school, term, LetterKind.SAFETY);
        assertThat(given.in(school, () -> documents.unsigned(List.of(child)))).extracting(Documents.Unsigned::letter).containsExactly(letter, safety);
        sign(parent, "NO", "", "");
        assertThat(given.in(school, () -> documents.unsigned(List.of(child)))).isEmpty();
        assertThat(given.in(school, () -> documents.signed(school, child, LetterKind.SAFETY, term))).isFalse();
    }

    @Test
    void two_guardians_at_once_leave_two_signatures_and_one_answer() throws Exception {
        GivenClass.Grown father = classes.grown(school, child, Role.GUARDIAN, "guardian", "父亲");
        Visitor other = visitors.signedIn(father.user());
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> done = new ArrayList<>();
            Map<String, String> a = form(parent, at());
            a.putAll(Map.of("answer", "YES", "typed", "甲"));
            Map<String, String> b = form(other, at());
            b.putAll(Map.of("answer", "NO", "typed", "乙"));
            done.add(both.submit(() -> {
                go.await();
                return parent.post(at() + "/signatures", a).statusCode();
            }));
            done.add(both.submit(() -> {
                go.await();
                return other.post(at() + "/signatures", b).statusCode();
            }));
            go.countDown();
            for (Future<Integer> f : done) assertThat(f.get()).isEqualTo(303);
        }
        List<Signature> all = history();
        assertThat(all).hasSize(2);
        assertThat(all.stream().filter(Signature::counts)).hasSize(1).first().isEqualTo(all.getFirst());
    }

    @Test
    void the_same_form_sent_twice_signs_once() {
        Map<String, String> form = form(parent, at());
        form.putAll(Map.of("answer", "YES", "typed", "王小红"));
        assertThat(parent.post(at() + "/signatures", form).statusCode()).isEqualTo(303);
        assertThat(parent.post(at() + "/signatures", form).statusCode()).isEqualTo(303);
        assertThat(history()).hasSize(1);
    }

    @Test
    void what_changed_since_it_was_read_is_not_signed() {
        Map<String, String> form = form(parent, at());
        form.putAll(Map.of("answer", "YES", "typed", "王小红", "read", "0".repeat(64)));
        HttpResponse<String> refused = parent.post(at() + "/signatures", form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("王小红");
        assertThat(history()).isEmpty();
    }

    @Test
    @Req("R53")
    void a_carers_signature_asks_for_the_guardians_and_does_not_count() throws InterruptedException {
        GivenClass.Grown grandmother = classes.grown(school, child, Role.CARER, "carer", "奶奶");
        Visitor carer = visitors.signedIn(grandmother.user());
        assertThat(sign(carer, "YES", "李奶奶", "").statusCode()).isEqualTo(303);
        assertThat(history().getFirst().standing()).isEqualTo(Signature.Standing.PROPOSED);
        assertThat(history().getFirst().counts()).isFalse();
        assertThat(given.in(school, () -> documents.takesPart(school, child, term))).isEmpty();
        assertThat(parent.get(at()).body()).contains("请监护人确认");
        sign(parent, "YES", "王小红", "");
        assertThat(given.in(school, () -> documents.takesPart(school, child, term))).contains(true);
    }

    @Test
    @Req("R55")
    void a_receipt_on_paper_counts_as_much_and_the_last_answer_holds() {
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        String paper = "/classes/" + klass.id() + "/letters/" + letter + "/children/" + child + "/paper";
        assertThat(teacher.get(paper).statusCode()).isEqualTo(200);
        assertThat(teacher.post(paper, Map.of("answer", "YES", "signer", "王小红", "_key", ids.next().toString())).statusCode()).isEqualTo(303);
        Signature entered = history().getFirst();
        assertThat(entered.means()).isEqualTo(Signature.Means.PAPER);
        assertThat(entered.counts()).isTrue();
        assertThat(parent.get(at()).body()).contains("纸质回执");
        sign(parent, "NO", "", "");
        assertThat(history().getFirst().answer()).isEqualTo(Answer.NO);
        assertThat(history().getFirst().counts()).isTrue();
    }

    @Test
    void a_class_teacher_reaches_no_other_class_and_a_parent_no_other_child() {
        GivenClass.Made other = classes.of(school, 3, 1, 2);
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        assertThat(teacher.get("/classes/" + other.id() + "/letters/" + letter).statusCode()).isEqualTo(404);
        assertThat(teacher.get("/classes/" + klass.id() + "/letters/" + letter + "/children/" + other.pupils().getFirst() + "/paper").statusCode()).isEqualTo(404);
        assertThat(parent.get("/children/" + other.pupils().getFirst() + "/letters/" + letter).statusCode()).isEqualTo(404);
        assertThat(parent.get("/office/letters").statusCode()).isEqualTo(403);
        assertThat(parent.get("/children/" + child + "/letters/" + ids.next()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R53")
    void a_guardian_far_away_signs_once_through_a_link() {
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        String at = "/classes/" + klass.id() + "/letters/" + letter + "/children/" + child;
        teacher.get(at + "/paper");
        HttpResponse<String> made = teacher.post(at + "/links", Map.of("adult", mother.adult().toString()));
        Matcher m = LINK.matcher(made.body());
        assertThat(m.find()).isTrue();
        String link = m.group(1);
        Visitor far = visitors.stranger();
        assertThat(far.get(link).headers().firstValue("Referrer-Policy")).contains("no-referrer");
        far.get(link);
        Map<String, String> form = form(far, link);
        form.putAll(Map.of("answer", "YES", "drawing", DrawingTest.SIGNED));
        assertThat(far.post(link, form).body()).contains("签好了");
        assertThat(history().getFirst().proof()).isEqualTo(Signature.Proof.LINK);
        assertThat(history().getFirst().counts()).isTrue();
        assertThat(far.post(link, form).body()).contains("不能用了");
        assertThat(far.get(link).body()).contains("不能用了").doesNotContain("每天到");
        assertThat(history()).hasSize(1);
    }

    @Test
    void an_old_an_unknown_or_a_replaced_link_opens_nothing() {
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass.id()));
        String at = "/classes/" + klass.id() + "/letters/" + letter + "/children/" + child;
        teacher.get(at + "/paper");
        Matcher first = LINK.matcher(teacher.post(at + "/links", Map.of("adult", mother.adult().toString())).body());
        assertThat(first.find()).isTrue();
        Matcher second = LINK.matcher(teacher.post(at + "/links", Map.of("adult", mother.adult().toString())).body());
        assertThat(second.find()).isTrue();
        Visitor far = visitors.stranger();
        assertThat(far.get(first.group(1)).body()).contains("不能用了");
        assertThat(far.get(second.group(1)).body()).contains("每天到");
        given.in(school, () -> sql.sql("update documents.link set expires_at = made_at").update());
        assertThat(far.get(second.group(1)).body()).contains("不能用了");
        assertThat(far.get("/sign/" + "x".repeat(32)).body()).contains("不能用了");
    }

    @Test
    void whoever_changes_a_signature_in_the_database_is_found() {
        sign(parent, "YES", "王小红", "");
        UUID id = history().getFirst().id();
        assertThat(given.in(school, () -> signatures.open(school, id)).trust()).isEqualTo(SignatureStore.Trust.SOUND);
        assertThat(tampered("update documents.signature set answer = 'NO' where signature_id = '%s'", id)).isEqualTo(SignatureStore.Trust.TAMPERED);
        sign(parent, "YES", "王小红", "");
        UUID second = history().getFirst().id();
        assertThat(tampered("update documents.signature set text_hash = decode(repeat('ab', 32), 'hex') where signature_id = '%s'", second)).isEqualTo(SignatureStore.Trust.TAMPERED);
        sign(parent, "YES", "王小红", "");
        UUID third = history().getFirst().id();
        assertThat(tampered("update documents.signature set text_sealed = overlay(text_sealed placing '\\x00'::bytea from 40 for 1) where signature_id = '%s'", third)).isEqualTo(SignatureStore.Trust.TAMPERED);
        assertThat(tampered("delete from documents.signature_key where signature_id = '%s'", second)).as("erased on request").isEqualTo(SignatureStore.Trust.ERASED);
        assertThat(history()).as("the fact of the signature stays").hasSize(3);
    }

    private SignatureStore.Trust tampered(String change, UUID id) {
        // As somebody with full rights on the database, but without the node's key.
        try (Connection c = DriverManager.getConnection(url, admin, password);
                Statement st = c.createStatement()) {
            st.execute(String.format(change, id));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return given.in(school, () -> signatures.open(school, id)).trust();
    }

    @Test
    void nobody_of_the_application_can_change_a_signature() {
        sign(parent, "YES", "王小红", "");
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("update documents.signature set answer = 'NO'").update()))
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
