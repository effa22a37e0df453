-- Siblings as the family confirms them, people who must not take a child, children on their way out.
create table roster.sibling_answer (
    school_id   uuid        not null references schools.school,
    account_id  uuid        not null references identity.account,
    pupil_id    uuid        not null,
    answered_at timestamptz not null,
    primary key (school_id, account_id, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table roster.sibling_answer is 'For which children a guardian has said who are brothers and sisters, so that nobody is asked twice';
create index on roster.sibling_answer (account_id);
create index on roster.sibling_answer (school_id, pupil_id);
call shared.guard_account('roster.sibling_answer');

create table roster.protection (
    school_id       uuid        not null references schools.school,
    protection_id   uuid        not null,
    pupil_id        uuid        not null,
    adult_id        uuid,
    account_id      uuid,
    person_key      bytea       not null,
    name_sealed     bytea       not null,
    document_sealed bytea       not null,
    said_sealed     bytea       not null,
    until           date,
    made_at         timestamptz not null,
    made_by         uuid        not null,
    ended_at        timestamptz,
    ended_by        uuid,
    primary key (school_id, protection_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult,
    check ((ended_at is null) = (ended_by is null))
);
comment on table roster.protection is 'A court document or another paper that keeps somebody from a child: sealed, read by the office alone, each reading with a purpose (law 8, 9). With adult_id or account_id the person''s rights are taken at the doors as well';
comment on column roster.protection.until is 'Until when the paper says it holds, for the office to look again; it ends only by the office''s hand';
create index on roster.protection (school_id, pupil_id);
create index on roster.protection (school_id, adult_id);
call shared.guard_staff('roster.protection');

create table roster.departure (
    school_id    uuid        not null references schools.school,
    departure_id uuid        not null,
    pupil_id     uuid        not null,
    first_away   date        not null,
    made_at      timestamptz not null,
    made_by      uuid        not null,
    done_at      timestamptz,
    cancelled_at timestamptz,
    cancelled_by uuid,
    primary key (school_id, departure_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    check (done_at is null or cancelled_at is null)
);
comment on table roster.departure is 'A child leaves the school: first_away is the first day on which it is no longer here. Days to come are carried out by a job, once';
create unique index departure_once on roster.departure (school_id, pupil_id) where done_at is null and cancelled_at is null;
create index on roster.departure (school_id, pupil_id);
call shared.guard_staff('roster.departure');
