-- R91: guards share the tablet at their gate and have no phone of their own. The office makes a tablet known by a code that is typed on it once; from then on each guard
-- takes it over with the own name and six digits. A session that opens so is the guard's own: what is done stands in that person's name.
create table identity.tablet (
    school_id   uuid        not null references schools.school,
    tablet_id   uuid        not null,
    name        text        not null check (length(name) between 1 and 40),
    code_trace  bytea       unique,
    code_until  timestamptz,
    device_hash bytea       unique check (length(device_hash) = 32),
    made_by     uuid        not null,
    made_at     timestamptz not null,
    paired_at   timestamptz,
    ended_at    timestamptz,
    primary key (school_id, tablet_id),
    check ((code_trace is null) = (code_until is null)),
    check ((device_hash is null) = (paired_at is null))
);
comment on table identity.tablet is 'A shared device at a gate. code_trace: the code by which it becomes known, until it is; device_hash: of the cookie that it keeps';
call shared.guard_staff('identity.tablet');

create table identity.pin (
    school_id    uuid        not null references schools.school,
    account_id   uuid        not null references identity.account,
    pin_hash     text        not null,
    set_by       uuid        not null,
    set_at       timestamptz not null,
    failures     int         not null default 0 check (failures >= 0),
    locked_until timestamptz,
    primary key (school_id, account_id)
);
comment on table identity.pin is 'Six digits by which a guard takes over a known tablet; worth nothing anywhere else';
create index on identity.pin (account_id);
call shared.guard_staff('identity.pin');

create function identity.door_tablet(hash bytea) returns table (school_id uuid, name text)
    language sql stable security definer set search_path = pg_catalog as
$$ select t.school_id, t.name from identity.tablet t where t.device_hash = hash and t.ended_at is null $$;
comment on function identity.door_tablet is 'The school and gate behind the cookie of a known tablet; nothing otherwise';
create function identity.door_pair_tablet(code bytea, hash bytea, at_ timestamptz) returns boolean
    language sql security definer set search_path = pg_catalog as
$$
with paired as (
    update identity.tablet set device_hash = hash, paired_at = at_, code_trace = null, code_until = null
    where code_trace = code and code_until > at_ and ended_at is null returning 1)
select exists (select 1 from paired)
$$;
comment on function identity.door_pair_tablet is 'A tablet becomes known by the code that the office has made for it; once';
create policy door on identity.tablet to afterbell_doors using (true) with check (true);
grant select, update on identity.tablet to afterbell_doors;
call shared.run_as('identity.door_tablet(bytea)', 'afterbell_doors');
call shared.run_as('identity.door_pair_tablet(bytea, bytea, timestamptz)', 'afterbell_doors');

alter table identity.session drop constraint session_how_check;
alter table identity.session add constraint session_how_check check (how in ('password', 'code', 'link', 'slip', 'join', 'passkey', 'partner', 'pin'));
