-- R17-R31: when a school's service runs. Bells are written per term and grade band; days follow from the holidays and the school's own word.
create schema calendar;
grant usage on schema calendar to afterbell_app;

-- R27, R115: the file of a year's public holidays as a bureau edits it; the shipped file holds where no bureau says otherwise.
create table calendar.holiday_year (
    region    text        not null check (region ~ '^(\d{2}|\d{4}|\d{6})?$'),
    year      int         not null check (year between 2000 and 2100),
    bureau_id uuid        not null references schools.bureau,
    body      text        not null check (length(body) between 1 and 100000),
    set_at    timestamptz not null,
    set_by    uuid        not null,
    primary key (region, year)
);
comment on table calendar.holiday_year is 'Public holidays of a year for a region, as a file; the smaller region wins';
create index on calendar.holiday_year (bureau_id);
alter table calendar.holiday_year enable row level security;
alter table calendar.holiday_year force row level security;
create policy seen on calendar.holiday_year for select to afterbell_app using ((select shared.hat()) is not null);
create policy added on calendar.holiday_year for insert to afterbell_app
    with check ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
create policy changed on calendar.holiday_year for update to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()))
    with check ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
create policy removed on calendar.holiday_year for delete to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
grant select, insert, update, delete on calendar.holiday_year to afterbell_app;

create table calendar.term (
    school_id     uuid not null references schools.school,
    term_id       uuid not null,
    start_year    int  not null check (start_year between 2000 and 2100),
    half          int  not null check (half in (1, 2)),
    first_day     date not null,
    last_day      date not null,
    registration  date,
    service_week  int  not null check (service_week between 1 and 30),
    clubs_week    int  not null check (clubs_week between service_week and 30),
    add_drop_weeks int not null check (add_drop_weeks between 0 and 20),
    primary key (school_id, term_id),
    unique (school_id, start_year, half),
    check (last_day >= first_day and last_day <= first_day + 300),
    check (registration is null or registration between first_day - 60 and last_day),
    constraint terms_do_not_overlap exclude using gist (school_id with =, daterange(first_day, last_day, '[]') with &&)
);
comment on table calendar.term is 'A term from its first lesson to its last day; half 1 begins in autumn of start_year, half 2 in the spring after (R24, R25)';
call shared.guard_open('calendar.term');

create table calendar.band (
    school_id uuid  not null,
    term_id   uuid  not null,
    code      text  not null check (code ~ '^[a-z0-9-]{1,20}$'),
    name      text  not null check (name <> ''),
    grades    int[] not null check (cardinality(grades) between 1 and 12),
    position  int   not null,
    primary key (school_id, term_id, code),
    foreign key (school_id, term_id) references calendar.term on delete cascade
);
comment on table calendar.band is 'Grades that keep the same bells in a term (R21, R22)';
call shared.guard_open('calendar.band');

create table calendar.slot (
    school_id  uuid not null,
    slot_id    uuid not null,
    term_id    uuid not null,
    band       text not null,
    code       text not null check (code ~ '^[A-Z0-9-]{1,12}$'),
    weekday    int  not null check (weekday between 1 and 7),
    starts     time not null,
    ends       time not null,
    service    text not null check (service in ('AFTER_SCHOOL', 'NOON_CARE', 'EVENING_STUDY', 'WEEKEND_CARE', 'HOLIDAY_CARE')),
    kind       text not null check (kind in ('PERIOD', 'MEAL', 'BREAK')),
    valid_from date,
    valid_until date,
    primary key (school_id, slot_id),
    foreign key (school_id, term_id, band) references calendar.band on delete cascade,
    check (ends > starts),
    check (valid_from is null or valid_until is null or valid_until >= valid_from),
    constraint slots_of_a_band_do_not_overlap exclude using gist (
        school_id with =, term_id with =, band with =, weekday with =,
        int4range((extract(hour from starts) * 60 + extract(minute from starts))::int, (extract(hour from ends) * 60 + extract(minute from ends))::int) with &&,
        daterange(valid_from, valid_until, '[]') with &&),
    constraint a_slot_code_stands_once_a_day exclude using gist (
        school_id with =, term_id with =, band with =, weekday with =, code with =, daterange(valid_from, valid_until, '[]') with &&)
);
comment on table calendar.slot is 'Bells of a band on a weekday, with what the time legally is; valid_* where times change with the season (R22, R23)';
create index on calendar.slot (school_id, term_id, band);
call shared.guard_open('calendar.slot');

create table calendar.wave (
    school_id uuid   not null,
    wave_id   uuid   not null,
    term_id   uuid   not null,
    bands     text[] not null check (cardinality(bands) >= 1),
    weekdays  int[]  not null default '{}',
    at        time   not null,
    gate      text   not null default '' check (length(gate) <= 40),
    primary key (school_id, wave_id),
    foreign key (school_id, term_id) references calendar.term on delete cascade
);
comment on table calendar.wave is 'When which bands leave together, and where; no weekday means every day (R21)';
create index on calendar.wave (school_id, term_id);
call shared.guard_open('calendar.wave');

create table calendar.closure (
    school_id  uuid   not null references schools.school,
    closure_id uuid   not null,
    from_day   date   not null,
    until_day  date   not null,
    bands      text[] not null default '{}',
    services   text[] not null default '{}',
    reason     text   not null check (reason in ('EVENT', 'EXAM', 'EPIDEMIC', 'AIR', 'WEATHER', 'EMERGENCY', 'OTHER')),
    note       text   not null default '' check (length(note) <= 80),
    primary key (school_id, closure_id),
    check (until_day >= from_day and until_day <= from_day + 200)
);
comment on table calendar.closure is 'Service that does not take place although the day would have some (R26); bands or services empty = all';
create index on calendar.closure (school_id, from_day);
call shared.guard_open('calendar.closure');

create table calendar.own_day (
    school_id uuid    not null references schools.school,
    day       date    not null,
    teaches   boolean not null,
    follows   int     not null check (follows between 1 and 7),
    note      text    not null default '' check (length(note) <= 80),
    primary key (school_id, day)
);
comment on table calendar.own_day is 'The school''s own word about one day: taught by which weekday''s timetable, or free';
call shared.guard_open('calendar.own_day');

create table calendar.opening (
    school_id  uuid  not null references schools.school,
    opening_id uuid  not null,
    term_id    uuid  not null,
    from_day   date  not null,
    until_day  date  not null,
    weekdays   int[] not null check (cardinality(weekdays) >= 1),
    name       text  not null check (name <> '' and length(name) <= 40),
    primary key (school_id, opening_id),
    foreign key (school_id, term_id) references calendar.term on delete cascade,
    check (until_day >= from_day and until_day <= from_day + 100)
);
comment on table calendar.opening is 'Days on which the campus opens for holiday care (R19, R145)';
create index on calendar.opening (school_id, term_id);
call shared.guard_open('calendar.opening');
