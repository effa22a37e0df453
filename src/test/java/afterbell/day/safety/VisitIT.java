package afterbell.day.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R91")
class VisitIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Accounts accounts;

    @Autowired
    Roster roster;

    @Autowired
    Ids ids;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    Colleagues colleagues;
    Colleagues.One guard;
    Colleagues.One host;
    Visitor gate;

    @BeforeEach
    void people() {
        school = given.school();
        colleagues = new Colleagues(given, accounts, roster, ids);
        guard = colleagues.of(school, Role.GUARD);
        host = colleagues.of(school, Role.SERVICE_TEACHER);
        gate = visitors.signedIn(guard.user());
    }

    private Map<String, String> visitor(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("name", "来客王五", "purpose", "parent", "host", host.staff().toString(), "people", "2", "phone", "13800001234", "_key", UUID.randomUUID().toString()));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private static UUID id(String html) {
        Matcher m = Pattern.compile("/visits/([0-9a-f-]{36})").matcher(html);
        assertThat(m.find()).as("a visit on the page").isTrue();
        return UUID.fromString(m.group(1));
    }

    private UUID asked() {
        gate.get("/visits/new");
        assertThat(gate.post("/visits", visitor()).statusCode()).isEqualTo(303);
        return id(gate.get("/visits").body());
    }

    private HttpResponse<String> act(Visitor who, UUID visit, String act) {
        return who.post("/visits/" + visit + act, Map.of("_key", UUID.randomUUID().toString()));
    }

    @Test
    void a_visitor_waits_until_the_host_says_yes_and_is_inside_until_signed_out() {
        UUID visit = asked();
        assertThat(gate.get("/visits").body()).contains("来客王五", "等被访人答复", "校内访客 0 人");
        Visitor colleague = visitors.signedIn(host.user());
        assertThat(colleague.get("/inbox").body()).contains("门口有访客找您");
        assertThat(colleague.get("/visits/" + visit).body()).contains("来客王五", "同意进校");
        assertThat(colleague.post("/visits/" + visit + "/answer", Map.of("answer", "yes", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        assertThat(gate.get("/visits").body()).contains("校内访客 2 人");
        gate.get("/visits");
        assertThat(act(gate, visit, "/leaving").statusCode()).isEqualTo(303);
        assertThat(gate.get("/visits").body()).contains("校内访客 0 人", "已离校");
    }

    @Test
    @Req("R93")
    void a_host_who_says_no_keeps_the_visitor_out() {
        UUID visit = asked();
        Visitor colleague = visitors.signedIn(host.user());
        colleague.get("/visits/" + visit);
        colleague.post("/visits/" + visit + "/answer", Map.of("answer", "no", "_key", UUID.randomUUID().toString()));
        gate.get("/visits");
        HttpResponse<String> late = act(gate, visit, "/entry");
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("刚刚变了");
        assertThat(gate.get("/visits").body()).contains("校内访客 0 人");
    }

    @Test
    void an_announced_visitor_comes_in_with_one_tap() {
        Visitor colleague = visitors.signedIn(host.user());
        colleague.get("/visits/invitations");
        assertThat(colleague.post("/visits/invitations", visitor("day", ledger.today().toString())).statusCode()).isEqualTo(303);
        String page = gate.get("/visits").body();
        assertThat(page).contains("今天预约 1 位");
        assertThat(act(gate, id(page), "/entry").statusCode()).isEqualTo(303);
        assertThat(gate.get("/visits").body()).contains("校内访客 2 人");
    }

    @Test
    void a_double_tap_and_a_replay_let_nobody_in_twice() {
        UUID visit = asked();
        Map<String, String> tap = Map.of("_key", UUID.randomUUID().toString());
        gate.get("/visits");
        assertThat(gate.post("/visits/" + visit + "/entry", tap).statusCode()).isEqualTo(303);
        assertThat(gate.post("/visits/" + visit + "/entry", tap).statusCode()).as("the same command").isEqualTo(303);
        assertThat(act(gate, visit, "/entry").statusCode()).as("another command").isEqualTo(422);
        List<Entry> all = given.in(school, () -> ledger.of(school, Book.VISIT, visit));
        assertThat(all).extracting(Entry::kind).containsExactly("asked", "entered");
        assertThat(Chain.brokenAt(all)).isZero();
    }

    @Test
    void two_guards_at_one_moment_write_one_entry() throws Exception {
        UUID visit = asked();
        Visitor other = visitors.signedIn(colleagues.of(school, Role.GUARD).user());
        other.get("/visits");
        gate.get("/visits");
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> taps = List.of(() -> act(gate, visit, "/entry").statusCode(), () -> act(other, visit, "/entry").statusCode());
            assertThat(both.invokeAll(taps).stream().map(f -> {
                try {
                    return f.get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            })).containsExactlyInAnyOrder(303, 422);
        }
        assertThat(given.in(school, () -> ledger.of(school, Book.VISIT, visit))).hasSize(2);
    }

    @Test
    void wrong_typing_is_refused_at_the_field_and_kept() {
        gate.get("/visits/new");
        HttpResponse<String> no = gate.post("/visits", visitor("name", "", "purpose", "burglary", "host", "nobody", "people", "900", "phone", "call me"));
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("f-name-fault", "f-host-fault", "f-people-fault", "f-phone-fault", "call me");
        assertThat(gate.get("/visits").body()).contains("现在没有访客");
    }

    @Test
    void a_colleague_who_is_not_the_host_and_another_school_find_nothing() {
        UUID visit = asked();
        Visitor stranger = visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user());
        assertThat(stranger.get("/visits/" + visit).statusCode()).isEqualTo(404);
        assertThat(stranger.post("/visits/" + visit + "/answer", Map.of("answer", "yes", "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(404);
        UUID elsewhere = given.school();
        Visitor abroad = visitors.signedIn(colleagues.of(elsewhere, Role.GUARD).user());
        assertThat(abroad.get("/visits/" + visit).statusCode()).isEqualTo(404);
        assertThat(act(abroad, visit, "/entry").statusCode()).isEqualTo(404);
        assertThatThrownBy(() -> given.in(elsewhere, () -> ledger.of(school, Book.VISIT, visit))).isInstanceOf(NotFound.class);
    }

    @Test
    @Req("P10")
    void a_family_reads_nothing_of_the_gate() {
        asked();
        List<Integer> seen = given.within(Scope.family(UUID.randomUUID(), List.of(school), List.of()), () -> List.of(count("safety.event"), count("safety.words"), count("safety.guidance")));
        assertThat(seen).containsExactly(0, 0, 0);
    }

    private int count(String table) {
        return sql.sql("select count(*) from " + table + " where school_id = :s").param("s", school).query(Integer.class).single();
    }

    @Test
    void names_and_telephones_are_sealed_and_erased_without_breaking_the_chain() {
        UUID visit = asked();
        List<String> plain = given.in(school, () -> sql.sql("select facts::text || coalesce(words_hash, '') from safety.event where school_id = :s").param("s", school).query(String.class).list());
        assertThat(plain).noneMatch(t -> t.contains("王五") || t.contains("13800001234"));
        assertThat(gate.get("/visits/" + visit).body()).contains("138****1234").doesNotContain("13800001234");
        assertThat(gate.post("/visits/" + visit + "/phone", Map.of()).body()).contains("13800001234");
        int erased = given.in(school, () -> ledger.forgetWords(school, Book.VISIT, ledger.today().plusDays(1)));
        assertThat(erased).isEqualTo(1);
        assertThat(gate.get("/visits/" + visit).body()).contains("个人信息已到期删除").doesNotContain("王五");
        assertThat(Chain.brokenAt(given.in(school, () -> ledger.of(school, Book.VISIT, visit)))).isZero();
    }

    @Test
    void the_record_cannot_be_changed_by_the_application() {
        asked();
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("update safety.event set kind = 'left' where school_id = :s").param("s", school).update())).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("delete from safety.event where school_id = :s").param("s", school).update())).isInstanceOf(DataAccessException.class);
    }
}
