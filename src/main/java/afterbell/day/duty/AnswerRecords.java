package afterbell.day.duty;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a family answered about special days. Ids and times: nothing of it is erased. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AnswerRecords implements ChildRecords {
    private record Answered(LocalDate day, @Nullable String until, Instant at) {
        Line line() {
            return until == null
                    ? new Line("duty.copy.section", "duty.copy.home", List.of(day.toString()), at)
                    : new Line("duty.copy.section", "duty.copy.stays", List.of(day.toString(), until), at);
        }
    }

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of(new Part<>(
                new Question<>(
                        Answered.class,
                        """
                        select s.day, to_char(a.until, 'HH24:MI') as until, a.at from duty.special_answer a join duty.special s on s.school_id = a.school_id and s.special_id = a.special_id
                        where a.school_id = :s and a.pupil_id = :p order by s.day
                        """,
                        Map.of("s", school, "p", pupil)),
                Answered::line));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {}
}
