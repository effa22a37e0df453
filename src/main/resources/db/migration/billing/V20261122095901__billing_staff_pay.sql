-- R123, FEES "Staff pay facts": who really held what, by the school's own dated distribution document; a month is agreed by one person and approved by another.
create table billing.pay_scheme (
    school_id          uuid        not null references schools.school,
    pay_scheme_id          uuid        not null,
    from_day           date        not null check (extract(day from from_day) = 1),
    title              text        not null,
    basis              text        not null,
    period_minutes     int         not null check (period_minutes between 1 and 240),
    fixed_fen          bigint      not null check (fixed_fen >= 0),
    fixed_turns        int         not null check (fixed_turns between 1 and 400),
    substitute_percent int         not null check (substitute_percent between 0 and 300),
    set_by             uuid,
    set_at             timestamptz not null,
    primary key (school_id, pay_scheme_id),
    unique (school_id, from_day)
);
comment on table billing.pay_scheme is 'How the school shares its money out among those who serve: one dated document after the other';
call shared.guard_staff('billing.pay_scheme');
call shared.append_only('billing.pay_scheme');

create table billing.pay_rate (
    school_id uuid   not null,
    pay_scheme_id uuid   not null,
    work      text   not null check (work in ('club', 'own-class', 'class', 'late', 'leader', 'admin', 'gate', 'patrol')),
    fen       bigint not null check (fen > 0),
    percent   int    not null check (percent between 1 and 300),
    primary key (school_id, pay_scheme_id, work),
    foreign key (school_id, pay_scheme_id) references billing.pay_scheme
);
comment on table billing.pay_rate is 'What a period (club, own-class) or a turn of each work is worth, and its factor';
call shared.guard_staff('billing.pay_rate');
call shared.append_only('billing.pay_rate');

create table billing.pay_word (
    school_id  uuid        not null references schools.school,
    session_id uuid        not null,
    day        date        not null,
    held       boolean     not null,
    by         uuid,
    at         timestamptz not null,
    primary key (school_id, session_id),
    foreign key (school_id, session_id) references timetable.session
);
comment on table billing.pay_word is 'A session without a roll: finance says whether it was held, before the month is agreed';
create index on billing.pay_word (school_id, day);
call shared.guard_staff('billing.pay_word');

create table billing.pay_month (
    school_id   uuid        not null references schools.school,
    month       date        not null check (extract(day from month) = 1),
    document    uuid        not null,
    pay_scheme_id   uuid        not null,
    state       text        not null check (state in ('agreed', 'approved', 'paid')),
    agreed_by   uuid,
    agreed_at   timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    paid_by     uuid,
    paid_on     date,
    primary key (school_id, month),
    unique (school_id, document),
    foreign key (school_id, pay_scheme_id) references billing.pay_scheme,
    check ((state = 'agreed') = (approved_at is null)),
    check ((state = 'paid') = (paid_on is not null)),
    constraint two_people check (approved_by is null or agreed_by is null or approved_by <> agreed_by)
);
comment on table billing.pay_month is 'A frozen month of pay: agreed by finance, approved by the principal, then in the ledger; an open month has no row';
create index on billing.pay_month (school_id, pay_scheme_id);
call shared.guard_staff('billing.pay_month');

create table billing.pay_slip (
    school_id uuid    not null,
    month     date    not null,
    staff_id  uuid    not null,
    as_hours  boolean not null,
    fixed_fen bigint  not null check (fixed_fen >= 0),
    other_fen bigint  not null,
    fen       bigint  not null,
    minutes   int     not null check (minutes >= 0),
    primary key (school_id, month, staff_id),
    foreign key (school_id, month) references billing.pay_month,
    foreign key (school_id, staff_id) references roster.staff
);
comment on table billing.pay_slip is 'One person''s frozen month: money, or minutes into the bank of hours; other_fen corrects earlier months';
create index on billing.pay_slip (school_id, staff_id);
call shared.guard_staff('billing.pay_slip');

create table billing.pay_line (
    school_id uuid    not null,
    month     date    not null,
    staff_id  uuid    not null,
    ordinal   int     not null,
    day       date    not null,
    work      text    not null check (work in ('club', 'own-class', 'class', 'late', 'leader', 'admin', 'gate', 'patrol')),
    stood_at  uuid,
    what      text    not null,
    minutes   int     not null check (minutes >= 0),
    stood     boolean not null,
    rate_fen  bigint  not null,
    percent   int     not null,
    cut_fen   bigint  not null check (cut_fen >= 0),
    fen       bigint  not null check (fen >= 0),
    primary key (school_id, month, staff_id, ordinal),
    foreign key (school_id, month, staff_id) references billing.pay_slip
);
comment on table billing.pay_line is 'One session or turn of a frozen slip; what is the name of a club or class, never of a person';
call shared.guard_staff('billing.pay_line');

create table billing.pay_choice (
    school_id  uuid        not null references schools.school,
    staff_id   uuid        not null,
    from_month date        not null check (extract(day from from_month) = 1),
    as_hours   boolean     not null,
    by         uuid,
    at         timestamptz not null,
    primary key (school_id, staff_id, from_month),
    foreign key (school_id, staff_id) references roster.staff
);
comment on table billing.pay_choice is 'Whether a person takes money or time, from a month on; nobody chose: money';
call shared.guard_staff('billing.pay_choice');

create table billing.hour_entry (
    school_id uuid        not null references schools.school,
    hour_entry_id  uuid        not null,
    staff_id  uuid        not null,
    day       date        not null,
    minutes   int         not null check (minutes <> 0),
    why       text        not null check (why in ('earned', 'taken', 'given_back')),
    month     date,
    by        uuid,
    at        timestamptz not null,
    primary key (school_id, hour_entry_id),
    foreign key (school_id, staff_id) references roster.staff,
    check ((why = 'earned') = (month is not null)),
    check ((why = 'taken') = (minutes < 0))
);
comment on table billing.hour_entry is 'The bank of flexible hours: what was earned instead of money and what was taken';
create unique index hour_earned_once on billing.hour_entry (school_id, staff_id, month) where month is not null;
create index on billing.hour_entry (school_id, staff_id);
call shared.guard_staff('billing.hour_entry');
call shared.append_only('billing.hour_entry');

create table billing.pay_correction (
    school_id     uuid        not null references schools.school,
    pay_correction_id uuid        not null,
    staff_id      uuid        not null,
    month         date        not null check (extract(day from month) = 1),
    about         date        not null,
    fen           bigint      not null check (fen <> 0),
    why           text        not null check (why in ('roll_late', 'wrong_person', 'wrong_rate', 'other')),
    by            uuid,
    at            timestamptz not null,
    primary key (school_id, pay_correction_id),
    foreign key (school_id, staff_id) references roster.staff
);
comment on table billing.pay_correction is 'What an agreed month got wrong, paid or taken back with a later one; never a silent change';
create index on billing.pay_correction (school_id, staff_id);
create index on billing.pay_correction (school_id, month);
call shared.guard_staff('billing.pay_correction');
