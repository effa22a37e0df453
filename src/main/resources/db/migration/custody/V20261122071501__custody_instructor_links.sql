-- An outside instructor sees the names of one session through a link that the teacher on post, or the office, makes on that day (R72, R80). The link opens on one
-- device, once, and dies with the session; what the instructor proposes moves no child: the teacher on post confirms the roll.
create table custody.instructor_link (
    school_id   uuid        not null references schools.school,
    instructor_link_id uuid not null,
    session_id  uuid        not null,
    staff_id    uuid        not null,
    token_hash  bytea       not null unique check (length(token_hash) = 32),
    device_hash bytea       check (length(device_hash) = 32),
    made_by     uuid        not null,
    made_at     timestamptz not null,
    expires_at  timestamptz not null,
    opened_at   timestamptz,
    ended_at    timestamptz,
    proposed_at timestamptz,
    absent      uuid[]      not null default '{}',
    primary key (school_id, instructor_link_id),
    foreign key (school_id, staff_id) references roster.staff,
    check ((opened_at is null) = (device_hash is null)),
    check (expires_at > made_at)
);
comment on table custody.instructor_link is 'One-time links of outside instructors: one session, one device; absent is what was proposed last and decides nothing';
create index on custody.instructor_link (school_id, session_id);
create index on custody.instructor_link (school_id, staff_id);
call shared.guard_staff('custody.instructor_link');

create function custody.door_instructor(hash bytea, at_ timestamptz) returns table (school_id uuid, link_id uuid, session_id uuid, staff_id uuid, device_hash bytea)
    language sql stable security definer set search_path = pg_catalog as
$$
select k.school_id, k.instructor_link_id, k.session_id, k.staff_id, k.device_hash from custody.instructor_link k
where k.token_hash = hash and k.ended_at is null and k.expires_at > at_
$$;
comment on function custody.door_instructor is 'The one session behind an instructor''s link that is still good; nothing otherwise';
create policy door on custody.instructor_link for select to afterbell_doors using (true);
grant select on custody.instructor_link to afterbell_doors;
call shared.run_as('custody.door_instructor(bytea, timestamptz)', 'afterbell_doors');
