-- R86: children whom nobody has fetched stay with a named teacher; who was called for them, and who in the school was told how long they wait.
create table dismissal.late_call (
    school_id   uuid        not null references schools.school,
    call_id     uuid        not null,
    day         date        not null,
    pupil_id    uuid        not null,
    adult_id    uuid        not null,
    reached     boolean     not null,
    expected_at timestamptz,
    at          timestamptz not null,
    by          uuid        not null,
    primary key (school_id, call_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult,
    check (reached or expected_at is null)
);
comment on table dismissal.late_call is 'A call for a child that waits: whom, whether somebody answered, and when that person said to come';
create index on dismissal.late_call (school_id, pupil_id, day);
create index on dismissal.late_call (school_id, adult_id);
create index on dismissal.late_call (school_id, day);
call shared.guard_staff('dismissal.late_call');
call shared.append_only('dismissal.late_call');

create table dismissal.late_step (
    school_id uuid        not null references schools.school,
    day       date        not null,
    pupil_id  uuid        not null,
    level     int         not null check (level between 1 and 20),
    told_at   timestamptz not null,
    primary key (school_id, day, pupil_id, level),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table dismissal.late_step is 'Each step of the rules at which somebody of the school heard that a child still waits: 1 the duty leader, 2 the head, from 3 on both and the office; once each';
create index on dismissal.late_step (school_id, pupil_id);
call shared.guard_staff('dismissal.late_step');
call shared.append_only('dismissal.late_step');
