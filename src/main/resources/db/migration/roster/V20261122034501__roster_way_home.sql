-- R86, P7: who may take a child on a day, as the gate asks it: ids of consents and of people kept away, and somebody for one day alone.
create or replace view roster.pub_consent with (security_invoker = true) as
select school_id, pupil_id, kind, weekdays, valid_from, valid_to, consent_id from roster.consent where withdrawn_at is null;

create view roster.pub_barred with (security_invoker = true) as
select school_id, pupil_id, adult_id from roster.protection where ended_at is null and adult_id is not null;
comment on view roster.pub_barred is 'Who must not take a child, by id alone; only under a school''s scope (law 9)';
grant select on roster.pub_barred to afterbell_app;

create table roster.delegate (
    school_id    uuid        not null references schools.school,
    delegate_id  uuid        not null,
    pupil_id     uuid        not null,
    adult_id     uuid        not null,
    day          date        not null,
    code         bytea       not null,
    person_key   bytea       not null,
    code_sealed  bytea       not null,
    given_by     uuid        not null,
    given_at     timestamptz not null,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    primary key (school_id, delegate_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult,
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
comment on table roster.delegate is 'Somebody whom a guardian sends for a child on one day. The code is found by its trace, for this child on this day alone, and sealed for the family to read again';
create index on roster.delegate (school_id, pupil_id, day);
create index on roster.delegate (school_id, adult_id);
create unique index delegate_code on roster.delegate (school_id, code) where withdrawn_at is null;
call shared.guard_staff('roster.delegate');

create view roster.pub_delegate with (security_invoker = true) as
select d.school_id, d.pupil_id, d.adult_id, d.day, d.given_at, a.name from roster.delegate d join roster.adult a using (school_id, adult_id) where d.withdrawn_at is null;
comment on view roster.pub_delegate is 'Who is sent for a child on a day, by name; the code stays where it is';
grant select on roster.pub_delegate to afterbell_app;
