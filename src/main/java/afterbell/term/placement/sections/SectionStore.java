package afterbell.term.placement.sections;

import afterbell.base.shared.NotFound;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SectionStore {
    private static final String SECTION = """
            select c.section_id as id, x.code, x.name, c.capacity, c.over, c.taken, c.held, c.version, c.state = 'running' as running, x.min_size, x.fixed, c.opens_at, c.closes_at,
                   (select count(*)::int from placement.waiting w where w.school_id = c.school_id and w.section_id = c.section_id and w.state = 'waiting') as waiting,
                   (select count(*)::int from placement.by_hand h where h.school_id = c.school_id and h.section_id = c.section_id) as by_hand
            from placement.section_seats c join programme.pub_section x on x.school_id = c.school_id and x.section_id = c.section_id
            """;
    private final JdbcClient sql;

    SectionStore(JdbcClient sql) {
        this.sql = sql;
    }

    record SectionRow(
            UUID id, String code, String name, int capacity, int over, int taken, int held, long version, boolean running, int minSize, boolean fixed, @Nullable Instant opensAt, @Nullable Instant closesAt, int waiting, int byHand) {}

    List<SectionRow> sections(UUID school, UUID term) {
        return sql.sql(SECTION + "where c.school_id = :s and c.term_id = :t order by x.code").param("s", school).param("t", term).query(SectionRow.class).list();
    }

    SectionRow section(UUID school, UUID section) {
        return sql.sql(SECTION + "where c.school_id = :s and c.section_id = :x").param("s", school).param("x", section).query(SectionRow.class).optional().orElseThrow(NotFound::new);
    }

    record MemberRow(UUID seat, UUID pupil, UUID section, String name, String className, int grade, int rank, String source, LocalDate fromDay) {}

    List<MemberRow> members(UUID school, List<UUID> sections) {
        if (sections.isEmpty()) return List.of();
        return sql.sql("""
                select e.seat_id as seat, e.pupil_id as pupil, e.section_id as section, p.name, p.class_name, p.grade, e.rank, e.source, e.from_day
                from placement.seat e join roster.pub_pupil p on p.school_id = e.school_id and p.pupil_id = e.pupil_id
                where e.school_id = :s and e.section_id = any(:x) and e.ended_at is null order by p.grade, p.class_number, p.initials
                """)
                .param("s", school)
                .param("x", sections.toArray(UUID[]::new))
                .query(MemberRow.class)
                .list();
    }

    record WaitingRow(UUID id, UUID pupil, String name, String className, long placeKey, boolean late, String mode, Instant since, String state, @Nullable Instant heldUntil, @Nullable Instant endedAt) {}

    /** Everybody who ever waited, in the order of the list. */
    List<WaitingRow> waiting(UUID school, UUID section) {
        return sql.sql("""
                select w.waiting_id as id, w.pupil_id as pupil, p.name, p.class_name, w.place_key, w.late, w.mode, w.since, w.state, w.held_until, w.ended_at
                from placement.waiting w join roster.pub_pupil p on p.school_id = w.school_id and p.pupil_id = w.pupil_id
                where w.school_id = :s and w.section_id = :x order by w.place_key, w.waiting_id
                """)
                .param("s", school)
                .param("x", section)
                .query(WaitingRow.class)
                .list();
    }

    /** Sections that meet on a weekday. */
    List<UUID> onDay(UUID school, UUID term, int weekday) {
        return sql.sql("""
                select distinct t.section_id from placement.section_slot t join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id
                join placement.section_seats c on c.school_id = t.school_id and c.section_id = t.section_id
                where t.school_id = :s and c.term_id = :t and l.weekday = :d and c.state = 'running'
                """)
                .param("s", school)
                .param("t", term)
                .param("d", weekday)
                .query(UUID.class)
                .list();
    }

    List<Integer> days(UUID school, UUID term) {
        return sql.sql("""
                select distinct l.weekday from placement.section_slot t join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id
                join placement.section_seats c on c.school_id = t.school_id and c.section_id = t.section_id
                where t.school_id = :s and c.term_id = :t and c.state = 'running' order by 1
                """)
                .param("s", school)
                .param("t", term)
                .query(Integer.class)
                .list();
    }

    record RankRow(UUID pupil, UUID section, int rank) {}

    /** What the families of these children wished in the term's closed rounds. */
    List<RankRow> ranks(UUID school, UUID term, List<UUID> pupils) {
        if (pupils.isEmpty()) return List.of();
        return sql.sql("""
                select w.pupil_id as pupil, w.section_id as section, min(w.rank) as rank
                from enrolment.pub_wish w join enrolment.pub_round r on r.school_id = w.school_id and r.round_id = w.round_id
                where w.school_id = :s and r.term_id = :t and r.state = 'closed' and w.pupil_id = any(:p) group by 1, 2
                """)
                .param("s", school)
                .param("t", term)
                .param("p", pupils.toArray(UUID[]::new))
                .query(RankRow.class)
                .list();
    }

    void byHand(UUID school, UUID seat, UUID section, UUID pupil, String kind, String reason, boolean overLimit, UUID by, Instant at) {
        sql.sql("""
                insert into placement.by_hand (school_id, seat_id, section_id, pupil_id, kind, reason, over_limit, by_account, at)
                values (:s, :seat, :x, :p, :k, :r, :o, :by, :at)
                """)
                .param("s", school)
                .param("seat", seat)
                .param("x", section)
                .param("p", pupil)
                .param("k", kind)
                .param("r", reason)
                .param("o", overLimit)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** From when to when seats of a term's running sections go by time; nulls switch it off. Teams have no such seats. */
    void rush(UUID school, UUID term, @Nullable Instant opens, @Nullable Instant closes) {
        sql.sql("""
                update placement.section_seats c set opens_at = :a, closes_at = :b
                where c.school_id = :s and c.term_id = :t and c.state = 'running'
                  and not exists (select 1 from programme.pub_section x where x.school_id = c.school_id and x.section_id = c.section_id and x.fixed)
                """)
                .param("a", opens == null ? null : Timestamp.from(opens), Types.TIMESTAMP)
                .param("b", closes == null ? null : Timestamp.from(closes), Types.TIMESTAMP)
                .param("s", school)
                .param("t", term)
                .update();
    }
}
