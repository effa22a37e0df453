package afterbell.base.rules;

import afterbell.base.rules.engine.RuleBook.SchoolChoice;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What schools chose for themselves. */
@Component
@Transactional(readOnly = true)
public class ChoiceStore {
    /** Pack code under which a school's own value shows. */
    public static final String SCHOOL = "SCHOOL";

    private final JdbcClient sql;
    private final Schools schools;

    ChoiceStore(JdbcClient sql, Schools schools) {
        this.sql = sql;
        this.schools = schools;
    }

    School school(UUID school) {
        return schools.get(school);
    }

    Map<Rule<?>, SchoolChoice<?>> choices(UUID school) {
        Map<Rule<?>, SchoolChoice<?>> choices = new HashMap<>();
        sql.sql("select rule, value, set_at from rules.choice where school_id = :s").param("s", school).query((r, n) -> {
                    Optional<Rule<?>> rule = Rule.named(r.getString("rule"));
                    LocalDate since = LocalDate.ofInstant(r.getTimestamp("set_at").toInstant(), Screen.ZONE);
                    // A rule that this release doesn't know any more, or a value it can't read, is as if the school had said nothing.
                    if (rule.isPresent()) choice(rule.get(), r.getString("value"), since).ifPresent(c -> choices.put(rule.get(), c));
                    return r;
                })
                .list();
        return choices;
    }

    /** Writes a value that the caller has found allowed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public <T> void put(UUID school, Rule<T> rule, T value, Instant at, UUID by) {
        sql.sql("""
                insert into rules.choice (school_id, rule, value, set_at, set_by) values (:s, :r, :v, :t, :by)
                on conflict (school_id, rule) do update set value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by
                """)
                .param("s", school)
                .param("r", rule.key())
                .param("v", rule.kind().yaml(value))
                .param("t", Timestamp.from(at))
                .param("by", by)
                .update();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void drop(UUID school, Rule<?> rule) {
        sql.sql("delete from rules.choice where school_id = :s and rule = :r").param("s", school).param("r", rule.key()).update();
    }

    static <T> Optional<SchoolChoice<T>> choice(Rule<T> rule, String text, LocalDate since) {
        return parse(rule, text, new ArrayList<>()).map(value -> new SchoolChoice<>(
                value, new Clause(SCHOOL, "", Bilingual.NONE, Bilingual.NONE, "", Bilingual.NONE, Bilingual.NONE, "", since, null)));
    }

    /** Reads a value written as in a pack. */
    public static <T> Optional<T> parse(Rule<T> rule, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        @Nullable T value = rule.kind().read(YamlTree.parse(rule.key(), "value: " + text, own).only("value").at("value"));
        problems.addAll(own);
        return own.isEmpty() ? Optional.ofNullable(value) : Optional.empty();
    }
}
