-- Accounts, what they may do, and how they are signed in. No row is written per request.
create schema identity;
grant usage on schema identity to afterbell_app, afterbell_doors;

create table identity.account (
    account_id    uuid primary key,
    user_name     text unique check (user_name = lower(user_name)),
    phone_hmac    bytea unique,
    person_key    bytea,
    phone_cipher  bytea,
    name          text        not null,
    password_hash text,
    created_at    timestamptz not null,
    failures      int         not null default 0,
    locked_until  timestamptz,
    closed_at     timestamptz
);
comment on table identity.account is 'A person who can sign in; the phone is encrypted under person_key and found by its HMAC';

create table identity.role_grant (
    grant_id   uuid primary key,
    account_id uuid not null references identity.account,
    role       text not null check (role in ('GUARDIAN', 'CARER', 'COLLECTOR', 'CLASS_TEACHER', 'SERVICE_TEACHER', 'GRADE_HEAD', 'OFFICE', 'PRINCIPAL', 'DUTY_LEADER', 'GUARD', 'FINANCE', 'SUPERVISOR', 'BUREAU')),
    school_id  uuid,
    class_id   uuid,
    grade      int,
    pupil_id   uuid,
    bureau_id  uuid references schools.bureau,
    granted_at timestamptz not null,
    granted_by uuid,
    until      timestamptz,
    check ((role = 'BUREAU') = (bureau_id is not null) and (role = 'BUREAU') = (school_id is null)),
    check ((role in ('GUARDIAN', 'CARER', 'COLLECTOR')) = (pupil_id is not null)),
    unique nulls not distinct (account_id, role, school_id, class_id, grade, pupil_id, bureau_id)
);
comment on table identity.role_grant is 'A role on a scope; a person may hold several';
create index on identity.role_grant (school_id);
create index on identity.role_grant (bureau_id);
create index on identity.role_grant (pupil_id) where pupil_id is not null;

create table identity.session (
    token_hash   bytea primary key,
    account_id   uuid        not null references identity.account,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    strong_until timestamptz,
    device       text        not null default ''
);
comment on table identity.session is 'An open sign-in, known by the SHA-256 of its cookie';
create index on identity.session (account_id);

alter table identity.account enable row level security;
alter table identity.account force row level security;
alter table identity.role_grant enable row level security;
alter table identity.role_grant force row level security;

create policy own on identity.account for select to afterbell_app using (account_id = (select shared.account()));
create policy own_changed on identity.account for update to afterbell_app using (account_id = (select shared.account()));
create policy colleagues on identity.account for select to afterbell_app
    using ((select shared.hat()) = 'STAFF' and exists (select 1 from identity.role_grant g where g.account_id = account.account_id and g.school_id = any((select shared.schools())::uuid[])));
create policy added on identity.account for insert to afterbell_app with check ((select shared.hat()) in ('STAFF', 'DOOR', 'BUREAU'));
grant select, insert, update on identity.account to afterbell_app;

create policy own on identity.role_grant for select to afterbell_app using (account_id = (select shared.account()));
create policy school on identity.role_grant for all to afterbell_app
    using ((select shared.hat()) = 'STAFF' and school_id = any((select shared.schools())::uuid[]))
    with check ((select shared.hat()) = 'STAFF' and school_id = any((select shared.schools())::uuid[]));
create policy bureau on identity.role_grant for all to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()))
    with check ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
grant select, insert, update, delete on identity.role_grant to afterbell_app;

call shared.guard_account('identity.session');

-- The doors: the closed list of functions that turn a token into a scope.
grant select, update on identity.account to afterbell_doors;
grant select on identity.role_grant to afterbell_doors;
grant select, insert, delete on identity.session to afterbell_doors;
create policy door on identity.account to afterbell_doors using (true) with check (true);
create policy door on identity.role_grant for select to afterbell_doors using (true);
create policy door on identity.session to afterbell_doors using (true) with check (true);

create function identity.door_session(hash bytea, at_ timestamptz)
    returns table (account_id uuid, name text, strong boolean, grants jsonb)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, coalesce(s.strong_until > at_, false),
       coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'school', g.school_id, 'klass', g.class_id, 'grade', g.grade, 'pupil', g.pupil_id, 'bureau', g.bureau_id) order by g.granted_at, g.grant_id)
                 from identity.role_grant g where g.account_id = a.account_id and (g.until is null or g.until > at_)), '[]'::jsonb)
from identity.session s join identity.account a using (account_id)
where s.token_hash = hash and s.expires_at > at_ and a.closed_at is null
$$;
create function identity.door_account(login text, hmac bytea)
    returns table (account_id uuid, password_hash text, failures int, locked_until timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.password_hash, a.failures, a.locked_until from identity.account a
where (a.user_name = login or a.phone_hmac = hmac) and a.closed_at is null
$$;
create function identity.door_open_session(hash bytea, who uuid, at_ timestamptz, until_ timestamptz, strong_ timestamptz, device_ text) returns void
    language sql security definer set search_path = pg_catalog as
$$
update identity.account set failures = 0, locked_until = null where account_id = who and (failures > 0 or locked_until is not null);
insert into identity.session (token_hash, account_id, created_at, expires_at, strong_until, device) values (hash, who, at_, until_, strong_, device_);
$$;
create function identity.door_failed(who uuid, locked timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$ update identity.account set failures = failures + 1, locked_until = coalesce(locked, locked_until) where account_id = who $$;
create function identity.door_close_session(hash bytea) returns void
    language sql security definer set search_path = pg_catalog as
$$ delete from identity.session where token_hash = hash $$;

call shared.run_as('identity.door_session(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_account(text, bytea)', 'afterbell_doors');
call shared.run_as('identity.door_open_session(bytea, uuid, timestamptz, timestamptz, timestamptz, text)', 'afterbell_doors');
call shared.run_as('identity.door_failed(uuid, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_close_session(bytea)', 'afterbell_doors');
