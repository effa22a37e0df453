package afterbell.term.programme;

import afterbell.base.roster.ChildRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    @Override
    public List<Line> copy(UUID school, UUID pupil) {
        List<Line> lines = new ArrayList<>(sql.sql("select missing, answered_at from programme.survey_answer where school_id = :s and pupil_id = :p order by answered_at")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Line(SECTION, r.getString(1).isEmpty() ? "programme.copy.survey" : "programme.copy.survey_words", List.of(r.getString(1)), r.getTimestamp(2).toInstant()))
                .list());
        lines.addAll(sql.sql("select x.name from programme.fixed_member m join programme.section x using (school_id, section_id) where m.school_id = :s and m.pupil_id = :p order by x.name")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Line(SECTION, "programme.copy.team", List.of(r.getString(1)), null))
                .list());
        return lines;
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update programme.survey_answer set missing = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update programme.fixed_member set reason = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
