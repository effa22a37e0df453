package afterbell.term.programme;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a family said in the survey, and why a child was named for a team: the words go, the count stays. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ProgrammeRecords implements ChildRecords {
    private static final String SECTION = "programme.copy.section";

    private final JdbcClient sql;

    ProgrammeRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record Answered(String missing, Instant at) {}

    private record Team(String name) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(Answered.class, "select missing, answered_at as at from programme.survey_answer where school_id = :s and pupil_id = :p order by answered_at", of),
                        r -> new Line(SECTION, r.missing().isEmpty() ? "programme.copy.survey" : "programme.copy.survey_words", List.of(r.missing()), r.at())),
                new Part<>(
                        new Question<>(Team.class, "select x.name from programme.fixed_member m join programme.section x using (school_id, section_id) where m.school_id = :s and m.pupil_id = :p order by x.name", of),
                        r -> new Line(SECTION, "programme.copy.team", List.of(r.name()), null)));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update programme.survey_answer set missing = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update programme.fixed_member set reason = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
