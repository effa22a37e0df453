package afterbell.day.safety;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.text.DataFile;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Emergency plans and checklists: shipped as data, and as the school has changed them. Every version is kept. */
@Component
@Transactional(readOnly = true)
public class Guidance {
    private static final List<Check> CHECKS = DataFile.load("safety/checks.yaml").list().stream().map(Guidance::check).toList();
    private static final List<Plan> PLANS = DataFile.load("safety/plans.yaml").list().stream().map(Guidance::plan).toList();

    private final JdbcClient sql;
    private final JsonMapper json;
    private final Clock clock;

    Guidance(JdbcClient sql, JsonMapper json, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    private static Said said(DataFile node) {
        return new Said(node.text("zh"), node.text("en"));
    }

    private static Check check(DataFile c) {
        return new Check(c.text("key"), said(c.at("name")), c.number("every"), c.number("mend"), c.at("items").list().stream().map(Guidance::said).toList(), 0);
    }

    private static Plan plan(DataFile p) {
        return new Plan(
                p.text("key"),
                said(p.at("name")),
                p.flag("headcount"),
                p.at("calls").list().stream().map(c -> new Plan.Call(said(c), c.text("number"))).toList(),
                p.at("steps").list().stream().map(s -> new Plan.Step(s.number("minute"), said(s.at("who")), said(s))).toList(),
                said(p.at("guardians").at("title")),
                said(p.at("guardians").at("text")),
                0);
    }

    public List<Check> checks(UUID school) {
        Map<String, Own> own = newest(school, "check/%");
        List<Check> all = new ArrayList<>();
        for (Check c : CHECKS) {
            Own o = own.get("check/" + c.key());
            if (o == null) all.add(c);
            else {
                OwnCheck w = json.readValue(o.content(), OwnCheck.class);
                all.add(new Check(c.key(), c.name(), w.every(), w.mend(), w.items().stream().map(Said::own).toList(), o.version()));
            }
        }
        return all;
    }

    public Check check(UUID school, String key) {
        return checks(school).stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow(NotFound::new);
    }

    public List<Plan> plans(UUID school) {
        Map<String, Own> own = newest(school, "plan/%");
        List<Plan> all = new ArrayList<>();
        for (Plan p : PLANS) {
            Own o = own.get("plan/" + p.key());
            all.add(o == null ? p : written(p, o));
        }
        return all;
    }

    public Plan plan(UUID school, String key) {
        return plans(school).stream().filter(p -> p.key().equals(key)).findFirst().orElseThrow(NotFound::new);
    }

    /** A plan as it was when an incident was opened. */
    public Plan plan(UUID school, String key, int version) {
        Plan shipped = PLANS.stream().filter(p -> p.key().equals(key)).findFirst().orElseThrow(NotFound::new);
        if (version == 0) return shipped;
        return sql.sql("select name, version, content from safety.guidance where school_id = :s and name = :n and version = :v")
                .param("s", school)
                .param("n", "plan/" + key)
                .param("v", version)
                .query(Own.class)
                .optional()
                .map(o -> written(shipped, o))
                .orElseThrow(NotFound::new);
    }

    private Plan written(Plan shipped, Own own) {
        OwnPlan w = json.readValue(own.content(), OwnPlan.class);
        return new Plan(
                shipped.key(),
                shipped.name(),
                w.headcount(),
                w.calls().stream().map(c -> new Plan.Call(Said.own(c.name()), c.number())).toList(),
                w.steps().stream().map(s -> new Plan.Step(s.minute(), Said.own(s.who()), Said.own(s.what()))).toList(),
                Said.own(w.title()),
                Said.own(w.text()),
                own.version());
    }

    record Own(String name, int version, String content) {}

    record OwnCheck(int every, int mend, List<String> items) {}

    record OwnCall(String name, String number) {}

    record OwnStep(int minute, String who, String what) {}

    record OwnPlan(boolean headcount, List<OwnCall> calls, List<OwnStep> steps, String title, String text) {}

    private Map<String, Own> newest(UUID school, String names) {
        Map<String, Own> all = new HashMap<>();
        sql.sql("select distinct on (name) name, version, content from safety.guidance where school_id = :s and name like :n order by name, version desc")
                .param("s", school)
                .param("n", names)
                .query(Own.class)
                .list()
                .forEach(o -> all.put(o.name(), o));
        return all;
    }

    /** The school's own checklist from now on. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int put(UUID school, UUID by, String key, int every, int mend, List<String> items) {
        check(school, key);
        return add(school, by, "check/" + key, json.writeValueAsString(new OwnCheck(every, mend, items)));
    }

    /** The school's own plan for incidents opened from now on; texts as the school wrote them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int put(UUID school, UUID by, Plan plan) {
        plan(school, plan.key());
        OwnPlan own = new OwnPlan(
                plan.headcount(),
                plan.calls().stream().map(c -> new OwnCall(c.name().zh(), c.number())).toList(),
                plan.steps().stream().map(s -> new OwnStep(s.minute(), s.who().zh(), s.what().zh())).toList(),
                plan.title().zh(),
                plan.text().zh());
        return add(school, by, "plan/" + plan.key(), json.writeValueAsString(own));
    }

    private int add(UUID school, UUID by, String name, String content) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "safety/" + school + name).query((r, n) -> 0).single();
        int version = 1 + sql.sql("select coalesce(max(version), 0) from safety.guidance where school_id = :s and name = :n").param("s", school).param("n", name).query(Integer.class).single();
        sql.sql("insert into safety.guidance (school_id, name, version, content, by_account, at) values (:s, :n, :v, :c, :by, :at)")
                .param("s", school)
                .param("n", name)
                .param("v", version)
                .param("c", content)
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return version;
    }
}
