package afterbell.term.placement.results;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ResultStore {
    private final JdbcClient sql;

    ResultStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param lined whether a line was kept by which the child's family can check its own result */
    record Published(UUID run, UUID round, UUID term, @Nullable Instant objectionsUntil, boolean lined) {}

    Optional<Published> published(UUID school, UUID child) {
        return sql.sql("""
                select r.run_id as run, r.round_id as round, r.term_id as term, r.objections_until,
                       exists (select 1 from placement.family_line f where f.school_id = r.school_id and f.run_id = r.run_id and f.pupil_id = :c) as lined
                from placement.run r where r.school_id = :s and r.state = 'published' order by r.published_at desc limit 1
                """)
                .param("s", school)
                .param("c", child)
                .query(Published.class)
                .optional();
    }

    boolean hasOffer(UUID school, UUID child) {
        return sql.sql("select exists (select 1 from placement.waiting where school_id = :s and pupil_id = :c and state = 'offered')").param("s", school).param("c", child).query(Boolean.class).single();
    }

    record Line(int weekday, int ordinal, LocalTime starts, LocalTime ends, int until, @Nullable String club, @Nullable String room, @Nullable String teacher, boolean fixed, int rank, @Nullable UUID section) {}

    /** The child's week: its band's periods, until when it stays, and the seat that fills a period; one statement. */
    List<Line> week(UUID school, UUID term, UUID round, UUID child) {
        return sql.sql("""
                select l.weekday, l.ordinal, l.starts, l.ends, coalesce(d.until_ordinal, 0) as until, x.name as club, r.name as room,
                       (select string_agg(f.name, ' ' order by t.main desc, f.name) from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                        where t.school_id = x.school_id and t.section_id = x.section_id) as teacher,
                       coalesce(e.source = 'fixed' or x.fixed, false) as fixed, coalesce(e.rank, 0) as rank, e.section_id as section
                from roster.pub_pupil p
                join calendar.pub_band b on b.school_id = p.school_id and b.term_id = :t and b.grade = p.grade
                join calendar.pub_slot l on l.school_id = p.school_id and l.term_id = :t and l.band = b.band
                left join enrolment.pub_sheet_day d on d.school_id = p.school_id and d.round_id = :r and d.pupil_id = p.pupil_id and d.weekday = l.weekday
                left join placement.seat_slot h on h.school_id = p.school_id and h.pupil_id = p.pupil_id and h.slot_id = l.slot_id
                left join placement.pub_seat e on e.school_id = h.school_id and e.seat_id = h.seat_id
                left join programme.pub_section x on x.school_id = e.school_id and x.section_id = e.section_id
                left join schools.pub_room r on r.school_id = x.school_id and r.room_id = x.room_id
                where p.school_id = :s and p.pupil_id = :c
                order by l.weekday, l.ordinal
                """)
                .param("s", school)
                .param("t", term)
                .param("r", round)
                .param("c", child)
                .query(Line.class)
                .list();
    }

    record MissedRow(UUID section, String code, String name, int rank, String reason, String facts, int waiting) {}

    List<MissedRow> missed(UUID school, UUID run, UUID round, UUID child) {
        return sql.sql("""
                select e.section_id as section, x.code, x.name, coalesce((select min(w.rank) from enrolment.pub_wish w where w.school_id = e.school_id and w.round_id = :round and w.pupil_id = e.pupil_id and w.section_id = e.section_id), 0) as rank,
                       e.reason, e.facts::text as facts,
                       case when exists (select 1 from placement.waiting q where q.school_id = e.school_id and q.section_id = e.section_id and q.pupil_id = e.pupil_id and q.state in ('waiting', 'offered'))
                            then placement.waiting_place(e.school_id, e.section_id, e.pupil_id) else 0 end as waiting
                from placement.explanation e join programme.pub_section x using (school_id, section_id)
                where e.school_id = :s and e.run_id = :run and e.pupil_id = :c order by rank, x.code
                """)
                .param("s", school)
                .param("run", run)
                .param("round", round)
                .param("c", child)
                .query(MissedRow.class)
                .list();
    }

    /** What the child's family checks its own line by; empty where the result was published before such lines were kept. */
    Optional<String> line(UUID school, UUID run, UUID child) {
        return sql.sql("select proof::text from placement.family_line where school_id = :s and run_id = :r and pupil_id = :c").param("s", school).param("r", run).param("c", child).query(String.class).optional();
    }

    record Named(String code, String name) {}

    List<Named> names(UUID school, UUID term) {
        return sql.sql("select code, name from programme.pub_section where school_id = :s and term_id = :t").param("s", school).param("t", term).query(Named.class).list();
    }
}
