-- R26, R27: which bells a term was last filled from. A bureau's holidays or a change that reached no command of the school are caught up by comparing it.
create table timetable.filling (
    school_id uuid        not null,
    term_id   uuid        not null,
    bells     text        not null,
    filled_at timestamptz not null,
    primary key (school_id, term_id),
    foreign key (school_id, term_id) references calendar.term on delete cascade
);
comment on table timetable.filling is 'Terms that have dated sessions, with a hash of all days, slots and times that they were filled from';
call shared.guard_staff('timetable.filling');
insert into timetable.filling (school_id, term_id, bells, filled_at)
select school_id, term_id, '', max(day)::timestamptz from timetable.session group by school_id, term_id;
