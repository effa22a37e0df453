-- Relations to a child: who invites whom, who confirms, and what a court has decided (glossary: guardian, entrusted carer, collector).
create table identity.kin_request (
    school_id  uuid        not null,
    request_id uuid        not null,
    pupil_id   uuid        not null,
    class_id   uuid        not null,
    slip_id    uuid        not null,
    account_id uuid        not null references identity.account,
    role       text        not null check (role in ('GUARDIAN', 'CARER', 'COLLECTOR')),
    relation   text        not null check (relation in ('father', 'mother', 'grandfather', 'grandmother', 'relative', 'guardian', 'other')),
    invited_by uuid        not null,
    asked_at   timestamptz not null,
    state      text        not null check (state in ('asked', 'approved', 'declined')),
    decided_by uuid,
    decided_at timestamptz,
    primary key (school_id, request_id),
    foreign key (school_id, slip_id) references identity.slip,
    check ((state = 'asked') = (decided_at is null))
);
comment on table identity.kin_request is 'Somebody opened a guardian''s invitation and waits: a second guardian for the class teacher''s tap, a carer or collector for the guardian''s';
create unique index kin_request_once on identity.kin_request (school_id, slip_id);
create index on identity.kin_request (school_id, pupil_id) where state = 'asked';
create index on identity.kin_request (account_id);
call shared.guard('identity.kin_request',
    'case (select shared.hat()) when ''STAFF'' then school_id = any((select shared.schools())::uuid[]) when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) or account_id = (select shared.account()) else account_id = (select shared.account()) end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

-- Whoever was invited is seen by name by those who decide.
create policy invited on identity.account for select to afterbell_app
    using (case (select shared.hat())
        when 'STAFF' then exists (select 1 from identity.kin_request r where r.account_id = account.account_id and r.school_id = any((select shared.schools())::uuid[]))
        when 'FAMILY' then exists (select 1 from identity.kin_request r where r.account_id = account.account_id and r.pupil_id = any((select shared.children())::uuid[]))
        else false end);

-- A limit may name a guardian who has never entered. What the document says stands sealed in roster.protection; here is only its effect at the doors.
alter table identity.court_limit alter column account_id drop not null;
alter table identity.court_limit add column adult_id uuid;
alter table identity.court_limit add constraint court_limit_whom check (account_id is not null or adult_id is not null);
create unique index court_limit_adult_once on identity.court_limit (school_id, pupil_id, adult_id) where ended_at is null and adult_id is not null;
create or replace view identity.pub_limited with (security_invoker = true) as
select school_id, pupil_id, account_id from identity.court_limit where ended_at is null and account_id is not null;
