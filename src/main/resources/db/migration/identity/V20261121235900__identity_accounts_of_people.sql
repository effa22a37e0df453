-- A person's own page (P13, P18): sessions that can be seen and ended, tokens that say when they were last used, phones that are proved, one-time links,
-- lock-outs that are alike for known and unknown names, and roles that wait for a second factor once the person has one.

-- Sessions: when last seen (written at most every few minutes, never per request), how opened, and after how long without a sign of life they end.
alter table identity.session add column seen_at timestamptz;
alter table identity.session no force row level security;
update identity.session set seen_at = created_at;
alter table identity.session force row level security;
alter table identity.session alter column seen_at set not null;
alter table identity.session add column idle_minutes int check (idle_minutes > 0);
alter table identity.session add column how text not null default 'password' check (how in ('password', 'code', 'link', 'slip', 'join', 'passkey', 'partner'));
alter table identity.session alter column how drop default;
comment on column identity.session.seen_at is 'Last sign of life, exact to a few minutes';
comment on column identity.session.idle_minutes is 'Ends after so many minutes without a sign of life; null: never before expires_at';

alter table identity.token add column used_at timestamptz;
alter table identity.credential add column phone_proved_at timestamptz;
comment on column identity.credential.phone_proved_at is 'When the person last showed a code sent to the phone; null: nobody has yet';

alter table identity.phone_code add column sent_at timestamptz;
alter table identity.phone_code add column sent int not null default 1;
comment on column identity.phone_code.sent is 'Codes asked for within a day; more than ten are not sent';

create table identity.login_link (
    secret_hash bytea primary key,
    phone_hmac  bytea       not null,
    expires_at  timestamptz not null
);
comment on table identity.login_link is 'A one-time link sent to a phone, known by the SHA-256 of its secret; used ones are removed';
create index on identity.login_link (expires_at);
alter table identity.login_link enable row level security;
alter table identity.login_link force row level security;

create table identity.unknown_login (
    login_hash   bytea primary key,
    failures     int         not null,
    locked_until timestamptz,
    at           timestamptz not null
);
comment on table identity.unknown_login is 'Failed sign-ins with names that nobody has, by keyed hash: they lock like those that somebody has, so that a lock tells nothing';
create index on identity.unknown_login (at);
alter table identity.unknown_login enable row level security;
alter table identity.unknown_login force row level security;

grant update on identity.session to afterbell_doors;
grant update on identity.token to afterbell_doors;
create policy door_used on identity.token for update to afterbell_doors using (true) with check (true);
grant select, insert, update, delete on identity.login_link, identity.unknown_login to afterbell_doors;
create policy door on identity.login_link to afterbell_doors using (true) with check (true);
create policy door on identity.unknown_login to afterbell_doors using (true) with check (true);

-- The doors, anew where they answer more than before.
drop function identity.door_session(bytea, timestamptz, boolean);
drop function identity.door_token(bytea, timestamptz);
drop function identity.door_account(text, bytea);
drop function identity.door_open_session(bytea, uuid, timestamptz, timestamptz, timestamptz, text);
drop function identity.door_failed(uuid, timestamptz, int);
drop function identity.door_phone_code(bytea, bytea, timestamptz);

-- A person who has a second factor shows it for every work role; families never have to.
create or replace function identity.door_grants(who uuid, at_ timestamptz, strong boolean)
    returns table (grants jsonb, held jsonb)
    language sql stable security definer set search_path = pg_catalog as
$$
select coalesce(jsonb_agg(j order by granted_at, grant_id) filter (where strong or not wants), '[]'::jsonb),
       coalesce(jsonb_agg(j order by granted_at, grant_id) filter (where wants and not strong), '[]'::jsonb)
from (select g.granted_at, g.grant_id,
             jsonb_build_object('role', g.role, 'school', g.school_id, 'klass', g.class_id, 'grade', g.grade, 'pupil', g.pupil_id, 'bureau', g.bureau_id) as j,
             g.role in ('FINANCE', 'BUREAU')
                 or g.pupil_id is null and exists (select 1 from identity.credential c where c.account_id = who and c.totp_since is not null)
                 or exists (select 1 from identity.strong_role s where s.school_id = g.school_id and s.role = g.role) as wants
      from identity.role_grant g
      where g.account_id = who and (g.until is null or g.until > at_)
        and not exists (select 1 from identity.court_limit c where c.school_id = g.school_id and c.pupil_id = g.pupil_id and c.account_id = who and c.ended_at is null)) each
$$;

create function identity.door_session(hash bytea, at_ timestamptz, enforce boolean)
    returns table (account_id uuid, name text, strong boolean, grants jsonb, held jsonb, seen_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, coalesce(s.strong_until > at_, false), d.grants, d.held, s.seen_at
from identity.session s
join identity.account a using (account_id)
cross join lateral identity.door_grants(a.account_id, at_, not enforce or coalesce(s.strong_until > at_, false)) d
where s.token_hash = hash and s.expires_at > at_ and (s.idle_minutes is null or s.seen_at + s.idle_minutes * interval '1 minute' > at_) and a.closed_at is null
$$;
create function identity.door_seen(hash bytea, at_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$ update identity.session set seen_at = at_ where token_hash = hash and seen_at < at_ $$;

create function identity.door_token(hash_ bytea, at_ timestamptz)
    returns table (account_id uuid, name text, grants jsonb, used_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, d.grants, t.used_at
from identity.token t
join identity.account a using (account_id)
cross join lateral identity.door_grants(a.account_id, at_, false) d
where t.hash = hash_ and t.expires_at > at_ and a.closed_at is null
$$;
create function identity.door_token_used(hash_ bytea, at_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$ update identity.token set used_at = at_ where hash = hash_ $$;

-- Whom a name or phone may mean, with the schools whose rules hold for the person (work roles first).
create function identity.door_account(login text, hmac bytea)
    returns table (account_id uuid, name text, password_hash text, locked_until timestamptz, schools uuid[])
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, c.password_hash, c.locked_until,
       array(select distinct g.school_id from identity.role_grant g where g.account_id = a.account_id and g.school_id is not null)
from identity.account a join identity.credential c using (account_id)
where (a.user_name = login or c.phone_hmac = hmac) and a.closed_at is null
order by a.account_id
limit 10
$$;
create function identity.door_schools(who uuid, at_ timestamptz)
    returns table (school_id uuid, works boolean)
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct g.school_id, g.pupil_id is null from identity.role_grant g where g.account_id = who and (g.until is null or g.until > at_) $$;
create function identity.door_open_session(hash bytea, who uuid, at_ timestamptz, until_ timestamptz, strong_ timestamptz, idle_ int, how_ text, device_ text) returns void
    language sql security definer set search_path = pg_catalog as
$$
update identity.credential set failures = 0, locked_until = null where account_id = who and (failures > 0 or locked_until is not null);
delete from identity.session where account_id = who and expires_at <= at_;
insert into identity.session (token_hash, account_id, created_at, seen_at, expires_at, strong_until, idle_minutes, how, device)
values (hash, who, at_, at_, until_, strong_, idle_, how_, device_);
$$;
create function identity.door_failed(who uuid, at_ timestamptz, free int, pause_minutes int) returns void
    language sql security definer set search_path = pg_catalog as
$$
update identity.credential
set failures = failures + 1, locked_until = case when failures + 1 >= free then at_ + pause_minutes * interval '1 minute' else locked_until end
where account_id = who
$$;
-- A name that nobody has: counted alike. Rows of yesterday go with the next failure.
create function identity.door_failed_unknown(login bytea, at_ timestamptz, free int, pause_minutes int) returns void
    language sql security definer set search_path = pg_catalog as
$$
delete from identity.unknown_login where at < at_ - interval '1 day';
insert into identity.unknown_login (login_hash, failures, locked_until, at) values (login, 1, case when free <= 1 then at_ + pause_minutes * interval '1 minute' end, at_)
on conflict (login_hash) do update set failures = unknown_login.failures + 1, at = at_,
    locked_until = case when unknown_login.failures + 1 >= free then at_ + pause_minutes * interval '1 minute' else unknown_login.locked_until end;
$$;
create function identity.door_unknown_locked(login bytea) returns timestamptz
    language sql stable security definer set search_path = pg_catalog as
$$ select locked_until from identity.unknown_login where login_hash = login $$;

-- A new code for a phone: false where the last one is younger than a minute, or the tenth of the day has gone out.
create function identity.door_phone_code(hmac bytea, code bytea, at_ timestamptz, until_ timestamptz) returns boolean
    language sql security definer set search_path = pg_catalog as
$$
delete from identity.phone_code where sent_at < at_ - interval '2 days';
with put as (
    insert into identity.phone_code (phone_hmac, code_hash, expires_at, sent_at, sent) values (hmac, code, until_, at_, 1)
    on conflict (phone_hmac) do update
        set code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0, sent_at = excluded.sent_at,
            sent = case when phone_code.sent_at < at_ - interval '1 day' then 1 else phone_code.sent + 1 end
        where phone_code.sent_at is null or phone_code.sent_at < at_ - interval '1 day' or phone_code.sent_at <= at_ - interval '1 minute' and phone_code.sent < 10
    returning 1)
select exists (select 1 from put)
$$;
-- Right codes are used up but leave the count of the day behind.
create or replace function identity.door_try_phone_code(hmac bytea, code bytea, at_ timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    right_ boolean;
begin
    update identity.phone_code set tries = tries + 1 where phone_hmac = hmac and expires_at > at_ and tries < 5 returning code_hash = code into right_;
    if right_ then
        update identity.phone_code set expires_at = at_, tries = 5 where phone_hmac = hmac;
    end if;
    return coalesce(right_, false);
end
$$;
create function identity.door_phone_proved(who uuid, hmac bytea, at_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$ update identity.credential set phone_proved_at = at_ where account_id = who and phone_hmac = hmac $$;
create function identity.door_put_link(secret bytea, hmac bytea, at_ timestamptz, until_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$
delete from identity.login_link where expires_at <= at_;
insert into identity.login_link (secret_hash, phone_hmac, expires_at) values (secret, hmac, until_);
$$;
create function identity.door_link(secret bytea, at_ timestamptz) returns bytea
    language sql stable security definer set search_path = pg_catalog as
$$ select phone_hmac from identity.login_link where secret_hash = secret and expires_at > at_ $$;
create function identity.door_use_link(secret bytea, at_ timestamptz) returns bytea
    language sql security definer set search_path = pg_catalog as
$$ delete from identity.login_link where secret_hash = secret and expires_at > at_ returning phone_hmac $$;

call shared.run_as('identity.door_session(bytea, timestamptz, boolean)', 'afterbell_doors');
call shared.run_as('identity.door_seen(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_token(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_token_used(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_account(text, bytea)', 'afterbell_doors');
call shared.run_as('identity.door_schools(uuid, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_open_session(bytea, uuid, timestamptz, timestamptz, timestamptz, int, text, text)', 'afterbell_doors');
call shared.run_as('identity.door_failed(uuid, timestamptz, int, int)', 'afterbell_doors');
call shared.run_as('identity.door_failed_unknown(bytea, timestamptz, int, int)', 'afterbell_doors');
call shared.run_as('identity.door_unknown_locked(bytea)', 'afterbell_doors');
call shared.run_as('identity.door_phone_code(bytea, bytea, timestamptz, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_phone_proved(uuid, bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_put_link(bytea, bytea, timestamptz, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_link(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_use_link(bytea, timestamptz)', 'afterbell_doors');
