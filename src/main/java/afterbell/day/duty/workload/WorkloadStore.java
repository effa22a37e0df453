package afterbell.day.duty.workload;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much each person did, by the posts answered for (R76). */
@Component
class WorkloadStore {
    private final JdbcClient sql;

    WorkloadStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * A person's month.
     *
     * @param minutes of sessions, by the clock
     * @param stood posts taken over from somebody who couldn't come
     * @param given posts that somebody else took over
     */
    record Load(
            UUID staff, String name, String subject, int turns, int minutes, int leader, int admin, int classes, int sessions, int late, int gate, int patrol, int stood, int given) {

        int of(String kind) {
            return switch (kind) {
                case "leader" -> leader;
                case "admin" -> admin;
                case "class" -> classes;
                case "session" -> sessions;
                case "late" -> late;
                case "gate" -> gate;
                default -> patrol;
            };
        }
    }

    /** @param until inclusive */
    List<Load> month(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                with post as materialized (select staff_id, kind, source, starts, ends from duty.pub_post where school_id = :s and day between :from and :until),
                given as materialized (
                    select a.staff_id, count(*)::int as n from duty.absence a
                    where a.school_id = :s and a.day between :from and :until and a.withdrawn_at is null and a.kind is not null group by a.staff_id)
                select f.staff_id as staff, f.name, f.subject, count(p.staff_id)::int as turns,
                       coalesce(sum(extract(epoch from p.ends - p.starts) / 60), 0)::int as minutes,
                       (count(*) filter (where p.kind = 'leader'))::int as leader, (count(*) filter (where p.kind = 'admin'))::int as admin,
                       (count(*) filter (where p.kind = 'class'))::int as classes, (count(*) filter (where p.kind = 'session'))::int as sessions,
                       (count(*) filter (where p.kind = 'late'))::int as late, (count(*) filter (where p.kind = 'gate'))::int as gate,
                       (count(*) filter (where p.kind = 'patrol'))::int as patrol, (count(*) filter (where p.source = 'substitute'))::int as stood,
                       coalesce(max(g.n), 0) as given
                from roster.pub_staff f
                left join post p on p.staff_id = f.staff_id
                left join given g on g.staff_id = f.staff_id
                where f.school_id = :s and f.kind <> 'outside'
                group by f.school_id, f.staff_id, f.name, f.subject, f.initials
                having count(p.staff_id) > 0 or coalesce(max(g.n), 0) > 0
                order by minutes desc, turns desc, f.initials, f.staff_id
                """)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query(Load.class)
                .list();
    }
}
