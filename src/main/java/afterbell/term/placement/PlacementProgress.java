package afterbell.term.placement;

import afterbell.base.calendar.Preparation.Task;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermProgress;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The draw's part of the term's preparation: published or not. */
@Component
class PlacementProgress implements TermProgress {
    private final JdbcClient sql;

    PlacementProgress(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public Map<Task, Step> progress(UUID school, Term term) {
        boolean published = sql.sql("select exists (select 1 from placement.run where school_id = :s and term_id = :t and state = 'published')").param("s", school).param("t", term.id()).query(Boolean.class).single();
        return Map.of(Task.DRAW, Step.of(published, "/draws"));
    }
}
