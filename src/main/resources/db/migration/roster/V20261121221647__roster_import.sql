-- R57, R63, R86: what the school's own lists say of its people, drafts of imports, proof of standings, and consents for the way home.
alter table roster.pupil add column search text not null default '';
alter table roster.pupil add column seat text not null default '';
-- A child may leave and come back with the same number.
alter table roster.pupil drop constraint pupil_school_id_number_trace_key;
alter table roster.pupil drop constraint pupil_school_id_identity_trace_key;
create unique index pupil_one_number on roster.pupil (school_id, number_trace) where number_trace is not null and left_on is null;
create unique index pupil_one_identity on roster.pupil (school_id, identity_trace) where identity_trace is not null and left_on is null;
comment on column roster.pupil.search is 'Keys that find the name by its sound, each after a blank';
alter table roster.staff add column search text not null default '';
alter table roster.staff add column gender text check (gender in ('F', 'M'));
alter table roster.staff add column title text not null default '';
alter table roster.staff add column provider text not null default '';
create index on roster.staff (school_id, phone_trace) where phone_trace is not null;

alter table roster.standing add column person_key bytea;
alter table roster.standing add column proof_sealed bytea;
alter table roster.standing add column entered_at timestamptz;
alter table roster.standing add column confirmed_at timestamptz;
alter table roster.standing add column ended_by uuid;
alter table roster.standing add column ended_at timestamptz;
alter table roster.standing add constraint standing_ended check ((ended_by is null) = (ended_at is null));
alter table roster.standing add constraint standing_proof check (proof_sealed is null or person_key is not null);
create or replace view roster.pub_standing with (security_invoker = true) as
select school_id, pupil_id, category, valid_from, valid_to from roster.standing where (confirmed_by is not null or entered_by is null) and ended_by is null;

create or replace view roster.pub_pupil with (security_invoker = true) as
select p.school_id, p.pupil_id, p.class_id, c.grade, c.number as class_number, c.name as class_name, p.name, p.gender, p.birthday, p.initials, p.boarding, p.search, p.seat
from roster.pupil p join roster.class c using (school_id, class_id)
where p.left_on is null;

create table roster.consent (
    school_id    uuid not null references schools.school,
    consent_id   uuid not null,
    pupil_id     uuid not null,
    kind         text not null check (kind in ('walk-home', 'class-line')),
    weekdays     int[] not null check (cardinality(weekdays) between 1 and 7 and 1 <= all (weekdays) and 7 >= all (weekdays)),
    valid_from   date not null,
    valid_to     date check (valid_to >= valid_from),
    given_by     uuid not null,
    given_at     timestamptz not null,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    primary key (school_id, consent_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
comment on table roster.consent is 'That a child may walk home alone, or leave with the class line: by a guardian, per weekday, revocable';
create unique index consent_one_open on roster.consent (school_id, pupil_id, kind) where withdrawn_at is null;
call shared.guard_child('roster.consent');
create view roster.pub_consent with (security_invoker = true) as
select school_id, pupil_id, kind, weekdays, valid_from, valid_to from roster.consent where withdrawn_at is null;
grant select on roster.pub_consent to afterbell_app;

create table roster.draft (
    school_id   uuid  not null references schools.school,
    draft_id    uuid  not null,
    account_id  uuid  not null,
    kind        text  not null,
    file_name   text  not null check (length(file_name) between 1 and 200),
    content     bytea not null check (octet_length(content) <= 41943040),
    corrections jsonb not null default '{}',
    answers     jsonb not null default '{}',
    made_at     timestamptz not null,
    applied_at  timestamptz,
    added       int not null default 0,
    changed     int not null default 0,
    removed     int not null default 0,
    primary key (school_id, draft_id)
);
comment on table roster.draft is 'A file uploaded for import and what a person mended on its preview; its content goes when it is applied, the row when thrown away or old';
create index on roster.draft (school_id, account_id);
call shared.guard_staff('roster.draft');

create table roster.transfer (
    school_id   uuid not null references schools.school,
    transfer_id uuid not null,
    pupil_id    uuid not null,
    from_class  uuid,
    to_class    uuid,
    on_day      date not null,
    done_by     uuid not null,
    done_at     timestamptz not null,
    primary key (school_id, transfer_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, from_class) references roster.class,
    foreign key (school_id, to_class) references roster.class,
    check (from_class is distinct from to_class)
);
comment on table roster.transfer is 'Every move of a child: into the school (no class before), to another class, out of the school (no class after)';
create index on roster.transfer (school_id, pupil_id);
create index on roster.transfer (school_id, from_class);
create index on roster.transfer (school_id, to_class);
call shared.guard_child_read('roster.transfer');
call shared.append_only('roster.transfer');
