-- R13, R14: bureaus, schools and their places. R32: rooms and areas are supplied to the programme.
create schema schools;
grant usage on schema schools to afterbell_app, afterbell_doors;

create table schools.bureau (
    bureau_id uuid primary key,
    parent_id uuid references schools.bureau,
    name      text not null,
    region    text not null
);
comment on table schools.bureau is 'Node of the bureau tree; region is a GB/T 2260 code';
create index on schools.bureau (parent_id);
alter table schools.bureau enable row level security;
alter table schools.bureau force row level security;
create policy seen on schools.bureau for select to afterbell_app using ((select shared.hat()) is not null);
create policy added on schools.bureau for insert to afterbell_app with check ((select shared.hat()) in ('BUREAU', 'DOOR'));
create policy changed on schools.bureau for update to afterbell_app using ((select shared.hat()) = 'BUREAU');
grant select, insert, update on schools.bureau to afterbell_app;

create table schools.school (
    school_id   uuid primary key,
    bureau_path uuid[] not null default '{}',
    code        text   not null unique,
    name        text   not null,
    region      text   not null,
    kind        text   not null check (kind in ('primary', 'junior', 'nine-year', 'complete-secondary', 'twelve-year', 'teaching-point')),
    setting     text   not null default 'urban' check (setting in ('urban', 'rural')),
    ownership   text   not null default 'public' check (ownership in ('public', 'private')),
    boarding    boolean not null default false,
    phone       text   not null default '',
    zone        text   not null default 'Asia/Shanghai'
);
comment on table schools.school is 'One school; bureau_path lists its bureaus from the root down';
create index on schools.school using gin (bureau_path);
alter table schools.school enable row level security;
alter table schools.school force row level security;
create policy seen on schools.school for select to afterbell_app
    using (case (select shared.hat()) when 'BUREAU' then (select shared.bureau()) = any(bureau_path) when 'DOOR' then false
           else school_id = any((select shared.schools())::uuid[]) end);
create policy added on schools.school for insert to afterbell_app
    with check (case (select shared.hat()) when 'BUREAU' then (select shared.bureau()) = any(bureau_path) when 'STAFF' then school_id = any((select shared.schools())::uuid[]) else false end);
create policy changed on schools.school for update to afterbell_app
    using (case (select shared.hat()) when 'BUREAU' then (select shared.bureau()) = any(bureau_path) when 'STAFF' then school_id = any((select shared.schools())::uuid[]) else false end);
grant select, insert, update on schools.school to afterbell_app;

create table schools.campus (
    school_id uuid not null references schools.school,
    campus_id uuid not null,
    name      text not null,
    primary key (school_id, campus_id)
);
comment on table schools.campus is 'A site of a school';
call shared.guard_open('schools.campus');

create table schools.grade (
    school_id uuid not null references schools.school,
    grade     int  not null check (grade between 1 and 12),
    name      text not null,
    band      text not null,
    primary key (school_id, grade)
);
comment on table schools.grade is 'A grade and the band (slots, waves) it belongs to';
call shared.guard_open('schools.grade');

create table schools.room (
    school_id uuid not null references schools.school,
    room_id   uuid not null,
    campus_id uuid,
    code      text not null,
    name      text not null,
    kind      text not null check (kind in ('classroom', 'special', 'outdoor', 'hall', 'library', 'office', 'other')),
    capacity  int  not null default 50 check (capacity between 1 and 5000),
    outdoor   boolean not null default false,
    retired   boolean not null default false,
    primary key (school_id, room_id),
    unique (school_id, code),
    foreign key (school_id, campus_id) references schools.campus
);
comment on table schools.room is 'A place where a session can be held (R32)';
create index on schools.room (school_id, campus_id);
call shared.guard_open('schools.room');

create table schools.area (
    school_id uuid not null references schools.school,
    area_id   uuid not null,
    name      text not null,
    primary key (school_id, area_id)
);
comment on table schools.area is 'An area that patrols and clearing walk (R88, R87)';
call shared.guard_school('schools.area');

create table schools.gate (
    school_id uuid not null references schools.school,
    gate_id   uuid not null,
    name      text not null,
    primary key (school_id, gate_id)
);
comment on table schools.gate is 'A gate where children leave (R85, R91)';
call shared.guard_open('schools.gate');

-- Turns a school code in a public address into the scope of its open pages.
create function schools.door_school_by_code(wanted text) returns uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select school_id from schools.school where code = wanted $$;
create policy door on schools.school for select to afterbell_doors using (true);
grant select on schools.school to afterbell_doors;
call shared.run_as('schools.door_school_by_code(text)', 'afterbell_doors');
