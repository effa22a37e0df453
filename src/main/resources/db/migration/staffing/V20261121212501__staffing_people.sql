-- R71, R72, C12: who can teach what and when; outside providers and the checks they must have passed before a child is led by them.
create schema staffing;
grant usage on schema staffing to afterbell_app;

create table staffing.provider (
    school_id   uuid    not null references schools.school,
    provider_id uuid    not null,
    name        text    not null check (name <> ''),
    kind        text    not null check (kind in ('institution', 'volunteer')),
    chosen_by   text    not null default 'none' check (chosen_by in ('none', 'tender', 'bureau-list', 'invited')),
    retired     boolean not null default false,
    primary key (school_id, provider_id),
    unique (school_id, name)
);
comment on table staffing.provider is 'An outside institution or a volunteer who leads sections (R12, R72); its name stands on the public menu';
call shared.guard_open('staffing.provider');

create table staffing.provider_note (
    school_id   uuid not null,
    provider_id uuid not null,
    contact     text not null default '',
    phone       text not null default '',
    note        text not null default '',
    primary key (school_id, provider_id),
    foreign key (school_id, provider_id) references staffing.provider on delete cascade
);
comment on table staffing.provider_note is 'How the office reaches a provider; staff alone';
call shared.guard_staff('staffing.provider_note');

create table staffing.provider_staff (
    school_id   uuid not null,
    provider_id uuid not null,
    staff_id    uuid not null,
    primary key (school_id, staff_id),
    foreign key (school_id, provider_id) references staffing.provider on delete cascade
);
comment on table staffing.provider_staff is 'The outside teacher and the provider who sends them';
create index on staffing.provider_staff (school_id, provider_id);
call shared.guard_school('staffing.provider_staff');

create table staffing.vetting (
    school_id   uuid not null,
    vetting_id  uuid not null,
    provider_id uuid,
    staff_id    uuid,
    kind        text not null check (kind in ('qualification', 'background', 'health', 'agreement')),
    valid_from  date not null,
    valid_until date,
    file_id     uuid,
    checked_by  uuid,
    checked_at  timestamptz not null,
    note        text not null default '',
    primary key (school_id, vetting_id),
    foreign key (school_id, provider_id) references staffing.provider on delete cascade,
    check ((provider_id is null) <> (staff_id is null)),
    check (valid_until is null or valid_until >= valid_from)
);
comment on table staffing.vetting is 'A check that a provider or an outside teacher passed, with its document and its dates (C12)';
create index on staffing.vetting (school_id, provider_id);
create index on staffing.vetting (school_id, staff_id);
call shared.guard_staff('staffing.vetting');

create table staffing.talent (
    school_id uuid not null references schools.school,
    talent_id uuid not null,
    staff_id  uuid not null,
    what      text not null check (what <> ''),
    domain    text not null default '' check (domain in ('', 'arts', 'sport', 'science', 'humanities')),
    grade_lo  int  not null default 1 check (grade_lo between 1 and 12),
    grade_hi  int  not null default 12 check (grade_hi between 1 and 12),
    primary key (school_id, talent_id),
    unique (school_id, staff_id, what),
    check (grade_lo <= grade_hi)
);
comment on table staffing.talent is 'What a person can lead, and for which grades (R71)';
call shared.guard_staff('staffing.talent');

create table staffing.availability (
    school_id       uuid not null references schools.school,
    availability_id uuid not null,
    staff_id        uuid not null,
    weekday         int  not null check (weekday between 1 and 7),
    starts          time not null,
    ends            time not null,
    primary key (school_id, availability_id),
    unique (school_id, staff_id, weekday, starts),
    check (starts < ends)
);
comment on table staffing.availability is 'When a person can serve, by weekday; who has no row can serve at any time of the service';
call shared.guard_staff('staffing.availability');

create view staffing.pub_provider with (security_invoker = true) as
select school_id, provider_id, name, kind, retired from staffing.provider;
comment on view staffing.pub_provider is 'Providers by name, for menus';
grant select on staffing.pub_provider to afterbell_app;
