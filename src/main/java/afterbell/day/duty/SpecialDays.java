package afterbell.day.duty;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Special days and their expected lists, for the rooms that come after. In SQL: {@code duty.pub_expected}. */
@Component
@Transactional(readOnly = true)
public class SpecialDays {
    private final SpecialStore store;
    private final JdbcClient sql;

    SpecialDays(SpecialStore store, JdbcClient sql) {
        this.store = store;
        this.sql = sql;
    }

    /** The question of a day, while it is not withdrawn. */
    public Optional<SpecialDay> on(UUID school, LocalDate day) {
        return store.on(school, day);
    }

    /**
     * A child of a special day.
     *
     * @param leaves when lessons end
     * @param until until when it stays; null: it goes home when lessons end
     * @param answered false where the rules decided
     */
    public record Expected(UUID pupil, LocalTime leaves, @Nullable LocalTime until, boolean answered) {}

    /** The expected list of a special day: every child that the question was about. Empty on other days, on which the timetable says it. */
    public List<Expected> expected(UUID school, LocalDate day) {
        return sql.sql("select pupil_id as pupil, leaves, until, answered from duty.pub_expected where school_id = :s and day = :d").param("s", school).param("d", day).query(Expected.class).list();
    }
}
