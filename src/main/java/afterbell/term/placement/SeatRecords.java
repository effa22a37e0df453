package afterbell.term.placement;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a child got. Seats and draws are ids and days: they verify for ever, and nothing of them is erased. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SeatRecords implements ChildRecords {
    private record Held(String name, LocalDate fromDay, @Nullable LocalDate untilDay) {
        Line line() {
            return untilDay == null
                    ? new Line("placement.copy.section", "placement.copy.seat", List.of(name, fromDay.toString()), null)
                    : new Line("placement.copy.section", "placement.copy.seat_until", List.of(name, fromDay.toString(), untilDay.toString()), null);
        }
    }

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of(new Part<>(
                new Question<>(
                        Held.class,
                        """
                        select x.name, s.from_day, s.until_day from placement.pub_seat s join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
                        where s.school_id = :s and s.pupil_id = :p order by s.from_day, x.name
                        """,
                        Map.of("s", school, "p", pupil)),
                Held::line));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {}
}
