-- Who stands in a class's room is looked up for each session, by the key; the joins in one were read by the database from the staff's side, once for each member.
create or replace view duty.answering with (security_invoker = true) as
select q.school_id, q.day, q.kind, q.ref_id, q.room_id, q.starts, q.ends,
       coalesce(x.staff_id, q.derived) as staff_id,
       case when x.staff_id is not null then x.source when q.derived is not null then q.how end as source
from (
    select d.school_id, d.day, o.kind, null::uuid as ref_id, case o.kind when 'late' then g.late_room end as room_id, null::time as starts, null::time as ends,
           case when o.kind = 'leader' then (
               select f.staff_id from roster.pub_staff f
               where f.school_id = d.school_id and f.staff_id = g.leader_id and f.kind <> 'outside'
                 and not exists (select 1 from duty.absence a where a.school_id = d.school_id and a.day = d.day and a.staff_id = f.staff_id and a.withdrawn_at is null and (a.kind is null or a.kind = 'leader'))) end as derived,
           'standing' as how
    from (select school_id, day from timetable.pub_session where state <> 'dropped' union select school_id, day from duty.post) d
    cross join (values ('leader'), ('late')) as o(kind)
    left join duty.setting g on g.school_id = d.school_id
    union all
    select d.school_id, d.day, 'gate', g.gate_id, null, null, null, null, ''
    from (select school_id, day from timetable.pub_session where state <> 'dropped' union select school_id, day from duty.post) d
    join schools.pub_gate g on g.school_id = d.school_id
    union all
    select d.school_id, d.day, 'patrol', r.area_id, null, null, null, null, ''
    from (select school_id, day from timetable.pub_session where state <> 'dropped' union select school_id, day from duty.post) d
    join schools.pub_area r on r.school_id = d.school_id
    union all
    select p.school_id, p.day, p.kind, p.ref_id, null, null, null, null, ''
    from duty.post p where p.kind = 'admin'
    union all
    select d.school_id, d.day, 'class', c.class_id, c.room_id, null, null,
           (select t.staff_id from roster.pub_class_teacher t join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = t.staff_id
            where t.school_id = c.school_id and t.class_id = c.class_id and f.kind <> 'outside'
              and not exists (select 1 from duty.absence a where a.school_id = d.school_id and a.day = d.day and a.staff_id = t.staff_id and a.withdrawn_at is null
                              and (a.kind is null or a.kind = 'class' and a.ref_id = c.class_id))
            order by t.deputy, t.staff_id limit 1), 'class'
    from (select school_id, day from timetable.pub_session where state <> 'dropped' union select school_id, day from duty.post) d
    join roster.pub_class c on c.school_id = d.school_id
    union all
    select s.school_id, s.day, 'session', s.session_id, s.room_id, s.starts, s.ends,
           (select t.staff_id from programme.pub_section_teacher t join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = t.staff_id
            where t.school_id = s.school_id and t.section_id = s.section_id and f.kind <> 'outside'
              and not exists (select 1 from duty.absence a where a.school_id = s.school_id and a.day = s.day and a.staff_id = t.staff_id and a.withdrawn_at is null
                              and (a.kind is null or a.kind = 'session' and a.ref_id = s.session_id))
            order by t.main desc, t.staff_id limit 1), 'timetable'
    from timetable.pub_session s where s.state <> 'dropped' and s.section_id is not null
    union all
    select s.school_id, s.day, 'session', s.session_id, s.room_id, s.starts, s.ends,
           case when n.staff_id is not null then n.free
                else (select t.staff_id from roster.pub_class_teacher t join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = t.staff_id
                      where t.school_id = s.school_id and t.class_id = s.class_id and f.kind <> 'outside'
                        and not exists (select 1 from duty.absence a where a.school_id = s.school_id and a.day = s.day and a.staff_id = t.staff_id and a.withdrawn_at is null
                                        and (a.kind is null or a.kind = 'session' and a.ref_id = s.session_id))
                      order by t.deputy, t.staff_id limit 1) end,
           case when n.staff_id is not null then 'timetable' else 'class' end
    from timetable.pub_session s
    left join programme.pub_own_class_duty o on o.school_id = s.school_id and o.class_id = s.class_id and o.slot_id = s.slot_id
    left join lateral (
        select f.staff_id, case when not exists (select 1 from duty.absence a where a.school_id = s.school_id and a.day = s.day and a.staff_id = f.staff_id and a.withdrawn_at is null
                                                 and (a.kind is null or a.kind = 'session' and a.ref_id = s.session_id)) then f.staff_id end as free
        from roster.pub_staff f where f.school_id = o.school_id and f.staff_id = o.staff_id and f.kind <> 'outside' limit 1) n on true
    where s.state <> 'dropped' and s.class_id is not null
) q
left join lateral (
    select p.staff_id, p.source from duty.post p join roster.pub_staff f on f.school_id = p.school_id and f.staff_id = p.staff_id
    where p.school_id = q.school_id and p.day = q.day and p.kind = q.kind and p.ref_id is not distinct from q.ref_id and p.published and f.kind <> 'outside'
      and not exists (select 1 from duty.absence a where a.school_id = p.school_id and a.day = p.day and a.staff_id = p.staff_id and a.withdrawn_at is null
                      and (a.kind is null or a.kind = p.kind and a.ref_id is not distinct from p.ref_id))) x on true;
