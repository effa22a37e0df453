-- R85-R87: how far each line is, who else asked for a child, and the proof that the school is clear. Who left with whom stands in the child's chain alone.
create schema dismissal;
grant usage on schema dismissal to afterbell_app;

create table dismissal.line_step (
    school_id  uuid        not null references schools.school,
    day        date        not null,
    session_id uuid        not null,
    step       text        not null check (step in ('packing', 'walking', 'at_mark', 'left')),
    at         timestamptz not null,
    by         uuid        not null,
    seq        bigint      not null generated always as identity,
    primary key (school_id, day, session_id, seq)
);
comment on table dismissal.line_step is 'How far the line of a session is, as its teacher said it; the last word counts';
call shared.guard_school('dismissal.line_step');
call shared.append_only('dismissal.line_step');
create view dismissal.pub_line with (security_invoker = true) as
select distinct on (school_id, day, session_id) school_id, day, session_id, step, at from dismissal.line_step order by school_id, day, session_id, seq desc;
grant select on dismissal.pub_line to afterbell_app;

create table dismissal.stranger (
    school_id   uuid        not null references schools.school,
    stranger_id uuid        not null,
    day         date        not null,
    pupil_id    uuid        not null,
    person_key  bytea       not null,
    name_sealed bytea       not null,
    kept_away   boolean     not null,
    asked_at    timestamptz not null,
    told_by     uuid        not null,
    primary key (school_id, stranger_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table dismissal.stranger is 'Somebody who asked for a child and is not on its list: kept for the duty leader, sealed. kept_away is not shown to whoever stands at the gate (law 9)';
create index on dismissal.stranger (school_id, pupil_id);
create index on dismissal.stranger (school_id, day);
call shared.guard_staff('dismissal.stranger');
call shared.append_only('dismissal.stranger');

create table dismissal.clearing (
    school_id  uuid        not null references schools.school,
    day        date        not null,
    cleared_at timestamptz not null,
    cleared_by uuid        not null,
    children   int         not null check (children >= 0),
    proof      bytea       not null check (length(proof) = 32),
    primary key (school_id, day)
);
comment on table dismissal.clearing is 'The school was clear: every child of the day accounted for, every area walked (R87). proof is the SHA-256 of the last entry of every child in the order of ids';
call shared.guard_school('dismissal.clearing');
call shared.append_only('dismissal.clearing');
