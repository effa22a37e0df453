-- R26, R43, R144: sessions are written for the whole term when the result is published, brought up to date when calendar or plan change, and each can be
-- moved or dropped by hand; what was done by hand is never undone by the next filling.
alter table timetable.session
    add column from_day   date,
    add column cause      text check (cause in ('calendar', 'plan', 'hand')),
    add column reason     text check (reason in ('weather', 'event', 'teacher', 'room', 'other')),
    add column changed_at timestamptz,
    add column changed_by uuid,
    add check (from_day is null or state = 'moved'),
    add check ((cause = 'hand') = (reason is not null)),
    add check ((state = 'planned') = (cause is null));
comment on column timetable.session.from_day is 'The day it was planned for, where it was moved to another';
comment on column timetable.session.cause is 'Why it is not as planned: the calendar closed the day, the plan has it no more, or a person changed it for a reason';
alter table timetable.session drop constraint session_school_id_day_slot_id_section_id_class_id_key;
create unique index session_once on timetable.session (school_id, (coalesce(from_day, day)), slot_id, section_id, class_id) nulls not distinct;
create index on timetable.session (school_id, term_id);
alter table timetable.session add foreign key (school_id, term_id) references calendar.term;

drop view timetable.pub_session;
create view timetable.pub_session with (security_invoker = true) as
select school_id, session_id, term_id, section_id, class_id, day, from_day, slot_id, room_id, starts, ends, state, cause, reason from timetable.session;
comment on view timetable.pub_session is 'Dated meetings on the day on which they take place; dropped ones stay';
grant select on timetable.pub_session to afterbell_app;

-- R43: the result stands for some days before it is final. A family says with one tap what is wrong; the school answers, and what it corrects is listed.
create table timetable.objection (
    school_id    uuid        not null,
    objection_id uuid        not null,
    term_id      uuid        not null,
    pupil_id     uuid        not null,
    about        text        not null check (about in ('club', 'days', 'room', 'person', 'other')),
    raised_by    uuid        not null,
    raised_at    timestamptz not null,
    answer       text check (answer in ('corrected', 'explained', 'stands')),
    answered_by  uuid,
    answered_at  timestamptz,
    primary key (school_id, objection_id),
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((answer is null) = (answered_at is null))
);
comment on table timetable.objection is 'What a family finds wrong with the provisional result; no free text, the school rings back (law 8)';
create unique index objection_open on timetable.objection (school_id, term_id, pupil_id, about) where answer is null;
create index on timetable.objection (school_id, pupil_id);
call shared.guard_child('timetable.objection');

create table timetable.correction (
    school_id     uuid        not null,
    correction_id uuid        not null,
    term_id       uuid        not null,
    pupil_id      uuid        not null,
    section_id    uuid        not null,
    joined        boolean     not null,
    reason        text        not null check (reason in ('objection', 'list')),
    by            uuid,
    at            timestamptz not null,
    primary key (school_id, correction_id),
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, section_id) references programme.section
);
comment on table timetable.correction is 'A child put into a section or taken out of it after the result was published, and why';
create index on timetable.correction (school_id, term_id);
create index on timetable.correction (school_id, pupil_id);
create index on timetable.correction (school_id, section_id);
call shared.guard_child_read('timetable.correction');
call shared.append_only('timetable.correction');
