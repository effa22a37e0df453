-- R26: a school event, a heat wave or examinations move the afternoon or end it early; that is neither a closure nor a change of season.
create table calendar.special_afternoon (
    school_id  uuid   not null references schools.school,
    special_id uuid   not null,
    from_day   date   not null,
    until_day  date   not null,
    bands      text[] not null default '{}',
    shift      int    not null default 0 check (shift between -180 and 180),
    ends       time,
    note       text   not null default '' check (length(note) <= 80),
    primary key (school_id, special_id),
    check (until_day >= from_day and until_day <= from_day + 60),
    check (shift <> 0 or ends is not null)
);
comment on table calendar.special_afternoon is 'Days on which the bells after lessons ring earlier or later, or service ends early (R26); bands empty = all. Two never meet in one band on one day';
create index on calendar.special_afternoon (school_id, from_day);
call shared.guard_open('calendar.special_afternoon');
