package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HouseTest
@Req("R121")
class LedgerIT {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);

    @Autowired GivenSchool given;
    @Autowired GivenClass classes;
    @Autowired Ledger ledger;
    @Autowired Charges charges;
    @Autowired ChainJob chain;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired TransactionTemplate transactions;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String owner;

    @Value("${afterbell.database.migration-password}")
    String password;

    UUID school = new UUID(0, 0);
    UUID pupil = new UUID(0, 0);
    UUID other = new UUID(0, 0);

    @BeforeEach
    void a_school_with_two_children() {
        school = given.school();
        List<UUID> pupils = classes.of(school, 3, 1, 2).pupils();
        pupil = pupils.get(0);
        other = pupils.get(1);
    }

    private Draft charge(UUID document, UUID child, long fen) {
        return draft(Document.CHARGE, document, List.of(Posting.ofPupil("family", child, null, fen), Posting.of("service-fund", -fen)));
    }

    private Draft paid(UUID document, UUID child, long fen) {
        return draft(Document.PAYMENT, document, List.of(Posting.of("cash", fen), Posting.ofPupil("family", child, null, -fen)));
    }

    private Draft draft(Document kind, UUID document, List<Posting> lines) {
        return new Draft(ids.next(), kind, document, "booked", Instant.parse("2026-10-01T08:00:00Z"), DAY, null, lines);
    }

    @Test
    void a_charge_and_a_payment_leave_what_is_still_due() {
        given.in(school, () -> ledger.postAll(school, List.of(charge(ids.next(), pupil, 36_000), paid(ids.next(), pupil, 20_000), charge(ids.next(), other, 5_000), paid(ids.next(), other, 8_000))));
        given.in(school, () -> {
            assertThat(ledger.familyBalances(school, List.of(pupil, other))).isEqualTo(Map.of(pupil, 16_000L, other, -3_000L));
            assertThat(ledger.balance(school, "cash")).isEqualTo(28_000);
            assertThat(ledger.balance(school, "service-fund")).isEqualTo(-41_000);
            return true;
        });
    }

    @Test
    void two_equal_lines_of_one_entry_are_two_lines() {
        given.in(school, () -> ledger.post(school, draft(Document.SPENDING, ids.next(), List.of(Posting.of("service-fund", 500), Posting.of("service-fund", 500), Posting.of("bank", -1_000)))));
        assertThat(given.in(school, () -> ledger.balance(school, "service-fund"))).isEqualTo(1_000);
    }

    @Test
    void a_document_posted_twice_is_one_entry() {
        UUID document = ids.next();
        UUID first = given.in(school, () -> ledger.post(school, paid(document, pupil, 100)));
        UUID second = given.in(school, () -> ledger.post(school, paid(document, pupil, 100)));
        assertThat(second).isEqualTo(first);
        assertThat(given.in(school, () -> ledger.balance(school, "cash"))).isEqualTo(100);
    }

    @Test
    void twenty_at_one_moment_post_it_once() throws Exception {
        UUID document = ids.next();
        List<Callable<UUID>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) all.add(() -> given.in(school, () -> ledger.post(school, paid(document, pupil, 100))));
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<UUID> answers = new ArrayList<>();
            for (Future<UUID> each : pool.invokeAll(all)) answers.add(each.get());
            assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
        }
        assertThat(given.in(school, () -> ledger.balance(school, "cash"))).isEqualTo(100);
    }

    @Test
    void what_is_no_entry_is_refused_before_the_database_sees_it() {
        List<List<Posting>> wrong = List.of(
                List.of(Posting.of("cash", 100), Posting.of("bank", -99)),
                List.of(Posting.of("cash", 0), Posting.of("bank", 0)),
                List.of(Posting.of("cash", 100)),
                List.of(Posting.of("cash", 100), Posting.of("family", -100)),
                List.of(Posting.of("in-transit", 100), Posting.of("bank", -100)),
                List.of(Posting.of("pocket", 100), Posting.of("bank", -100)));
        for (List<Posting> lines : wrong)
            assertThatThrownBy(() -> given.in(school, () -> ledger.post(school, draft(Document.CORRECTION, ids.next(), lines)))).as(lines.toString()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Req("R121")
    void the_database_itself_lets_no_unbalanced_entry_stand() {
        assertThatThrownBy(() -> raw(school, 1, 100, -99)).hasMessageContaining("sum of 1 fen");
        assertThatThrownBy(() -> raw(school, 1, 100)).hasMessageContaining("1 lines");
        assertThatThrownBy(() -> raw(school, 1)).hasMessageContaining("0 lines");
        raw(school, 1, 100, -60, -40);
        // Numbers without a gap, so that there is no room below for a line to be slipped in unasked.
        assertThatThrownBy(() -> raw(school, 2, 100, -100)).hasMessageContaining("the last numbered 3");
        UUID old = given.in(school, () -> ledger.post(school, paid(ids.next(), pupil, 100)));
        assertThatThrownBy(() -> given.in(school, () -> line(school, old, 3, 7))).as("a line slipped into an entry that stands").hasMessageContaining("sum of 7 fen");
    }

    @Test
    void without_the_trigger_an_unbalanced_entry_would_stand() throws SQLException {
        try (Connection c = DriverManager.getConnection(url, owner, password);
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("drop trigger entry_balances on billing.entry; drop trigger lines_balance on billing.posting; alter table billing.entry no force row level security; alter table billing.posting no force row level security");
            UUID entry = ids.next();
            s.execute("insert into billing.entry (school_id, entry_id, at, day, document, document_id, memo) values ('%s', '%s', '2026-10-01T08:00:00Z', '2026-10-01', 'PAYMENT', '%s', 'booked')".formatted(school, entry, entry));
            s.execute("insert into billing.posting (school_id, entry_id, ordinal, account, fen) values ('%s', '%s', 1, 'cash', 100)".formatted(school, entry));
            s.execute("set constraints all immediate");
            c.rollback();
        }
    }

    private Integer raw(UUID of, int first, long... fens) {
        return given.in(of, () -> {
            UUID entry = ids.next();
            sql.sql("insert into billing.entry (school_id, entry_id, at, day, document, document_id, memo) values (:s, :e, :at, :d, 'CORRECTION', :e, 'raw')")
                    .param("s", of)
                    .param("e", entry)
                    .param("at", java.sql.Timestamp.from(Instant.parse("2026-10-01T08:00:00Z")))
                    .param("d", DAY)
                    .update();
            for (int i = 0; i < fens.length; i++) line(of, entry, first + i, fens[i]);
            return fens.length;
        });
    }

    private Integer line(UUID of, UUID entry, int ordinal, long fen) {
        return sql.sql("insert into billing.posting (school_id, entry_id, ordinal, account, fen) values (:s, :e, :n, 'cash', :f)").param("s", of).param("e", entry).param("n", ordinal).param("f", fen).update();
    }

    @Test
    void nothing_that_is_written_is_changed_or_removed() {
        given.in(school, () -> ledger.post(school, charge(ids.next(), pupil, 100)));
        for (String table : List.of("entry", "posting", "link", "fact", "charge", "locking", "rules"))
            for (String act : List.of("update billing." + table + " set school_id = school_id", "delete from billing." + table))
                assertThatThrownBy(() -> given.in(school, () -> sql.sql(act).update())).as(act).hasStackTraceContaining("permission denied");
    }

    @Test
    void another_school_and_another_family_read_nothing() {
        given.in(school, () -> ledger.postAll(school, List.of(charge(ids.next(), pupil, 100), charge(ids.next(), other, 200))));
        UUID stranger = given.school();
        assertThat(given.in(stranger, () -> ledger.balance(school, "family"))).isZero();
        Scope family = Scope.family(ids.next(), List.of(school), List.of(pupil));
        assertThat(given.within(family, () -> ledger.familyBalances(school, List.of(pupil, other)))).isEqualTo(Map.of(pupil, 100L, other, 0L));
        assertThat(given.within(family, () -> sql.sql("select count(*) from billing.entry").query(Integer.class).single())).isEqualTo(1);
        assertThat(given.within(family, () -> ledger.balance(school, "service-fund"))).as("the school's own side is not the family's").isZero();
        assertThatThrownBy(() -> Scopes.within(family, () -> transactions.execute(t -> ledger.post(school, paid(ids.next(), pupil, 100))))).hasStackTraceContaining("row-level security");
    }

    @Test
    @Req("C7")
    void a_school_that_books_nothing_and_has_no_tariff_does_not_charge() {
        assertThat(given.in(school, () -> charges.charges(school, DAY))).isFalse();
        given.in(school, () -> ledger.post(school, charge(ids.next(), pupil, 100)));
        assertThat(given.in(school, () -> charges.charges(school, DAY))).isTrue();
    }

    @Test
    @Req("R121")
    void entries_are_numbered_without_a_gap_and_each_builds_upon_the_one_before() {
        given.in(school, () -> ledger.postAll(school, List.of(charge(ids.next(), pupil, 100), paid(ids.next(), pupil, 40), paid(ids.next(), pupil, 60))));
        chain.seal(school);
        given.in(school, () -> ledger.post(school, charge(ids.next(), other, 1)));
        chain.seal(school);
        List<Long> numbers = given.in(school, () -> sql.sql("select seq from billing.pub_entry where school_id = :s order by seq").param("s", school).query(Long.class).list());
        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L);
        assertThat(given.in(school, () -> sql.sql("select count(*) from billing.link l join billing.link n on n.school_id = l.school_id and n.seq = l.seq + 1 where l.school_id = :s and n.previous = l.hash").param("s", school).query(Integer.class).single()))
                .isEqualTo(3);
    }
}
