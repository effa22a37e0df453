package afterbell.base.audit;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The chain over a school's record, and what each planted change of it shows. */
@HouseTest
@Req("P16")
class SealIT {
    @Autowired
    Audit audit;

    @Autowired
    SealJob sealer;

    @Autowired
    VerifyChain verify;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Visitor.Maker visitors;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    UUID school;

    @BeforeEach
    void school() {
        school = given.school();
    }

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            given.within(Scope.school(school, UUID.randomUUID()), () -> {
                audit.record(school, "roster.import_applied", "draft", UUID.randomUUID(), Map.of("kind", "pupils", "added", number, "applied", true));
                return true;
            });
        }
    }

    private VerifyChain.Report report(Map<Long, String> noted) {
        return given.in(school, () -> verify.run(school, noted));
    }

    private void byHand(String statement) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, admin, password);
                Statement s = c.createStatement()) {
            s.execute("set session_replication_role = replica");
            assertThat(s.executeUpdate(statement.replace(":s", "'" + school + "'"))).isPositive();
        }
    }

    @Test
    void every_entry_is_in_the_chain_and_the_chain_is_so() {
        entries(3);
        sealer.seal(school);
        entries(2);
        sealer.seal(school);
        VerifyChain.Report report = report(Map.of());
        assertThat(report.lies()).isEmpty();
        assertThat(report.entries()).isEqualTo(5);
        assertThat(report.links()).isGreaterThanOrEqualTo(2);
        assertThat(report.waiting()).isZero();
    }

    @Test
    void the_job_seals_by_itself_within_seconds() throws InterruptedException {
        entries(1);
        for (int i = 0; i < 100 && report(Map.of()).waiting() > 0; i++) Thread.sleep(100);
        assertThat(report(Map.of()).entries()).isEqualTo(1);
    }

    @Test
    void a_changed_entry_is_found() throws SQLException {
        entries(4);
        sealer.seal(school);
        byHand("update audit.entry set facts = facts || '{\"added\": 99}' where school_id = :s and entry_id = (select entry_id from audit.entry where school_id = :s limit 1)");
        assertThat(report(Map.of()).lies()).extracting(VerifyChain.Lie::kind).containsExactly(VerifyChain.Kind.CHANGED);
    }

    @Test
    void an_entry_given_to_somebody_else_is_found() throws SQLException {
        entries(1);
        sealer.seal(school);
        byHand("update audit.entry set account_id = gen_random_uuid() where school_id = :s");
        assertThat(report(Map.of()).lies()).singleElement().satisfies(l -> {
            assertThat(l.kind()).isEqualTo(VerifyChain.Kind.CHANGED);
            assertThat(l.entry()).isNotNull();
        });
    }

    @Test
    void a_removed_entry_and_a_slipped_in_one_are_found() throws SQLException {
        entries(3);
        sealer.seal(school);
        byHand("delete from audit.sealed where school_id = :s and position = 1");
        assertThat(report(Map.of()).lies()).extracting(VerifyChain.Lie::kind).containsExactlyInAnyOrder(VerifyChain.Kind.REMOVED, VerifyChain.Kind.OUTSIDE);
    }

    @Test
    void a_link_taken_out_of_the_middle_is_found() throws SQLException {
        for (int i = 0; i < 3; i++) {
            entries(1);
            sealer.seal(school);
        }
        byHand("delete from audit.seal where school_id = :s and number = 2");
        assertThat(report(Map.of()).lies()).extracting(VerifyChain.Lie::kind).contains(VerifyChain.Kind.BROKEN);
    }

    @Test
    void a_chain_cut_at_its_end_is_found_by_whoever_noted_its_head() throws SQLException {
        entries(1);
        sealer.seal(school);
        entries(1);
        sealer.seal(school);
        VerifyChain.Report before = report(Map.of());
        assertThat(report(Map.of(before.links(), before.head())).lies()).isEmpty();
        byHand("delete from audit.sealed where school_id = :s and number = " + before.links());
        byHand("delete from audit.entry e where school_id = :s and not exists (select 1 from audit.sealed s where s.entry_id = e.entry_id)");
        byHand("delete from audit.seal where school_id = :s and number = " + before.links());
        assertThat(report(Map.of()).lies()).as("without a noted head nothing is missing").isEmpty();
        assertThat(report(Map.of(before.links(), before.head())).lies()).extracting(VerifyChain.Lie::kind).containsExactly(VerifyChain.Kind.REWRITTEN);
    }

    @Test
    void many_sealers_at_once_make_one_chain() throws Exception {
        entries(40);
        try (var pool = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++)
                all.add(() -> {
                    entries(5);
                    sealer.seal(school);
                    return true;
                });
            for (var f : pool.invokeAll(all)) f.get();
        }
        sealer.seal(school);
        VerifyChain.Report report = report(Map.of());
        assertThat(report.lies()).isEmpty();
        assertThat(report.entries()).isEqualTo(70);
    }

    @Test
    void the_application_can_neither_change_nor_remove_what_is_written() {
        entries(1);
        sealer.seal(school);
        for (String statement : List.of("update audit.entry set hat = 'x'", "delete from audit.entry", "update audit.seal set entries = 0", "delete from audit.sealed"))
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> given.in(school, () -> jdbc.sql(statement).update())).as(statement).hasStackTraceContaining("permission denied");
    }

    @Autowired
    org.springframework.jdbc.core.simple.JdbcClient jdbc;

    @Test
    void the_office_reads_who_did_what_by_person_kind_and_day_and_no_other_school() {
        GivenClass.Made klass = classes.of(school, 3, 1, 1);
        UUID child = klass.pupils().getFirst();
        String user = given.staff(school, Role.OFFICE);
        UUID account = given.in(school, () -> jdbc.sql("select account_id from identity.account where name = :n").param("n", user).query(UUID.class).single());
        given.within(Scope.school(school, account), () -> {
            audit.record(school, "roster.protection_read", "pupil", child, Map.of("purpose", "gate"));
            return true;
        });
        entries(1);
        Visitor office = visitors.signedIn(user);
        String all = office.get("/audit").body();
        assertThat(all).contains(user, "\u67e5\u9605\u4e86\u4fdd\u62a4\u8bb0\u5f55", "\u7532310", "\u5bfc\u5165\u4e86\u540d\u5355");
        assertThat(office.get("/audit?act=looks").body()).contains("\u7532310").doesNotContain("\u5bfc\u5165\u4e86\u540d\u5355</td>").contains("person=" + child);
        assertThat(office.get("/audit?person=" + child).body()).contains("\u67e5\u9605\u4e86\u4fdd\u62a4\u8bb0\u5f55").doesNotContain(">\u5bfc\u5165\u4e86\u540d\u5355<");
        assertThat(office.get("/audit?q=" + Visitor.encode("\u7532310")).body()).contains("\u67e5\u9605\u4e86\u4fdd\u62a4\u8bb0\u5f55");
        assertThat(office.get("/audit?day=2001-01-01").body()).contains("\u6ca1\u6709\u7b26\u5408\u6761\u4ef6");
        assertThat(office.get("/audit?day=yesterday").statusCode()).isEqualTo(200);
        Visitor other = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(other.get("/audit?person=" + child).body()).doesNotContain("\u7532310", "\u67e5\u9605\u4e86\u4fdd\u62a4\u8bb0\u5f55");
    }
}
