-- R1-R12, R63, R90: who is in which class, who belongs to whom, who works here. Names stand here and nowhere else (law 8); what is sensitive is
-- sealed under person_key and found by its HMAC.
create schema roster;

create table roster.class (
    school_id   uuid    not null references schools.school,
    class_id    uuid    not null,
    school_year int     not null check (school_year between 2000 and 2100),
    grade       int     not null,
    number      int     not null check (number between 1 and 99),
    name        text    not null,
    room_id     uuid,
    retired     boolean not null default false,
    primary key (school_id, class_id),
    unique (school_id, school_year, grade, number),
    foreign key (school_id, grade) references schools.grade,
    foreign key (school_id, room_id) references schools.room
);
comment on table roster.class is 'A class of one school year (2026 is the year that begins in September 2026)';
create index on roster.class (school_id, grade);
create index on roster.class (school_id, room_id);
call shared.guard_open('roster.class');

create table roster.pupil (
    school_id      uuid    not null references schools.school,
    pupil_id       uuid    not null,
    class_id       uuid    not null,
    name           text    not null check (length(name) between 1 and 60),
    gender         text check (gender in ('F', 'M')),
    birthday       date,
    initials       text    not null,
    code           text,
    boarding       boolean not null default false,
    joined_on      date,
    left_on        date,
    person_key     bytea,
    number_sealed  bytea,
    number_trace   bytea,
    identity_sealed bytea,
    identity_trace bytea,
    health_sealed  bytea,
    primary key (school_id, pupil_id),
    unique (school_id, number_trace),
    unique (school_id, identity_trace),
    unique (school_id, code),
    foreign key (school_id, class_id) references roster.class
);
comment on table roster.pupil is 'A child of the school; number is the national pupil number, kept with identity number and health note sealed';
create index on roster.pupil (school_id, class_id);
create index on roster.pupil (school_id, initials text_pattern_ops);
call shared.guard_child_read('roster.pupil');

create table roster.adult (
    school_id    uuid not null references schools.school,
    adult_id     uuid not null,
    account_id   uuid references identity.account,
    name         text not null check (length(name) between 1 and 60),
    person_key   bytea,
    phone_sealed bytea,
    phone_trace  bytea,
    primary key (school_id, adult_id)
);
comment on table roster.adult is 'A grown-up of a child''s family as the school knows the person';
create index on roster.adult (account_id);
create index on roster.adult (school_id, phone_trace);
call shared.guard('roster.adult',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then account_id = (select shared.account()) else false end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

create table roster.relation (
    school_id uuid not null references schools.school,
    pupil_id  uuid not null,
    adult_id  uuid not null,
    kind      text not null check (kind in ('guardian', 'carer', 'collector', 'emergency')),
    label     text not null default '',
    since     date,
    until     date,
    primary key (school_id, pupil_id, adult_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult
);
comment on table roster.relation is 'What an adult is to a child: guardian signs, chooses, pays; carer tells and sees; collector collects';
create index on roster.relation (school_id, adult_id);
call shared.guard_child_read('roster.relation');

create table roster.sibling (
    school_id uuid not null references schools.school,
    pupil_id  uuid not null,
    family_id uuid not null,
    primary key (school_id, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table roster.sibling is 'Children of one family of the school, as the family confirmed';
create index on roster.sibling (school_id, family_id);
call shared.guard_child('roster.sibling');

create table roster.staff (
    school_id    uuid not null references schools.school,
    staff_id     uuid not null,
    account_id   uuid references identity.account,
    code         text not null,
    name         text not null check (length(name) between 1 and 60),
    initials     text not null,
    kind         text not null check (kind in ('teacher', 'office', 'guard', 'outside')),
    subject      text not null default '',
    left_on      date,
    person_key   bytea,
    phone_sealed bytea,
    phone_trace  bytea,
    primary key (school_id, staff_id),
    unique (school_id, code)
);
comment on table roster.staff is 'A person who works at the school, own or from outside';
create index on roster.staff (account_id);
call shared.guard_school('roster.staff');

create table roster.class_teacher (
    school_id uuid    not null references schools.school,
    class_id  uuid    not null,
    staff_id  uuid    not null,
    deputy    boolean not null default false,
    primary key (school_id, class_id, staff_id),
    foreign key (school_id, class_id) references roster.class,
    foreign key (school_id, staff_id) references roster.staff
);
comment on table roster.class_teacher is 'Class teacher and deputies of a class';
create index on roster.class_teacher (school_id, staff_id);
call shared.guard_school('roster.class_teacher');

create table roster.standing (
    school_id    uuid not null references schools.school,
    standing_id  uuid not null,
    pupil_id     uuid not null,
    category     text not null,
    valid_from   date not null,
    valid_to     date,
    entered_by   uuid,
    confirmed_by uuid,
    primary key (school_id, standing_id),
    unique (school_id, pupil_id, category, valid_from),
    foreign key (school_id, pupil_id) references roster.pupil,
    check (valid_to is null or valid_to >= valid_from),
    check (confirmed_by is null or entered_by is null or confirmed_by <> entered_by)
);
comment on table roster.standing is 'The one source for priority and exemption; counts once a second person confirmed it (law 9: seen by staff who need it)';
create index on roster.standing (school_id, pupil_id);
call shared.guard_staff('roster.standing');

create view roster.pub_class with (security_invoker = true) as
select school_id, class_id, school_year, grade, number, name, room_id from roster.class where not retired;
create view roster.pub_pupil with (security_invoker = true) as
select p.school_id, p.pupil_id, p.class_id, c.grade, c.number as class_number, c.name as class_name, p.name, p.gender, p.birthday, p.initials, p.boarding
from roster.pupil p join roster.class c using (school_id, class_id)
where p.left_on is null;
create view roster.pub_staff with (security_invoker = true) as
select school_id, staff_id, account_id, code, name, initials, kind, subject from roster.staff where left_on is null;
create view roster.pub_class_teacher with (security_invoker = true) as select school_id, class_id, staff_id, deputy from roster.class_teacher;
create view roster.pub_relation with (security_invoker = true) as
select r.school_id, r.pupil_id, r.adult_id, a.account_id, r.kind, r.label, a.name from roster.relation r join roster.adult a using (school_id, adult_id) where r.until is null;
create view roster.pub_sibling with (security_invoker = true) as select school_id, pupil_id, family_id from roster.sibling;
create view roster.pub_standing with (security_invoker = true) as
select school_id, pupil_id, category, valid_from, valid_to from roster.standing where confirmed_by is not null or entered_by is null;
grant select on roster.pub_class, roster.pub_pupil, roster.pub_staff, roster.pub_class_teacher, roster.pub_relation, roster.pub_sibling, roster.pub_standing to afterbell_app;
