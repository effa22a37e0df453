-- The first visit needs no mail, SMS or app: slips, class codes and requests. Proofs of a person (password, phone, second factor, passkey, token)
-- leave the account's row, which colleagues and the other guardian may see; they stand where only the person and the doors can read them.

drop function identity.door_session(bytea, timestamptz);
drop function identity.door_account(text, bytea);
drop function identity.door_open_session(bytea, uuid, timestamptz, timestamptz, timestamptz, text);
drop function identity.door_failed(uuid, timestamptz);

create table identity.credential (
    account_id    uuid primary key references identity.account,
    password_hash text,
    failures      int not null default 0,
    locked_until  timestamptz,
    person_key    bytea,
    phone_cipher  bytea,
    phone_hmac    bytea,
    totp_cipher   bytea,
    totp_since    timestamptz,
    totp_step     bigint not null default 0,
    check (phone_cipher is null or person_key is not null),
    check (totp_cipher is null or person_key is not null)
);
comment on table identity.credential is 'How a person proves to be the account: password, phone (sealed under person_key, found by HMAC), second factor; totp_step is the last step used, so that no code works twice';
create index on identity.credential (phone_hmac) where phone_hmac is not null;
alter table identity.account no force row level security;
insert into identity.credential (account_id, password_hash, failures, locked_until, person_key, phone_cipher, phone_hmac)
select account_id, password_hash, failures, locked_until, person_key, phone_cipher, phone_hmac from identity.account;
alter table identity.account force row level security;
alter table identity.account drop column password_hash, drop column failures, drop column locked_until, drop column person_key, drop column phone_cipher, drop column phone_hmac;
comment on table identity.account is 'A person who can sign in, by the name that colleagues and the other guardian of a child see';
call shared.guard_account('identity.credential');
create policy begun on identity.credential for insert to afterbell_app with check ((select shared.hat()) in ('STAFF', 'DOOR', 'BUREAU'));

alter table identity.role_grant add column relation text check (relation in ('father', 'mother', 'grandfather', 'grandmother', 'relative', 'guardian', 'other'));
comment on column identity.role_grant.relation is 'What the person is to the child, for family roles';
create policy family on identity.role_grant for select to afterbell_app
    using ((select shared.hat()) = 'FAMILY' and pupil_id = any((select shared.children())::uuid[]));
create policy family on identity.account for select to afterbell_app
    using ((select shared.hat()) = 'FAMILY' and exists (select 1 from identity.role_grant g where g.account_id = account.account_id and g.pupil_id = any((select shared.children())::uuid[])));

create table identity.slip (
    school_id   uuid        not null,
    slip_id     uuid        not null,
    kind        text        not null check (kind in ('child', 'person', 'account')),
    secret_hash bytea       not null unique,
    role        text        not null,
    class_id    uuid,
    pupil_id    uuid,
    account_id  uuid references identity.account,
    made_at     timestamptz not null,
    made_by     uuid        not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    used_by     uuid,
    voided_at   timestamptz,
    primary key (school_id, slip_id),
    check ((kind = 'account') = (account_id is not null) and (kind = 'account') = (pupil_id is null))
);
comment on table identity.slip is 'A one-time admission: child (the printed slip, guardian), person (a guardian invites a second guardian, carer or collector), account (admits to a prepared account). The secret is derived from the master key and known here by its hash';
create unique index slip_open_once on identity.slip (school_id, pupil_id) where kind = 'child' and used_at is null and voided_at is null;
create index on identity.slip (school_id, class_id);
create index on identity.slip (account_id) where account_id is not null;
call shared.guard_child('identity.slip');

create table identity.class_code (
    school_id   uuid        not null,
    class_id    uuid        not null,
    number      int         not null check (number >= 1),
    secret_hash bytea       not null unique,
    made_at     timestamptz not null,
    made_by     uuid        not null,
    primary key (school_id, class_id)
);
comment on table identity.class_code is 'The QR code of a class: admits nobody, lets a family ask the class teacher; a higher number makes older pictures worthless';
call shared.guard_staff('identity.class_code');

create table identity.entry_request (
    school_id    uuid        not null,
    request_id   uuid        not null,
    class_id     uuid        not null,
    account_id   uuid        not null references identity.account,
    relation     text        not null check (relation in ('father', 'mother', 'grandfather', 'grandmother', 'relative', 'guardian', 'other')),
    person_key   bytea,
    child_cipher bytea,
    asked_at     timestamptz not null,
    state        text        not null check (state in ('asked', 'approved', 'declined', 'withdrawn')),
    pupil_id     uuid,
    decided_by   uuid,
    decided_at   timestamptz,
    primary key (school_id, request_id),
    check ((state = 'approved') = (pupil_id is not null)),
    check ((state = 'asked') = (decided_at is null))
);
comment on table identity.entry_request is 'A family that came through the class code and waits for the class teacher; the child as typed is sealed and erased with the decision';
create unique index entry_request_once on identity.entry_request (school_id, class_id, account_id) where state = 'asked';
create index on identity.entry_request (account_id);
call shared.guard('identity.entry_request',
    'case (select shared.hat()) when ''STAFF'' then school_id = any((select shared.schools())::uuid[]) else account_id = (select shared.account()) end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

create table identity.consent (
    school_id  uuid        not null,
    consent_id uuid        not null,
    pupil_id   uuid        not null,
    account_id uuid        not null references identity.account,
    version    text        not null,
    text_hash  bytea       not null,
    decision   text        not null check (decision in ('given', 'declined', 'withdrawn')),
    at         timestamptz not null,
    device     text        not null default '',
    primary key (school_id, consent_id)
);
comment on table identity.consent is 'What a guardian decided about the processing of a child''s data, with the version and hash of the text read; the latest row counts';
create index on identity.consent (school_id, pupil_id, account_id, at);
create index on identity.consent (account_id);
call shared.guard_child('identity.consent');
call shared.append_only('identity.consent');

create table identity.court_limit (
    school_id  uuid        not null,
    limit_id   uuid        not null,
    pupil_id   uuid        not null,
    account_id uuid        not null references identity.account,
    since      timestamptz not null,
    made_by    uuid        not null,
    ended_at   timestamptz,
    ended_by   uuid,
    primary key (school_id, limit_id)
);
comment on table identity.court_limit is 'A court document takes a guardian''s rights to a child; shown to the office alone (law 9), effective at the door';
create unique index court_limit_once on identity.court_limit (school_id, pupil_id, account_id) where ended_at is null;
create index on identity.court_limit (account_id);
call shared.guard_staff('identity.court_limit');

create table identity.strong_role (
    school_id uuid        not null,
    role      text        not null,
    since     timestamptz not null,
    made_by   uuid        not null,
    primary key (school_id, role)
);
comment on table identity.strong_role is 'Roles for which a school asks a second factor, beyond those for which the house always does';
call shared.guard_staff('identity.strong_role');


create table identity.token (
    token_id   uuid primary key,
    account_id uuid        not null references identity.account,
    hash       bytea       not null unique,
    purpose    text        not null check (length(purpose) between 1 and 60),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table identity.token is 'A personal token for programs that act for a family, known by its SHA-256; revoking removes the row';
create index on identity.token (account_id);
call shared.guard_account('identity.token');

create table identity.passkey (
    credential_id   bytea primary key,
    account_id      uuid        not null references identity.account,
    public_key      bytea       not null,
    sign_count      bigint      not null,
    label           text        not null,
    transports      text        not null default '',
    backup_eligible boolean     not null,
    backup_state    boolean     not null,
    created_at      timestamptz not null,
    used_at         timestamptz
);
comment on table identity.passkey is 'A passkey (WebAuthn credential) of an account';
create index on identity.passkey (account_id);
call shared.guard_account('identity.passkey');

create table identity.recovery_code (
    account_id uuid        not null references identity.account,
    hash       bytea       not null,
    primary key (account_id, hash)
);
comment on table identity.recovery_code is 'Codes that stand in for a lost second factor, once each; used ones are removed';
call shared.guard_account('identity.recovery_code');

create table identity.foreign_login (
    issuer     text        not null,
    subject    bytea       not null,
    account_id uuid        not null references identity.account,
    linked_at  timestamptz not null,
    primary key (issuer, subject)
);
comment on table identity.foreign_login is 'An OpenID Connect login that opens an account; subject is the SHA-256 of the provider''s subject';
create index on identity.foreign_login (account_id);
call shared.guard_account('identity.foreign_login');

create table identity.phone_code (
    phone_hmac bytea       not null primary key,
    code_hash  bytea       not null,
    expires_at timestamptz not null,
    tries      int         not null default 0
);
comment on table identity.phone_code is 'The one-time code last sent to a phone; five tries';
alter table identity.phone_code enable row level security;
alter table identity.phone_code force row level security;

-- What later rooms may read: who acts for whom, under the reader's own scope.
create view identity.pub_grant with (security_invoker = true) as
select g.school_id, g.account_id, a.name, g.role, g.class_id, g.grade, g.pupil_id, g.relation, g.granted_at
from identity.role_grant g join identity.account a using (account_id)
where a.closed_at is null;
comment on view identity.pub_grant is 'Roles on a scope with the person''s name, as far as the reader''s scope reaches';
create view identity.pub_consent with (security_invoker = true) as
select distinct on (school_id, pupil_id, account_id) school_id, pupil_id, account_id, version, decision, at
from identity.consent order by school_id, pupil_id, account_id, at desc, consent_id desc;
comment on view identity.pub_consent is 'The latest decision of each guardian about a child''s data';
grant select on identity.pub_grant, identity.pub_consent to afterbell_app;

-- The doors.
grant select, insert, update, delete on identity.credential, identity.phone_code to afterbell_doors;
grant select on identity.slip, identity.class_code, identity.court_limit, identity.strong_role, identity.token, identity.foreign_login to afterbell_doors;
grant select, update on identity.passkey to afterbell_doors;
create policy door on identity.credential to afterbell_doors using (true) with check (true);
create policy door on identity.phone_code to afterbell_doors using (true) with check (true);
create policy door on identity.passkey to afterbell_doors using (true) with check (true);
create policy door on identity.slip for select to afterbell_doors using (true);
create policy door on identity.class_code for select to afterbell_doors using (true);
create policy door on identity.court_limit for select to afterbell_doors using (true);
create policy door on identity.strong_role for select to afterbell_doors using (true);
create policy door on identity.token for select to afterbell_doors using (true);
create policy door on identity.foreign_login for select to afterbell_doors using (true);

-- Grants of an account, split into those that work now and those held back until a second factor is shown. A court's limit drops a grant silently.
create function identity.door_grants(who uuid, at_ timestamptz, strong boolean)
    returns table (grants jsonb, held jsonb)
    language sql stable security definer set search_path = pg_catalog as
$$
select coalesce(jsonb_agg(j order by granted_at, grant_id) filter (where strong or not wants), '[]'::jsonb),
       coalesce(jsonb_agg(j order by granted_at, grant_id) filter (where wants and not strong), '[]'::jsonb)
from (select g.granted_at, g.grant_id,
             jsonb_build_object('role', g.role, 'school', g.school_id, 'klass', g.class_id, 'grade', g.grade, 'pupil', g.pupil_id, 'bureau', g.bureau_id) as j,
             g.role in ('FINANCE', 'BUREAU') or exists (select 1 from identity.strong_role s where s.school_id = g.school_id and s.role = g.role) as wants
      from identity.role_grant g
      where g.account_id = who and (g.until is null or g.until > at_)
        and not exists (select 1 from identity.court_limit c where c.school_id = g.school_id and c.pupil_id = g.pupil_id and c.account_id = who and c.ended_at is null)) each
$$;
create function identity.door_session(hash bytea, at_ timestamptz, enforce boolean)
    returns table (account_id uuid, name text, strong boolean, grants jsonb, held jsonb)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, coalesce(s.strong_until > at_, false), d.grants, d.held
from identity.session s
join identity.account a using (account_id)
cross join lateral identity.door_grants(a.account_id, at_, not enforce or coalesce(s.strong_until > at_, false)) d
where s.token_hash = hash and s.expires_at > at_ and a.closed_at is null
$$;
create function identity.door_token(hash_ bytea, at_ timestamptz)
    returns table (account_id uuid, name text, grants jsonb)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, d.grants
from identity.token t
join identity.account a using (account_id)
cross join lateral identity.door_grants(a.account_id, at_, false) d
where t.hash = hash_ and t.expires_at > at_ and a.closed_at is null
$$;
create function identity.door_account(login text, hmac bytea)
    returns table (account_id uuid, name text, password_hash text, failures int, locked_until timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, c.password_hash, c.failures, c.locked_until
from identity.account a join identity.credential c using (account_id)
where (a.user_name = login or c.phone_hmac = hmac) and a.closed_at is null
order by a.account_id
limit 10
$$;
create function identity.door_open_session(hash bytea, who uuid, at_ timestamptz, until_ timestamptz, strong_ timestamptz, device_ text) returns void
    language sql security definer set search_path = pg_catalog as
$$
update identity.credential set failures = 0, locked_until = null where account_id = who and (failures > 0 or locked_until is not null);
insert into identity.session (token_hash, account_id, created_at, expires_at, strong_until, device) values (hash, who, at_, until_, strong_, device_);
$$;
create function identity.door_failed(who uuid, at_ timestamptz, free int) returns void
    language sql security definer set search_path = pg_catalog as
$$
update identity.credential
set failures = failures + 1,
    locked_until = case when failures + 1 >= free then at_ + least(60, 2 ^ least(6, failures + 1 - free)) * interval '1 minute' else locked_until end
where account_id = who
$$;
create function identity.door_slip(hash bytea, at_ timestamptz)
    returns table (school_id uuid, slip_id uuid, kind text, role text, class_id uuid, pupil_id uuid, account_id uuid, state text)
    language sql stable security definer set search_path = pg_catalog as
$$
select s.school_id, s.slip_id, s.kind, s.role, s.class_id, s.pupil_id, s.account_id,
       case when s.voided_at is not null then 'voided' when s.used_at is not null then 'used' when s.expires_at <= at_ then 'expired' else 'open' end
from identity.slip s where s.secret_hash = hash
$$;
create function identity.door_class_code(hash bytea)
    returns table (school_id uuid, class_id uuid)
    language sql stable security definer set search_path = pg_catalog as
$$ select c.school_id, c.class_id from identity.class_code c where c.secret_hash = hash $$;
create function identity.door_phone_code(hmac bytea, code bytea, until_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$
insert into identity.phone_code (phone_hmac, code_hash, expires_at) values (hmac, code, until_)
on conflict (phone_hmac) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0
$$;
create function identity.door_try_phone_code(hmac bytea, code bytea, at_ timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    right_ boolean;
begin
    update identity.phone_code set tries = tries + 1 where phone_hmac = hmac and expires_at > at_ and tries < 5 returning code_hash = code into right_;
    if right_ then
        delete from identity.phone_code where phone_hmac = hmac;
    end if;
    return coalesce(right_, false);
end
$$;
create function identity.door_passkey(id bytea)
    returns table (account_id uuid, public_key bytea, sign_count bigint, label text, transports text, backup_eligible boolean, backup_state boolean, created_at timestamptz, used_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select p.account_id, p.public_key, p.sign_count, p.label, p.transports, p.backup_eligible, p.backup_state, p.created_at, p.used_at
from identity.passkey p join identity.account a using (account_id) where p.credential_id = id and a.closed_at is null
$$;
create function identity.door_passkey_used(id bytea, count_ bigint, backup boolean, at_ timestamptz) returns void
    language sql security definer set search_path = pg_catalog as
$$ update identity.passkey set sign_count = count_, backup_state = backup, used_at = at_ where credential_id = id $$;
create function identity.door_foreign_login(issuer_ text, subject_ bytea)
    returns uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select f.account_id from identity.foreign_login f join identity.account a using (account_id) where f.issuer = issuer_ and f.subject = subject_ and a.closed_at is null $$;

call shared.run_as('identity.door_grants(uuid, timestamptz, boolean)', 'afterbell_doors');
call shared.run_as('identity.door_session(bytea, timestamptz, boolean)', 'afterbell_doors');
call shared.run_as('identity.door_token(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_account(text, bytea)', 'afterbell_doors');
call shared.run_as('identity.door_open_session(bytea, uuid, timestamptz, timestamptz, timestamptz, text)', 'afterbell_doors');
call shared.run_as('identity.door_failed(uuid, timestamptz, int)', 'afterbell_doors');
call shared.run_as('identity.door_slip(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_class_code(bytea)', 'afterbell_doors');
call shared.run_as('identity.door_phone_code(bytea, bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_try_phone_code(bytea, bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_passkey(bytea)', 'afterbell_doors');
call shared.run_as('identity.door_passkey_used(bytea, bigint, boolean, timestamptz)', 'afterbell_doors');
call shared.run_as('identity.door_foreign_login(text, bytea)', 'afterbell_doors');

-- door_grants serves the other doors alone: it names an account without proof.
revoke execute on function identity.door_grants(uuid, timestamptz, boolean) from afterbell_app;
