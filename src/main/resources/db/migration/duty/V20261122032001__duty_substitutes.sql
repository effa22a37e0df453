-- R7, R8, R26: a substitute is asked for and found, duties are swapped, sessions that can't be held are dropped together.
create table duty.call (
    school_id uuid        not null references schools.school,
    call_id   uuid        not null,
    day       date        not null,
    kind      text        not null check (kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    ref_id    uuid,
    state     text        not null default 'open' check (state in ('open', 'filled', 'withdrawn')),
    asked_by  uuid,
    asked_at  timestamptz not null,
    filled_by uuid,
    closed_at timestamptz,
    primary key (school_id, call_id),
    foreign key (school_id, filled_by) references roster.staff,
    check ((state = 'open') = (closed_at is null)),
    check ((state = 'filled') = (filled_by is not null))
);
comment on table duty.call is 'An open post that several free people are asked for; the first who accepts has it';
create unique index call_open_once on duty.call (school_id, day, kind, ref_id) nulls not distinct where state = 'open';
create index on duty.call (school_id, filled_by);
call shared.guard_staff('duty.call');

create table duty.asked (
    school_id  uuid not null,
    call_id    uuid not null,
    staff_id   uuid not null,
    refused_at timestamptz,
    primary key (school_id, call_id, staff_id),
    foreign key (school_id, call_id) references duty.call,
    foreign key (school_id, staff_id) references roster.staff
);
comment on table duty.asked is 'Who was asked to stand in';
create index on duty.asked (school_id, staff_id);
call shared.guard_staff('duty.asked');

create table duty.swap (
    school_id   uuid        not null references schools.school,
    swap_id     uuid        not null,
    day         date        not null,
    kind        text        not null check (kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    ref_id      uuid,
    from_staff  uuid        not null,
    to_staff    uuid        not null,
    back_day    date,
    back_kind   text check (back_kind in ('leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol')),
    back_ref    uuid,
    state       text        not null default 'asked' check (state in ('asked', 'agreed', 'refused', 'withdrawn')),
    asked_at    timestamptz not null,
    answered_at timestamptz,
    primary key (school_id, swap_id),
    foreign key (school_id, from_staff) references roster.staff,
    foreign key (school_id, to_staff) references roster.staff,
    check (from_staff <> to_staff),
    check ((back_day is null) = (back_kind is null)),
    check ((state = 'asked') = (answered_at is null))
);
comment on table duty.swap is 'One person asks another to take a post, for another post back or for nothing; it stands when both have said yes';
create unique index swap_open_once on duty.swap (school_id, day, kind, ref_id, to_staff) nulls not distinct where state = 'asked';
create index on duty.swap (school_id, from_staff);
create index on duty.swap (school_id, to_staff);
call shared.guard_staff('duty.swap');

create table duty.drop (
    school_id uuid        not null references schools.school,
    drop_id   uuid        not null,
    day       date        not null,
    reason    text        not null check (reason in ('weather', 'event', 'teacher', 'room', 'other')),
    by        uuid        not null,
    at        timestamptz not null,
    undone_at timestamptz,
    primary key (school_id, drop_id)
);
comment on table duty.drop is 'Sessions of a day that were dropped in one act (R26)';
create index on duty.drop (school_id, day);
call shared.guard_staff('duty.drop');

create table duty.drop_session (
    school_id  uuid not null,
    drop_id    uuid not null,
    session_id uuid not null,
    section_id uuid not null,
    primary key (school_id, drop_id, session_id),
    foreign key (school_id, drop_id) references duty.drop
);
comment on table duty.drop_session is 'A session of such an act, by which it is taken back whole';
create index on duty.drop_session (school_id, session_id);
call shared.guard_staff('duty.drop_session');

create view duty.pub_not_delivered with (security_invoker = true) as
select school_id, day, session_id, section_id, reason from timetable.pub_session where section_id is not null and state = 'dropped' and cause = 'hand';
comment on view duty.pub_not_delivered is 'Sessions that a person dropped, here or one by one in the timetable: never charged';
grant select on duty.pub_not_delivered to afterbell_app;
