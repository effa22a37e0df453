-- R43: sessions with day, room and teacher, and where each child is in each period. Weeks are read from the plan and the seats and never kept twice;
-- dated sessions are written because each can be moved or dropped on its day (R26, issue of the safety core).
create schema timetable;
grant usage on schema timetable to afterbell_app, afterbell_doors;

create table timetable.session (
    school_id  uuid not null references schools.school,
    session_id uuid not null,
    term_id    uuid not null,
    section_id uuid,
    class_id   uuid,
    day        date not null,
    slot_id    uuid not null,
    room_id    uuid,
    starts     time not null,
    ends       time not null,
    state      text not null default 'planned' check (state in ('planned', 'moved', 'dropped')),
    primary key (school_id, session_id),
    unique nulls not distinct (school_id, day, slot_id, section_id, class_id),
    foreign key (school_id, room_id) references schools.room,
    check ((section_id is null) <> (class_id is null)),
    check (ends > starts)
);
comment on table timetable.session is 'One dated meeting of a section or of own-class care; moved and dropped ones stay';
create index on timetable.session (school_id, day);
create index on timetable.session (school_id, section_id);
create index on timetable.session (school_id, class_id);
create index on timetable.session (school_id, room_id);
call shared.guard_school('timetable.session');

create table timetable.feed (
    school_id  uuid        not null,
    token_hash bytea       not null,
    kind       text        not null check (kind in ('child', 'staff')),
    subject_id uuid        not null,
    account_id uuid        not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    primary key (school_id, token_hash)
);
comment on table timetable.feed is 'Secret addresses of calendar feeds, known by hash, one purpose each, revocable';
create unique index feed_token on timetable.feed (token_hash);
call shared.guard('timetable.feed', 'account_id = (select shared.account())', 'account_id = (select shared.account()) and school_id = any((select shared.schools())::uuid[])');
create policy door on timetable.feed for select to afterbell_doors using (true);
grant select on timetable.feed to afterbell_doors;
create function timetable.door_feed(hash bytea) returns table (school_id uuid, kind text, subject_id uuid, account_id uuid)
    language sql stable security definer set search_path = pg_catalog as
$$ select f.school_id, f.kind, f.subject_id, f.account_id from timetable.feed f where f.token_hash = hash and f.revoked_at is null $$;
comment on function timetable.door_feed is 'Turns the secret of a calendar address into the one child or person it shows';
call shared.run_as('timetable.door_feed(bytea)', 'afterbell_doors');

-- Until when each child stays on a weekday: by the newest closed round of the term in which its family answered.
create view timetable.pub_stay with (security_invoker = true) as
select distinct on (d.school_id, r.term_id, d.pupil_id, d.weekday) d.school_id, r.term_id, d.pupil_id, d.weekday, d.until_ordinal
from enrolment.pub_sheet_day d join enrolment.pub_round r using (school_id, round_id)
where r.state = 'closed'
order by d.school_id, r.term_id, d.pupil_id, d.weekday, r.closes_at desc;
comment on view timetable.pub_stay is 'Until which period a child stays on a weekday; 0 or no row: it goes home';

-- Where each child is in each period of the week.
create view timetable.pub_place with (security_invoker = true) as
select p.school_id, l.term_id, p.pupil_id, p.class_id, p.grade, l.weekday, l.ordinal, l.slot_id, l.starts, l.ends,
       case when e.section_id is not null then 'club' when coalesce(t.until_ordinal, 0) >= l.ordinal then 'own' else 'home' end as kind,
       e.section_id,
       case when e.section_id is not null then x.room_id when coalesce(t.until_ordinal, 0) >= l.ordinal then coalesce(m.room_id, o.room_id, mc.room_id, c.room_id) end as room_id,
       x.name as section_name, x.code as section_code,
       case when e.section_id is null and coalesce(t.until_ordinal, 0) >= l.ordinal then coalesce(m.staff_id, o.staff_id) end as duty_staff_id,
       o.merged_into as merged_class_id
from roster.pub_pupil p
join roster.pub_class c on c.school_id = p.school_id and c.class_id = p.class_id
join calendar.pub_band b on b.school_id = p.school_id and b.grade = p.grade
join calendar.pub_slot l on l.school_id = b.school_id and l.term_id = b.term_id and l.band = b.band
left join timetable.pub_stay t on t.school_id = p.school_id and t.term_id = l.term_id and t.pupil_id = p.pupil_id and t.weekday = l.weekday
left join placement.pub_seat_slot h on h.school_id = p.school_id and h.pupil_id = p.pupil_id and h.slot_id = l.slot_id
left join placement.pub_seat e on e.school_id = h.school_id and e.seat_id = h.seat_id
left join programme.pub_section x on x.school_id = e.school_id and x.section_id = e.section_id
left join programme.pub_own_class_duty o on o.school_id = p.school_id and o.class_id = p.class_id and o.slot_id = l.slot_id
left join programme.pub_own_class_duty m on m.school_id = o.school_id and m.class_id = o.merged_into and m.slot_id = o.slot_id
left join roster.pub_class mc on mc.school_id = o.school_id and mc.class_id = o.merged_into;
comment on view timetable.pub_place is 'Where a child is in a period of a week: club, own class (with room and who stands there) or home';

create view timetable.pub_session with (security_invoker = true) as
select school_id, session_id, term_id, section_id, class_id, day, slot_id, room_id, starts, ends, state from timetable.session;
comment on view timetable.pub_session is 'Dated meetings';
grant select on timetable.pub_stay, timetable.pub_place, timetable.pub_session to afterbell_app;
