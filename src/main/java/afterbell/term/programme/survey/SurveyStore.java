package afterbell.term.programme.survey;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SurveyStore {
    private final JdbcClient sql;
    private final NamedParameterJdbcOperations many;

    SurveyStore(JdbcClient sql, NamedParameterJdbcOperations many) {
        this.sql = sql;
        this.many = many;
    }

    Optional<Survey> of(UUID school, UUID term) {
        return sql.sql("select survey_id, term_id, state, closes_on from programme.survey where school_id = :s and term_id = :t")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> new Survey(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3).equals("open"), r.getObject(4, LocalDate.class), items(school, r.getObject(1, UUID.class))))
                .optional();
    }

    private List<Survey.Item> items(UUID school, UUID survey) {
        return sql.sql("select item_id as id, name, domain from programme.survey_item where school_id = :s and survey_id = :v order by ordinal").param("s", school).param("v", survey).query(Survey.Item.class).list();
    }

    void put(UUID school, Survey survey, Instant at) {
        sql.sql("""
                insert into programme.survey (school_id, survey_id, term_id, state, closes_on, opened_at) values (:s, :v, :t, :state, :closes, :at)
                on conflict (school_id, survey_id) do update set state = excluded.state, closes_on = excluded.closes_on
                """)
                .param("s", school)
                .param("v", survey.id())
                .param("t", survey.term())
                .param("state", survey.open() ? "open" : "closed")
                .param("closes", survey.closesOn())
                .param("at", Timestamp.from(at))
                .update();
        int[] ordinal = {0};
        many.batchUpdate(
                "insert into programme.survey_item (school_id, survey_id, item_id, ordinal, name, domain) values (:s, :v, :id, :n, :name, :domain) on conflict do nothing",
                survey.items().stream()
                        .map(i -> row(school, survey.id()).addValue("id", i.id()).addValue("n", ++ordinal[0]).addValue("name", i.name()).addValue("domain", i.domain()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    void close(UUID school, UUID survey) {
        sql.sql("update programme.survey set state = 'closed' where school_id = :s and survey_id = :v").param("s", school).param("v", survey).update();
    }

    /** One line of the result. @param childrenOfLow those of grades 1 and 2 among them */
    record Count(String name, String domain, int children, int grades) {}

    /** What was ticked how often, the most wished first. */
    List<Count> counts(UUID school, UUID survey) {
        return sql.sql("""
                select i.name, i.domain, count(t.pupil_id)::int as children, count(distinct p.grade)::int as grades
                from programme.survey_item i
                left join programme.survey_tick t using (school_id, survey_id, item_id)
                left join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                where i.school_id = :s and i.survey_id = :v group by i.name, i.domain, i.ordinal order by children desc, i.ordinal
                """)
                .param("s", school)
                .param("v", survey)
                .query(Count.class)
                .list();
    }

    /** What families missed in the list, without whose word it was. */
    List<String> missed(UUID school, UUID survey) {
        return sql.sql("select distinct missing from programme.survey_answer where school_id = :s and survey_id = :v and missing <> '' order by missing limit 200").param("s", school).param("v", survey).query(String.class).list();
    }

    /** How many children were answered for, and how many there are. */
    record Reached(int answered, int pupils) {}

    Reached reached(UUID school, UUID survey) {
        return sql.sql("""
                select (select count(*)::int from programme.survey_answer where school_id = :s and survey_id = :v) as answered,
                       (select count(*)::int from roster.pub_pupil where school_id = :s) as pupils
                """)
                .param("s", school)
                .param("v", survey)
                .query(Reached.class)
                .single();
    }

    Set<UUID> ticked(UUID school, UUID survey, UUID pupil) {
        return new HashSet<>(sql.sql("select item_id from programme.survey_tick where school_id = :s and survey_id = :v and pupil_id = :p").param("s", school).param("v", survey).param("p", pupil).query(UUID.class).list());
    }

    /** What the family missed; empty where it has not answered. */
    Optional<String> answered(UUID school, UUID survey, UUID pupil) {
        return sql.sql("select missing from programme.survey_answer where school_id = :s and survey_id = :v and pupil_id = :p").param("s", school).param("v", survey).param("p", pupil).query(String.class).optional();
    }

    void answer(UUID school, UUID survey, UUID pupil, Collection<UUID> ticks, String missing, Instant at) {
        sql.sql("""
                insert into programme.survey_answer (school_id, survey_id, pupil_id, missing, answered_at) values (:s, :v, :p, :missing, :at)
                on conflict (school_id, survey_id, pupil_id) do update set missing = excluded.missing, answered_at = excluded.answered_at
                """)
                .param("s", school)
                .param("v", survey)
                .param("p", pupil)
                .param("missing", missing)
                .param("at", Timestamp.from(at))
                .update();
        sql.sql("delete from programme.survey_tick where school_id = :s and survey_id = :v and pupil_id = :p").param("s", school).param("v", survey).param("p", pupil).update();
        many.batchUpdate(
                "insert into programme.survey_tick (school_id, survey_id, pupil_id, item_id) values (:s, :v, :p, :item)",
                ticks.stream().map(item -> row(school, survey).addValue("p", pupil).addValue("item", item)).toArray(MapSqlParameterSource[]::new));
    }

    private static MapSqlParameterSource row(UUID school, UUID survey) {
        return new MapSqlParameterSource("s", school).addValue("v", survey);
    }
}
