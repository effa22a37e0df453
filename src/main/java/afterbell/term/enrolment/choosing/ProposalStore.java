package afterbell.term.enrolment.choosing;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sheets that carers propose. Kept as the fields of the form, because that is what a guardian takes over: the same form, filled in. */
@Component
class ProposalStore {
    private static final int LONGEST = 20_000;

    private final JdbcClient sql;
    private final Questions questions;

    ProposalStore(JdbcClient sql, Questions questions) {
        this.sql = sql;
        this.questions = questions;
    }

    /** Keeps what the carer has filled in so far. @param ready the carer passes it on to the guardians */
    @Transactional
    public void put(UUID school, UUID round, UUID child, UUID account, Map<String, String[]> fields, boolean ready, Instant at) {
        String text = encoded(fields);
        if (text.length() > LONGEST) return;
        sql.sql("""
                insert into enrolment.proposal (school_id, round_id, pupil_id, account_id, fields, ready, made_at) values (:s, :r, :p, :a, :f, :ready, :at)
                on conflict (school_id, round_id, pupil_id, account_id) do update set fields = excluded.fields, ready = excluded.ready, made_at = excluded.made_at, closed_at = null
                """)
                .param("s", school)
                .param("r", round)
                .param("p", child)
                .param("a", account)
                .param("f", text)
                .param("ready", ready)
                .param("at", Timestamp.from(at))
                .update();
    }

    @Transactional(readOnly = true)
    public Optional<Map<String, String[]>> of(UUID school, UUID round, UUID child, UUID account) {
        return sql.sql("select fields from enrolment.proposal where school_id = :s and round_id = :r and pupil_id = :p and account_id = :a and closed_at is null")
                .param("s", school)
                .param("r", round)
                .param("p", child)
                .param("a", account)
                .query(String.class)
                .optional()
                .map(ProposalStore::decoded);
    }

    /** What waits for the guardians of these children, in rounds that still take answers. */
    static Question<ChildrenPage.Open> openOf(Collection<UUID> children, Instant at) {
        return new Question<>(
                ChildrenPage.Open.class,
                """
                select q.round_id as round, q.pupil_id as child, q.account_id as account, coalesce((select min(g.name) from identity.pub_grant g where g.account_id = q.account_id and g.pupil_id = q.pupil_id), '') as name, q.made_at as at
                from enrolment.proposal q join enrolment.round r using (school_id, round_id)
                where q.pupil_id = any(:p) and q.ready and q.closed_at is null and r.state = 'open' and r.closes_at > :at order by q.made_at
                """,
                Map.of("p", children.toArray(UUID[]::new), "at", Timestamp.from(at)));
    }

    @Transactional(readOnly = true)
    public List<ChildrenPage.Open> open(Collection<UUID> children, Instant at) {
        return questions.ask(openOf(children, at));
    }

    /** A guardian has answered: what was proposed before is history. */
    @Transactional
    public void close(UUID school, UUID round, UUID child, Instant at) {
        sql.sql("update enrolment.proposal set closed_at = :at where school_id = :s and round_id = :r and pupil_id = :p and closed_at is null").param("at", Timestamp.from(at)).param("s", school).param("r", round).param("p", child).update();
    }

    private static String encoded(Map<String, String[]> fields) {
        List<String> parts = new ArrayList<>();
        fields.forEach((name, values) -> {
            if (!name.matches("part|waiting|w|n|d[1-7]")) return;
            for (String value : values) parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        return String.join("&", parts);
    }

    private static Map<String, String[]> decoded(String text) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String part : text.split("&")) {
            int eq = part.indexOf('=');
            if (eq > 0) lists.computeIfAbsent(part.substring(0, eq), k -> new ArrayList<>()).add(URLDecoder.decode(part.substring(eq + 1), StandardCharsets.UTF_8));
        }
        Map<String, String[]> fields = new LinkedHashMap<>();
        lists.forEach((name, values) -> fields.put(name, values.toArray(String[]::new)));
        return fields;
    }
}
