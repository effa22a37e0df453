package afterbell.day.custody;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A child's afternoons: where it stood at the end of each, how it left, its leave. Chains are ids and instants and stay whole; the words behind them go. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DayRecords implements ChildRecords {
    private static final String SECTION = "custody.copy.section";

    private final JdbcClient sql;

    DayRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record DayOf(LocalDate day, String state, Instant since) {}

    private record LeaveOf(LocalDate fromDay, LocalDate untilDay, String told, boolean withdrawn, Instant at) {}

    private record LateOf(LocalDate day, Instant at) {}

    private record Released(LocalDate day, String kind, Instant at) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(DayOf.class, "select day, state, since from custody.standing where school_id = :s and pupil_id = :p and cardinality(stop_sessions) > 0 order by day", of),
                        d -> new Line(SECTION, "custody.copy.state." + d.state(), List.of(d.day().toString()), d.since())),
                new Part<>(
                        new Question<>(
                                Released.class,
                                "select day, kind, at from custody.event where school_id = :s and pupil_id = :p and kind in ('collected', 'with_line', 'walked_home') order by day, at",
                                of),
                        r -> new Line(SECTION, "custody.copy.release." + r.kind(), List.of(r.day().toString()), r.at())),
                new Part<>(
                        new Question<>(
                                LeaveOf.class,
                                "select from_day, until_day, told, withdrawn_at is not null as withdrawn, said_at as at from custody.leave where school_id = :s and pupil_id = :p order by from_day, leave_id",
                                of),
                        l -> new Line(SECTION, l.withdrawn() ? "custody.copy.leave_withdrawn" : "custody.copy.leave", List.of(l.fromDay().toString(), l.untilDay().toString()), l.at())),
                new Part<>(
                        new Question<>(LateOf.class, "select day, expected_at as at from custody.late_pickup where school_id = :s and pupil_id = :p order by day", of),
                        l -> new Line(SECTION, "custody.copy.late", List.of(l.day().toString()), l.at())));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update custody.reason set person_key = '', sealed = '' where school_id = :s and pupil_id = :p and person_key <> ''").param("s", school).param("p", pupil).update();
    }
}
