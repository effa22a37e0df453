package afterbell.base.roster.erasing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.audit.VerifyChain;
import afterbell.base.roster.Departures;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.SignatureStore;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenLetter;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The right to a copy and the right to be forgotten: what goes is looked for in every table of the house, what stays still verifies. */
@HouseTest
@Req("P13")
class ErasingIT {
    private static final String CHILD = "\u9ec4\u7af9\u6885";
    private static final String FATHER = "\u9ec4\u5c71\u677e";
    private static final String COURT = "\u8944\u5ddd\u6cd5\u9662";
    private static final Pattern READ = Pattern.compile("name=\"read\" value=\"([^\"]+)\"");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenLetter letters;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Departures departures;

    @Autowired
    SignatureStore signatures;

    @Autowired
    VerifyChain chain;

    @Autowired
    JdbcClient sql;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    UUID school;
    UUID child;
    UUID fatherAccount;
    UUID letter;
    Visitor father;
    Visitor office;
    Visitor principal;

    @BeforeEach
    void a_child_of_whom_much_is_known() {
        school = given.school();
        UUID klass = family.schoolClass(school);
        child = family.pupil(school, klass, CHILD);
        String user = given.guardian(school, child);
        fatherAccount = given.in(school, () -> sql.sql("select account_id from identity.role_grant where school_id = :s").param("s", school).query(UUID.class).single());
        family.adult(school, child, FATHER, "guardian", "father", fatherAccount);
        given.within(Scope.account(fatherAccount), () -> sql.sql("update identity.account set name = :n where account_id = :a").param("n", FATHER).param("a", fatherAccount).update());
        father = visitors.signedIn(user);
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        principal = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        letter = letters.published(school, terms.term(school, 2026), LetterKind.LETTER);
    }

    @Test
    void a_guardian_reads_a_copy_and_another_family_does_not() {
        sign();
        HttpResponse<String> copy = father.get("/consent/" + child + "/copy");
        assertThat(copy.statusCode()).isEqualTo(200);
        assertThat(copy.body()).contains(CHILD).contains(FATHER).doesNotContain("?roster.", "?documents.", "?enrolment.");
        Visitor stranger = visitors.signedIn(given.guardian(school, family.pupil(school, family.schoolClass(school), "\u5468\u5c0f\u4e91")));
        assertThat(stranger.get("/consent/" + child + "/copy").statusCode()).isEqualTo(404);
        assertThat(stranger.post("/consent/" + child + "/erasure", Map.of()).statusCode()).isEqualTo(404);
        assertThat(office.get("/consent/" + child + "/copy").statusCode()).isEqualTo(403);
        assertThat(father.get("/erasures").statusCode()).isEqualTo(403);
    }

    @Test
    void whoever_withdrew_the_consent_still_gets_the_copy_and_may_ask() {
        father.get("/consent");
        String version = afterbell.base.identity.Consents.VERSION;
        assertThat(father.post("/consent/" + child, Map.of("decision", "withdrawn", "version", version)).statusCode()).isEqualTo(303);
        assertThat(father.get("/consent/" + child + "/copy").statusCode()).isEqualTo(200);
        assertThat(father.post("/consent/" + child + "/erasure", Map.of()).statusCode()).isEqualTo(303);
        assertThat(father.post("/consent/" + child + "/erasure", Map.of()).statusCode()).as("asked twice").isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.erasure where school_id = :s").param("s", school).query(Long.class).single())).isOne();
        assertThat(office.get("/").body()).contains("/erasures");
    }

    @Test
    void nobody_erases_a_child_who_is_here_and_nobody_erases_alone() {
        father.get("/consent/" + child + "/copy");
        father.post("/consent/" + child + "/erasure", Map.of());
        String asked = "/erasures/" + erasure();
        office.get("/erasures");
        assertThat(office.post(asked + "/execution", Map.of()).statusCode()).isEqualTo(422);
        assertThat(office.post(asked + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.post("/erasures/new/" + child, Map.of("ground", "over")).statusCode()).as("still here").isEqualTo(404);

        leave();
        assertThat(office.post("/erasures/new/" + child, Map.of("ground", "because")).statusCode()).isEqualTo(422);
        assertThat(office.post("/erasures/new/" + child, Map.of("ground", "over")).statusCode()).isEqualTo(303);
        asked = "/erasures/" + erasure();
        assertThat(office.post(asked + "/execution", Map.of()).statusCode()).as("by whoever asked").isEqualTo(422);
        Visitor elsewhere = visitors.signedIn(given.staff(given.school(), Role.PRINCIPAL));
        assertThat(elsewhere.post(asked + "/execution", Map.of()).statusCode()).isEqualTo(404);
        assertThat(found(CHILD)).contains("roster.pupil");
    }

    @Test
    void an_erased_child_is_in_no_table_of_the_house_and_the_chains_stay_whole() throws Exception {
        sign();
        protect();
        assertThat(found(CHILD)).contains("roster.pupil");
        assertThat(found(FATHER)).contains("roster.adult", "identity.account");
        leave();
        office.get("/erasures?q=" + Visitor.encode(CHILD));
        assertThat(office.post("/erasures/new/" + child, Map.of("ground", "over")).statusCode()).isEqualTo(303);
        UUID erasure = erasure();
        principal.get("/erasures");
        assertThat(principal.post("/erasures/" + erasure + "/execution", Map.of()).statusCode()).isEqualTo(303);
        assertThat(principal.post("/erasures/" + erasure + "/execution", Map.of()).statusCode()).as("twice changes nothing").isEqualTo(303);

        assertThat(found(CHILD)).isEmpty();
        assertThat(found(FATHER)).isEmpty();
        // Keys and what they sealed: the signature is there, its words are not; no piece of the court's paper is left.
        UUID signature = given.in(school, () -> signatures.history(school, letter, child).getFirst().id());
        assertThat(given.in(school, () -> signatures.open(school, signature)).trust()).isEqualTo(SignatureStore.Trust.ERASED);
        assertThat(given.in(school, () -> sql.sql("select count(*) from shared.file_piece where school_id = :s").param("s", school).query(Long.class).single())).isZero();
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.pupil where school_id = :s and (person_key is not null or identity_sealed is not null)").param("s", school).query(Long.class).single())).isZero();
        assertThat(office.get("/protections").body()).doesNotContain(CHILD);
        // The father's account is closed: his cookie and his password open nothing.
        assertThat(father.get("/account").statusCode()).isNotEqualTo(200);
        assertThat(Scopes.within(Scope.school(school, null), () -> chain.run(school, Map.of())).lies()).isEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'roster.child_erased'").param("s", school).query(Long.class).single())).isOne();
        assertThat(office.get("/office/letters/" + letter + "/children/" + child).statusCode()).isIn(200, 404);
        assertThat(office.get("/audit").statusCode()).isEqualTo(200);
    }

    @Test
    void a_father_with_another_child_at_the_school_stays_who_he_is() {
        UUID sister = family.pupil(school, family.schoolClass(school), "\u9ec4\u7af9\u5170");
        given.in(school, () -> sql.sql("insert into roster.relation (school_id, pupil_id, adult_id, kind, label) select school_id, :p, adult_id, 'guardian', 'father' from roster.adult where school_id = :s")
                .param("p", sister)
                .param("s", school)
                .update());
        leave();
        office.get("/erasures");
        office.post("/erasures/new/" + child, Map.of("ground", "over"));
        principal.get("/erasures");
        assertThat(principal.post("/erasures/" + erasure() + "/execution", Map.of()).statusCode()).isEqualTo(303);
        assertThat(found(CHILD)).isEmpty();
        assertThat(found(FATHER)).contains("roster.adult");
    }

    private void sign() {
        String at = "/children/" + child + "/letters/" + letter;
        Matcher read = READ.matcher(father.get(at).body());
        assertThat(read.find()).isTrue();
        Map<String, String> form = new HashMap<>(Map.of("read", read.group(1), "_key", UUID.randomUUID().toString(), "answer", "YES", "typed", FATHER));
        assertThat(father.post(at + "/signatures", form).statusCode()).isEqualTo(303);
    }

    private void protect() {
        office.get("/protections/new/" + child);
        byte[] pdf = ("%PDF-1.4\n" + COURT + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
        assertThat(office.postFiles("/protections/new/" + child, Map.of("whom", "other", "name", "\u9ec4\u5927\u6797", "document", COURT, "said", COURT), "scan", Map.of("a.pdf", pdf)).statusCode()).isEqualTo(303);
    }

    private void leave() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        given.within(Scope.school(school, UUID.randomUUID()), () -> departures.carryOut(school, List.of(child), day));
    }

    private UUID erasure() {
        return given.in(school, () -> sql.sql("select erasure_id from roster.erasure where school_id = :s and decided_at is null").param("s", school).query(UUID.class).single());
    }

    /** Tables whose rows hold the words in any column: rows of this school, the father's account, and all rows that belong to no school. */
    private List<String> found(String words) {
        List<String> found = new ArrayList<>();
        try (Connection c = DriverManager.getConnection(url, admin, password); Statement s = c.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet r = s.executeQuery("select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1")) {
                while (r.next()) tables.add(r.getString(1));
            }
            assertThat(tables).as("the walk reaches the house").hasSizeGreaterThan(60);
            for (String table : tables) {
                boolean ofSchool = columns(c, table);
                String own = table.equals("identity.account") ? " and account_id = ?" : ofSchool ? " and school_id = ?" : "";
                try (PreparedStatement p = c.prepareStatement("select exists (select 1 from " + table + " t where position(? in t::text) > 0" + own + ")")) {
                    p.setString(1, words);
                    if (!own.isEmpty()) p.setObject(2, ofSchool ? school : fatherAccount);
                    try (ResultSet r = p.executeQuery()) {
                        r.next();
                        if (r.getBoolean(1)) found.add(table);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static boolean columns(Connection c, String table) throws SQLException {
        try (PreparedStatement p = c.prepareStatement("select exists (select 1 from information_schema.columns where table_schema || '.' || table_name = ? and column_name = 'school_id')")) {
            p.setString(1, table);
            try (ResultSet r = p.executeQuery()) {
                r.next();
                return r.getBoolean(1);
            }
        }
    }
}
