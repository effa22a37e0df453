-- R7, R8, R9, R68-R70: who answers today. Classes and sessions answer by themselves, through the class's teachers and the timetable; what turns from day to
-- day (leader, administrators, late room, gates, patrols, sessions led from outside) is written, and so is everything that a person changed.
create schema duty;
grant usage on schema duty to afterbell_app;

create table duty.post (
    school_id uuid        not null references schools.school,
    post_id   uuid        not null,
    day       date        not null,
    kind      text        not null check (kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    ref_id    uuid,
    staff_id  uuid        not null,
    source    text        not null check (source in ('rotation', 'hand', 'substitute', 'swap')),
    published boolean     not null,
    set_by    uuid,
    set_at    timestamptz not null,
    primary key (school_id, post_id),
    constraint one_person_a_post unique nulls not distinct (school_id, day, kind, ref_id),
    foreign key (school_id, staff_id) references roster.staff,
    check ((ref_id is null) = (kind in ('leader', 'late')))
);
comment on table duty.post is 'Who was written for a post of a day; unpublished ones are a draft of the rotation and answer for nothing yet (R8)';
create index on duty.post (school_id, staff_id, day);
call shared.guard_school('duty.post');

create table duty.absence (
    school_id    uuid        not null references schools.school,
    absence_id   uuid        not null,
    day          date        not null,
    staff_id     uuid        not null,
    kind         text check (kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    ref_id       uuid,
    told_by      uuid,
    told_at      timestamptz not null,
    withdrawn_at timestamptz,
    primary key (school_id, absence_id),
    foreign key (school_id, staff_id) references roster.staff,
    check (kind is not null or ref_id is null)
);
comment on table duty.absence is 'Somebody can''t come: to one post of a day, or (kind null) to any of that day; no reason is kept (law 8)';
create unique index absence_once on duty.absence (school_id, day, staff_id, kind, ref_id) nulls not distinct where withdrawn_at is null;
create index on duty.absence (school_id, staff_id);
call shared.guard_school('duty.absence');

create table duty.change (
    school_id  uuid        not null references schools.school,
    change_id  uuid        not null,
    day        date        not null,
    kind       text        not null check (kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    ref_id     uuid,
    what       text        not null check (what in ('set', 'cleared', 'absent', 'back', 'substituted', 'swapped')),
    from_staff uuid,
    to_staff   uuid,
    by         uuid,
    at         timestamptz not null,
    primary key (school_id, change_id)
);
comment on table duty.change is 'What became of a post after it was published, and by whom';
create index on duty.change (school_id, day, kind);
call shared.guard_staff('duty.change');
call shared.append_only('duty.change');

create table duty.setting (
    school_id uuid not null references schools.school,
    leader_id uuid,
    late_room uuid,
    primary key (school_id),
    foreign key (school_id, leader_id) references roster.staff,
    foreign key (school_id, late_room) references schools.room
);
comment on table duty.setting is 'Who leads where nobody is named for a day, and the room where children wait who are fetched late (R7, R86)';
create index on duty.setting (school_id, leader_id);
create index on duty.setting (school_id, late_room);
call shared.guard_school('duty.setting');

create table duty.turn (
    school_id uuid not null references schools.school,
    kind      text not null check (kind in ('leader', 'admin', 'session', 'late', 'gate', 'patrol')),
    staff_id  uuid not null,
    primary key (school_id, kind, staff_id),
    foreign key (school_id, staff_id) references roster.staff
);
comment on table duty.turn is 'Who takes turns at a kind of post; a kind without rows is taken by whom the product proposes';
create index on duty.turn (school_id, staff_id);
call shared.guard_staff('duty.turn');

-- Every post of every day with the one who answers for it, or nobody. What was written and published goes before what follows from timetable and classes;
-- whoever can't come, has left or comes from outside answers for nothing. The named person of own-class care who can't come leaves the post open: the class
-- teacher stands elsewhere at that hour. Days are those with sessions or written posts.
create view duty.answering with (security_invoker = true) as
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
    left join lateral (
        select o.staff_id, case when not exists (select 1 from duty.absence a where a.school_id = s.school_id and a.day = s.day and a.staff_id = o.staff_id and a.withdrawn_at is null
                                                 and (a.kind is null or a.kind = 'session' and a.ref_id = s.session_id)) then o.staff_id end as free
        from programme.pub_own_class_duty o join roster.pub_staff f on f.school_id = o.school_id and f.staff_id = o.staff_id
        where o.school_id = s.school_id and o.class_id = s.class_id and o.slot_id = s.slot_id and f.kind <> 'outside') n on true
    where s.state <> 'dropped' and s.class_id is not null
) q
left join lateral (
    select p.staff_id, p.source from duty.post p join roster.pub_staff f on f.school_id = p.school_id and f.staff_id = p.staff_id
    where p.school_id = q.school_id and p.day = q.day and p.kind = q.kind and p.ref_id is not distinct from q.ref_id and p.published and f.kind <> 'outside'
      and not exists (select 1 from duty.absence a where a.school_id = p.school_id and a.day = p.day and a.staff_id = p.staff_id and a.withdrawn_at is null
                      and (a.kind is null or a.kind = p.kind and a.ref_id is not distinct from p.ref_id))) x on true;
comment on view duty.answering is 'Every post of every day with the one accountable person, or nobody';

create view duty.pub_post with (security_invoker = true) as
select a.school_id, a.day, a.kind, a.ref_id, a.staff_id, f.account_id, a.source, a.room_id, a.starts, a.ends
from duty.answering a join roster.pub_staff f on f.school_id = a.school_id and f.staff_id = a.staff_id;
comment on view duty.pub_post is 'Who answers for what on a day: exactly one person of the school''s own a post (R8); posts that nobody answers for stand in pub_open_post';

create view duty.pub_open_post with (security_invoker = true) as
select school_id, day, kind, ref_id, room_id, starts, ends from duty.answering where staff_id is null;
comment on view duty.pub_open_post is 'Posts of a day that nobody answers for yet: the duty leader''s until somebody is found';
grant select on duty.answering, duty.pub_post, duty.pub_open_post to afterbell_app;
