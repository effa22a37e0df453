package afterbell.day.dismissal;

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

/**
 * How a child goes home: its buses, the cards and codes of its people, the calls that were made while it waited. Who asked for it without being on its list is
 * for the duty leader alone, so in no family's copy; erasing the child takes those names, the stops and the secrets away.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LeavingRecords implements ChildRecords {
    private static final String SECTION = "dismissal.copy.section";

    private final JdbcClient sql;

    LeavingRecords(JdbcClient sql) {
        this.sql = sql;
    }

    private record RidesOf(String name, String stop, boolean over, Instant at) {}

    private record PassOf(String kind, boolean revoked, Instant at) {}

    private record CallOf(boolean reached, Instant at) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(
                                RidesOf.class,
                                """
                                select k.name, r.stop, r.ended_at is not null as over, r.agreed_at as at from dismissal.rider r
                                join dismissal.keeper k on k.school_id = r.school_id and k.keeper_id = r.keeper_id where r.school_id = :s and r.pupil_id = :p order by r.agreed_at
                                """,
                                of),
                        r -> new Line(SECTION, r.over() ? "dismissal.copy.bus_over" : "dismissal.copy.bus", List.of(r.name(), r.stop()), r.at())),
                new Part<>(
                        new Question<>(PassOf.class, "select kind, revoked_at is not null as revoked, made_at as at from dismissal.pass where school_id = :s and pupil_id = :p order by made_at", of),
                        p -> new Line(SECTION, "dismissal.copy." + p.kind() + (p.revoked() ? "_revoked" : ""), List.of(), p.at())),
                new Part<>(
                        new Question<>(CallOf.class, "select reached, at from dismissal.late_call where school_id = :s and pupil_id = :p order by at", of),
                        c -> new Line(SECTION, c.reached() ? "dismissal.copy.called" : "dismissal.copy.called_in_vain", List.of(), c.at())));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("update dismissal.stranger set person_key = '', name_sealed = '' where school_id = :s and pupil_id = :p and person_key <> ''").param("s", school).param("p", pupil).update();
        sql.sql("update dismissal.rider set stop = '' where school_id = :s and pupil_id = :p and stop <> ''").param("s", school).param("p", pupil).update();
        sql.sql("update dismissal.pass set person_key = '', secret_sealed = '' where school_id = :s and pupil_id = :p and person_key <> ''").param("s", school).param("p", pupil).update();
    }
}
