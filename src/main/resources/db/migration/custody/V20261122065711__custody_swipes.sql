-- R81: cards at gates beside the teacher's roll. A swipe is evidence: it is kept as it came, then told to the child's chain, where it moves nobody.
create table custody.device (
    school_id  uuid        not null references schools.school,
    device_id  uuid        not null,
    name       text        not null check (length(name) between 1 and 40),
    key_hash   bytea       not null unique,
    made_at    timestamptz not null,
    made_by    uuid        not null,
    revoked_at timestamptz,
    revoked_by uuid,
    primary key (school_id, device_id),
    check ((revoked_at is null) = (revoked_by is null))
);
comment on table custody.device is 'A card gate of the school. Its key was shown once and is known here by its hash';
call shared.guard_staff('custody.device');

create table custody.card (
    school_id uuid        not null references schools.school,
    card      bytea       not null,
    tail      text        not null,
    pupil_id  uuid        not null,
    linked_by uuid        not null,
    linked_at timestamptz not null,
    primary key (school_id, card),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table custody.card is 'Whose card it is. The number is known by its HMAC alone, its last characters help the office to tell cards apart';
create index on custody.card (school_id, pupil_id);
call shared.guard_staff('custody.card');

-- Without foreign keys: the door has checked the device of a batch, and a look per row would halve what a gate can send.
create table custody.swipe (
    school_id   uuid        not null,
    device_id   uuid        not null,
    seq         bigint      not null check (seq >= 0),
    card        bytea       not null,
    tail        text        not null,
    out         boolean     not null,
    said_at     timestamptz not null,
    at          timestamptz not null,
    received_at timestamptz not null,
    folded_at   timestamptz,
    primary key (school_id, device_id, seq)
);
comment on table custody.swipe is 'Swipes as gates sent them. said_at is the device''s clock, at the same moment by ours; folded_at: told to the chain, or known to belong to nobody';
create index swipe_waiting on custody.swipe (school_id, received_at) where folded_at is null;
call shared.guard_staff('custody.swipe');
drop policy removed on custody.swipe;
revoke delete on custody.swipe from afterbell_app;

create table custody.unknown_card (
    school_id  uuid        not null references schools.school,
    card       bytea       not null,
    unknown_id uuid        not null,
    tail       text        not null,
    device_id  uuid        not null,
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    times      int         not null check (times >= 1),
    primary key (school_id, card),
    unique (school_id, unknown_id),
    foreign key (school_id, device_id) references custody.device
);
comment on table custody.unknown_card is 'Cards that gates have read and nobody has linked to a child';
create index on custody.unknown_card (school_id, device_id);
call shared.guard_staff('custody.unknown_card');

create policy door on custody.device for select to afterbell_doors using (true);
grant select on custody.device to afterbell_doors;
create function custody.door_device(hash bytea) returns table (school_id uuid, device_id uuid)
    language sql stable security definer set search_path = pg_catalog as
$$ select d.school_id, d.device_id from custody.device d where d.key_hash = hash and d.revoked_at is null $$;
comment on function custody.door_device is 'Turns a gate''s key into its school and device';
call shared.run_as('custody.door_device(bytea)', 'afterbell_doors');

create policy door on custody.swipe for select to afterbell_doors using (true);
grant select on custody.swipe to afterbell_doors;
create function custody.door_swipes() returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct w.school_id from custody.swipe w where w.folded_at is null $$;
comment on function custody.door_swipes is 'Schools with swipes that wait to be told to the chains; ids of schools only';
call shared.run_as('custody.door_swipes()', 'afterbell_doors');
