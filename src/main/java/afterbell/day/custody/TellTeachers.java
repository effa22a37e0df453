package afterbell.day.custody;

import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a family says of this afternoon is told at once to whoever has the child now or will have it, and to its class teacher (R83, R86). The notice names the
 * class alone; whose child it is stands on their own pages.
 */
@Component
class TellTeachers {
    private final JdbcClient sql;
    private final Notices notices;
    private final Clock clock;

    TellTeachers(JdbcClient sql, Notices notices, Clock clock) {
        this.sql = sql;
        this.notices = notices;
        this.clock = clock;
    }

    private record Told(UUID account, String className) {}

    /** @param by who said so, who needs no notice */
    @Transactional(propagation = Propagation.MANDATORY)
    void ofLeave(UUID school, LocalDate day, UUID pupil, UUID leave, UUID by) {
        tell(school, day, pupil, by, "custody.leave_told", "custody.notice.leave_told", null, "leave/" + leave + "/" + day);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void ofLate(UUID school, LocalDate day, UUID pupil, Instant expected, UUID by) {
        tell(school, day, pupil, by, "custody.late_told", "custody.notice.late_told", expected, "late/" + pupil + "/" + expected);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void ofInTime(UUID school, LocalDate day, UUID pupil, UUID by) {
        tell(school, day, pupil, by, "custody.late_told", "custody.notice.in_time", null, "in-time/" + pupil + "/" + clock.instant());
    }

    private void tell(UUID school, LocalDate day, UUID pupil, UUID by, String kind, String words, @org.jspecify.annotations.Nullable Instant expected, String once) {
        List<Told> told = sql.sql("""
                select distinct f.account_id as account, c.name as class_name
                from custody.standing g
                join roster.pub_class c on c.school_id = g.school_id and c.class_id = g.class_id
                join roster.pub_staff f on f.school_id = g.school_id and f.account_id is not null
                where g.school_id = :s and g.day = :d and g.pupil_id = :p and f.account_id <> :by
                  and (f.staff_id in (g.custodian, g.class_teacher)
                       or exists (select 1 from unnest(g.stop_custodians, g.stop_ends) as x (custodian, ends) where x.custodian = f.staff_id and x.ends > :now)
                       or exists (select 1 from roster.pub_class_teacher t where t.school_id = g.school_id and t.class_id = g.class_id and t.staff_id = f.staff_id))
                """)
                .param("s", school)
                .param("d", day)
                .param("p", pupil)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .query(Told.class)
                .list();
        if (told.isEmpty()) return;
        Set<UUID> people = new HashSet<>();
        told.forEach(t -> people.add(t.account()));
        String className = told.getFirst().className();
        Words said = expected == null ? Words.of(words, className) : Words.of(words, className, expected.atZone(afterbell.base.shared.web.Screen.ZONE).toLocalTime().toString());
        notices.tell(new NewNotice(school, kind, said, "/afternoon", new Audience.People(people)).urgently().about(pupil).once(once));
    }
}
