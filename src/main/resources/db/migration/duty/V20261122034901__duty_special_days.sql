-- R26: a day that is not like others (afternoon off, examination, typhoon, eve of a holiday) asks each family one question: until when does the child stay?
-- The answers are that day's expected list; what counts for who does not answer is decided by the rules and written when the question is asked.
create table duty.special (
    school_id  uuid        not null references schools.school,
    special_id uuid        not null,
    day        date        not null,
    kind       text        not null check (kind in ('afternoon_off', 'exam', 'weather', 'eve', 'other')),
    leaves     time        not null,
    until      time[]      not null check (cardinality(until) between 1 and 4 and leaves < all (until)),
    grades     int[]       not null default '{}',
    deadline   timestamptz not null,
    unanswered text        not null check (unanswered in ('as-usual', 'stays', 'goes-home')),
    state      text        not null default 'asked' check (state in ('asked', 'withdrawn')),
    asked_by   uuid        not null,
    asked_at   timestamptz not null,
    primary key (school_id, special_id)
);
comment on table duty.special is 'A special day: when lessons end, until when children may stay, and what counts for who does not answer; no grades = all';
create unique index one_question_a_day on duty.special (school_id, day) where state = 'asked';
call shared.guard_school('duty.special');

create table duty.special_answer (
    school_id  uuid        not null,
    special_id uuid        not null,
    pupil_id   uuid        not null,
    until      time,
    for_family boolean     not null,
    by         uuid        not null,
    at         timestamptz not null,
    primary key (school_id, special_id, pupil_id),
    foreign key (school_id, special_id) references duty.special,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table duty.special_answer is 'Until when a child stays on a special day; null: it goes home when lessons end';
create index on duty.special_answer (school_id, pupil_id);
call shared.guard_child('duty.special_answer');

create view duty.pub_expected with (security_invoker = true) as
select s.school_id, s.day, p.pupil_id, p.class_id, s.special_id, s.leaves,
       case when a.pupil_id is not null then a.until
            when s.unanswered = 'stays' or s.unanswered = 'as-usual' and u.pupil_id is not null then s.until[cardinality(s.until)] end as until,
       a.pupil_id is not null as answered
from duty.special s
join roster.pub_pupil p on p.school_id = s.school_id and (s.grades = '{}' or p.grade = any (s.grades))
left join duty.special_answer a on a.school_id = s.school_id and a.special_id = s.special_id and a.pupil_id = p.pupil_id
left join calendar.pub_term m on m.school_id = s.school_id and s.day between m.starts_on and m.ends_on
left join timetable.pub_stay u on u.school_id = s.school_id and u.term_id = m.term_id and u.pupil_id = p.pupil_id and u.weekday = extract(isodow from s.day) and u.until_ordinal > 0
where s.state = 'asked';
comment on view duty.pub_expected is 'Expected list of a special day: until when each child stays, null where it goes home when lessons end; of who has not answered, what the rules said';
grant select on duty.pub_expected to afterbell_app;
