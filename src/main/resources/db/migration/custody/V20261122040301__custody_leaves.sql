-- R83, P14: leave told before it begins, for one day or repeating with exceptions, and when somebody comes late. The chain of the day hears it when the day
-- is opened, or at once.
create table custody.leave (
    school_id    uuid        not null references schools.school,
    leave_id     uuid        not null,
    pupil_id     uuid        not null,
    from_day     date        not null,
    until_day    date        not null,
    weekdays     int[]       not null default '{}',
    told         text        not null check (told in ('IN_APP', 'CHAT', 'PHONE', 'NOTE', 'IN_PERSON')),
    said_by      uuid        not null,
    said_at      timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    primary key (school_id, leave_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    check (until_day between from_day and from_day + 200),
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table custody.leave is 'Leave from the afternoon on some days; weekdays empty: on each of them. told says how it became known, no reason is kept (law 8)';
create index on custody.leave (school_id, pupil_id);
create index on custody.leave (school_id, from_day, until_day) where withdrawn_at is null;
call shared.guard_child('custody.leave');

create table custody.leave_exception (
    school_id uuid        not null,
    leave_id  uuid        not null,
    day       date        not null,
    pupil_id  uuid        not null,
    said_by   uuid        not null,
    said_at   timestamptz not null,
    primary key (school_id, leave_id, day),
    foreign key (school_id, leave_id) references custody.leave,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table custody.leave_exception is 'A day on which a repeating leave does not hold: the child comes';
create index on custody.leave_exception (school_id, pupil_id);
call shared.guard_child('custody.leave_exception');

create table custody.late_pickup (
    school_id   uuid        not null,
    day         date        not null,
    pupil_id    uuid        not null,
    expected_at timestamptz not null,
    said_by     uuid        not null,
    said_at     timestamptz not null,
    primary key (school_id, day, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table custody.late_pickup is 'A family comes late on a day and says when: the child waits in the late room (R86)';
create index on custody.late_pickup (school_id, pupil_id);
call shared.guard_child('custody.late_pickup');
create view custody.pub_late_pickup with (security_invoker = true) as
select school_id, day, pupil_id, expected_at, said_at from custody.late_pickup;
comment on view custody.pub_late_pickup is 'Who is fetched late today and when, as the family said';
create view custody.pub_leave with (security_invoker = true) as
select school_id, leave_id, pupil_id, from_day, until_day, weekdays, told, said_at from custody.leave where withdrawn_at is null;
comment on view custody.pub_leave is 'Leaves that hold, without their exceptions';
grant select on custody.pub_late_pickup, custody.pub_leave to afterbell_app;
