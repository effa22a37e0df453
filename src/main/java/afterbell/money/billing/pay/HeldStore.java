package afterbell.money.billing.pay;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who really stood where: sessions by their rolls, other turns by the duty roster. One statement for a span, read week by week inside it: the posts of a day
 * are found from that day's sessions, and a month at once made the database compare each day with every other.
 */
@Component
class HeldStore {
    private static final String ROWS =
            """
            with week as (select generate_series(cast(:from as date), cast(:until as date), interval '7 days')::date as first),
            roll as materialized (
                select f.session_id, f.custodian, count(*) as children, max(f.at) as at
                from custody.pub_fact f
                where f.school_id = :s and f.day between :from and :until and f.kind = 'counted' and f.session_id is not null and f.custodian is not null
                  and not exists (select 1 from custody.pub_fact u where u.school_id = f.school_id and u.day = f.day and u.pupil_id = f.pupil_id and u.kind = 'undone' and u.other_id = f.entry_id
                                  and (u.by = f.by or u.flag))
                group by f.session_id, f.custodian),
            holder as materialized (select distinct on (session_id) session_id, custodian from roll order by session_id, children desc, at desc, custodian),
            post as materialized (
                select x.day, x.kind, x.ref_id, x.staff_id, x.source
                from week w cross join lateral (
                    select p.day, p.kind, p.ref_id, p.staff_id, p.source from duty.pub_post p
                    where p.school_id = :s and p.day between w.first and least(w.first + 6, cast(:until as date)) offset 0) x),
            session as materialized (
                select s.session_id, s.day, s.starts, s.section_id, s.class_id, extract(epoch from s.ends - s.starts)::int / 60 as minutes
                from timetable.pub_session s
                where s.school_id = :s and s.day between :from and :until and s.state <> 'dropped' and (s.day < :today or s.day = :today and s.ends <= cast(:time as time))),
            stand as (
                select coalesce(h.custodian, p.staff_id) as staff, s.day, s.starts, case when s.section_id is null then 'own-class' else 'club' end as work, s.session_id as ref, s.class_id as group_id,
                       s.section_id, s.class_id, s.minutes, coalesce(p.source = 'substitute' or h.custodian is not null and h.custodian <> p.staff_id, false) as stood,
                       case when h.custodian is not null then 'roll' when w.held then 'word' when w.held is not null then 'not' else 'open' end as proof
                from session s
                left join holder h on h.session_id = s.session_id
                left join post p on p.kind = 'session' and p.ref_id = s.session_id
                left join billing.pay_word w on w.school_id = :s and w.session_id = s.session_id
                union all
                select p.staff_id, p.day, null, p.kind, p.ref_id, null, null, case when p.kind = 'class' then p.ref_id end, 0, p.source = 'substitute', 'post'
                from post p where p.kind <> 'session' and p.day < :today)
            select t.staff, t.day, t.starts, t.work, t.ref, t.group_id as "group", coalesce(x.name, c.name, '') as what, t.minutes, t.stood, t.proof
            from stand t
            left join programme.pub_section x on x.school_id = :s and x.section_id = t.section_id
            left join roster.pub_class_ever c on c.school_id = :s and c.class_id = t.class_id
            where cast(:staff as uuid) is null or t.staff = cast(:staff as uuid)
            order by t.day, t.starts nulls first, what, t.ref
            """;

    private final JdbcClient sql;

    HeldStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** How it is known that a session was held. */
    enum Proof {
        /** A roll was called. */
        ROLL,
        /** Finance said that it was held. */
        WORD,
        /** Finance said that it was not. */
        NOT,
        /** Nobody has said anything yet. */
        OPEN,
        /** No session but a turn of the published duty roster. */
        POST
    }

    /** @param staff null where nobody answered for a session and no roll names anybody */
    record Stand(@Nullable UUID staff, LocalDate day, @Nullable LocalTime starts, Work work, @Nullable UUID ref, @Nullable UUID group, String what, int minutes, boolean stood, Proof proof) {

        boolean counts() {
            return staff != null && proof != Proof.NOT && proof != Proof.OPEN;
        }

        Held held() {
            return new Held(java.util.Objects.requireNonNull(staff), day, work, ref, group, what, minutes, stood);
        }
    }

    /** The moment up to which something counts as over. */
    record Now(LocalDate today, LocalTime time) {}

    /** @param until inclusive; @param staff one person, or null for all */
    List<Stand> stands(UUID school, LocalDate from, LocalDate until, Now now, @Nullable UUID staff) {
        return sql.sql(ROWS)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .param("today", now.today())
                .param("time", now.time())
                .param("staff", staff == null ? null : staff.toString())
                .query((r, n) -> new Stand(
                        r.getObject("staff", UUID.class),
                        r.getObject("day", LocalDate.class),
                        r.getObject("starts", LocalTime.class),
                        Work.of(r.getString("work")).orElseThrow(),
                        r.getObject("ref", UUID.class),
                        r.getObject("group", UUID.class),
                        r.getString("what"),
                        r.getInt("minutes"),
                        r.getBoolean("stood"),
                        Proof.valueOf(r.getString("proof").toUpperCase(java.util.Locale.ROOT))))
                .list();
    }
}
