package afterbell.base.roster.standings;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets a second person confirm what one has entered; the table itself refuses one person in both parts. */
@Component
class ConfirmStandings {
    private final JdbcClient sql;
    private final Audit audit;
    private final Clock clock;

    ConfirmStandings(JdbcClient sql, Audit audit, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public StandingsPage page(Wearer me, List<Refusal> refusals) {
        List<StandingsPage.Line> lines = sql.sql("""
                select s.standing_id, p.name, p.class_name, s.category, s.valid_from, s.valid_to, s.entered_by, s.confirmed_by is not null or s.entered_by is null
                from roster.standing s join roster.pub_pupil p using (school_id, pupil_id)
                where s.school_id = :s and s.ended_by is null order by p.grade, p.class_number, p.initials, p.pupil_id, s.category
                """)
                .param("s", me.school())
                .query((r, n) -> new StandingsPage.Line(
                        r.getObject(1, UUID.class), r.getString(2), r.getString(3), r.getString(4), r.getObject(5, LocalDate.class), r.getObject(6, LocalDate.class), r.getObject(7, UUID.class), r.getBoolean(8)))
                .list();
        return new StandingsPage(me.account(), me.is(Role.OFFICE), lines.stream().filter(line -> !line.confirmed()).toList(), lines.stream().filter(StandingsPage.Line::confirmed).toList(), refusals);
    }

    /** Answers how many were confirmed; unknown ones and one's own are passed over. */
    @Transactional
    public int confirm(Wearer me, List<UUID> standings) {
        if (standings.isEmpty()) return 0;
        int confirmed = sql.sql("""
                update roster.standing set confirmed_by = :me, confirmed_at = :now
                where school_id = :s and standing_id in (:ids) and confirmed_by is null and ended_by is null and entered_by is distinct from :me
                """)
                .param("me", me.account())
                .param("now", Timestamp.from(clock.instant()))
                .param("s", me.school())
                .param("ids", standings)
                .update();
        if (confirmed > 0) audit.record(me.school(), "roster.standings_confirmed", "school", me.school(), Map.of("count", confirmed));
        return confirmed;
    }

    @Transactional
    public void end(Wearer me, UUID standing) {
        int ended = sql.sql("update roster.standing set ended_by = :me, ended_at = :now where school_id = :s and standing_id = :id and ended_by is null")
                .param("me", me.account())
                .param("now", Timestamp.from(clock.instant()))
                .param("s", me.school())
                .param("id", standing)
                .update();
        if (ended == 0) throw new NotFound();
        audit.record(me.school(), "roster.standing_ended", "standing", standing, Map.of());
    }
}
