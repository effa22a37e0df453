package afterbell.base.shared.db;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Asks several questions in one statement: a page may cost six, and one that shows a whole plan has more lists than that to read. */
@Component
public final class Questions {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final JdbcClient sql;

    Questions(JdbcClient sql) {
        this.sql = sql;
    }

    /** What came back; knows the questions that were asked and no others. */
    public static final class Answers {
        private final Map<Question<?>, List<?>> all = new IdentityHashMap<>();

        @SuppressWarnings("unchecked")
        public <T> List<T> of(Question<T> question) {
            return (List<T>) Objects.requireNonNull(all.get(question), "this was not asked");
        }

        /** The only row of a question that has one at most. */
        public <T> Optional<T> one(Question<T> question) {
            List<T> rows = of(question);
            if (rows.size() > 1) throw new IllegalStateException("one row was expected");
            return rows.stream().findFirst();
        }
    }

    /** One question alone. */
    public <T> List<T> ask(Question<T> question) {
        return ask(new Question<?>[] {question}).of(question);
    }

    /** All of them in one statement, in the caller's scope. */
    public Answers ask(Question<?>... questions) {
        Map<String, Object> values = new HashMap<>();
        StringJoiner lists = new StringJoiner(",\n", "select ", "");
        for (int i = 0; i < questions.length; i++) lists.add("(select json_agg(q) from (" + withOwnNames(questions[i], "q" + i + "_", values) + ") q)");
        return sql.sql(lists.toString())
                .params(values)
                .query((r, n) -> {
                    Answers answers = new Answers();
                    for (int i = 0; i < questions.length; i++) answers.all.put(questions[i], rows(questions[i], r.getString(i + 1)));
                    return answers;
                })
                .single();
    }

    // The same name may mean something else to another question.
    private static String withOwnNames(Question<?> question, String prefix, Map<String, Object> values) {
        String own = question.sql();
        for (Map.Entry<String, Object> value : question.values().entrySet()) {
            own = own.replaceAll("(?<![:\\w]):" + value.getKey() + "\\b", ":" + prefix + value.getKey());
            values.put(prefix + value.getKey(), value.getValue());
        }
        return own;
    }

    private static <T> List<T> rows(Question<T> question, @Nullable String json) {
        return json == null ? List.of() : JSON.readValue(json, JSON.getTypeFactory().constructCollectionType(List.class, question.row()));
    }
}
