-- Law 2, R78-R90: who answers for a child now. The events are the record: appended, never edited. A standing is what they mean at the moment it was last
-- read, one row per child and day, written in the transaction of the events; it also keeps the day's plan as it stood, so that reading needs no other room.
create schema custody;
grant usage on schema custody to afterbell_app, afterbell_doors;

create table custody.standing (
    school_id       uuid          not null references schools.school,
    day             date          not null,
    pupil_id        uuid          not null,
    class_id        uuid          not null,
    bell            timestamptz   not null,
    class_teacher   uuid          not null,
    stop_sessions   uuid[]        not null,
    stop_starts     timestamptz[] not null,
    stop_ends       timestamptz[] not null,
    stop_rooms      uuid[]        not null,
    stop_custodians uuid[]        not null,
    state           text          not null check (state in ('not_expected', 'not_at_school', 'on_leave', 'expected', 'in_class', 'between', 'present', 'called_out',
                        'missing', 'traced', 'waiting_late', 'collected', 'with_line', 'walked_home', 'accounted', 'disputed')),
    custodian       uuid,
    session_id      uuid,
    until           timestamptz,
    since           timestamptz   not null,
    word            text          check (word in ('TOILET', 'INFIRMARY', 'PARENT_CALLED', 'OFFICE')),
    closed          boolean       not null,
    red             boolean       not null,
    corrected       boolean       not null,
    alarms          text[]        not null,
    entries         int           not null check (entries >= 0),
    next_at         timestamptz,
    read_at         timestamptz   not null,
    primary key (school_id, day, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
) with (fillfactor = 50);
comment on table custody.standing is 'Where a child stands on a day, as its entries and the clock say: the projection behind every screen of the afternoon. custodian is a member of staff';
comment on column custody.standing.stop_sessions is 'The child''s sessions of the day in order of time; with starts, ends, rooms and the accountable person of each';
comment on column custody.standing.session_id is 'Present: the session; between rooms: the one the child is on its way to';
comment on column custody.standing.next_at is 'When the clock alone may next change what this row says; null for never';
create index on custody.standing (school_id, pupil_id);
create index standing_due on custody.standing (next_at) where next_at is not null;
call shared.guard_child('custody.standing');
drop policy removed on custody.standing;
revoke delete on custody.standing from afterbell_app;

create table custody.event (
    school_id uuid        not null,
    day       date        not null,
    pupil_id  uuid        not null,
    entry_id  uuid        not null,
    seq       bigint      not null generated always as identity,
    at        timestamptz not null,
    recorded  timestamptz not null,
    by        uuid        not null,
    kind      text        not null check (kind in ('away', 'arrived', 'excused', 'excuse_lifted', 'sent', 'counted', 'missed', 'called_out', 'came_back', 'traced',
                  'kept_late', 'collected', 'with_line', 'walked_home', 'swiped', 'accounted', 'undone')),
    custodian uuid,
    session_id uuid,
    other_id  uuid,
    reason_id uuid,
    starts    timestamptz,
    ends      timestamptz,
    word      text,
    flag      boolean,
    doubts    text[]      not null,
    primary key (school_id, day, pupil_id, entry_id),
    foreign key (school_id, day, pupil_id) references custody.standing
);
comment on table custody.event is 'The chain of custody: one row per thing said of one child. Ids and words of a closed list only (law 8); corrections are new rows';
comment on column custody.event.by is 'The account, or the device, that said so; custodian is the member of staff who answers';
comment on column custody.event.other_id is 'By kind: to whom sent, collector, consent, device, the entry taken back';
create index event_in_order on custody.event (school_id, day, seq);
call shared.guard_child('custody.event');
call shared.append_only('custody.event');

create table custody.alarm (
    school_id uuid        not null,
    day       date        not null,
    pupil_id  uuid        not null,
    kind      text        not null check (kind in ('NOT_HANDED_OVER', 'NOT_SEEN', 'NOT_COUNTED', 'MISSING', 'DISPUTED', 'CARD_SAYS_LEFT', 'RELEASE_DOUBTED', 'CALLED_OUT_LONG', 'WAITING_LATE')),
    since     timestamptz not null,
    level     int         not null check (level between 0 and 20),
    red       boolean     not null,
    rung_at   timestamptz not null,
    closed_at timestamptz,
    primary key (school_id, day, pupil_id, kind, since),
    foreign key (school_id, day, pupil_id) references custody.standing
);
comment on table custody.alarm is 'What rang for a child, since when by the laws, when this house noticed, and when it was over; level counts the escalations';
create index alarm_open on custody.alarm (school_id, day) where closed_at is null;
call shared.guard_child('custody.alarm');
drop policy removed on custody.alarm;
revoke delete on custody.alarm from afterbell_app;

create table custody.day (
    school_id uuid        not null references schools.school,
    day       date        not null,
    opened_at timestamptz not null,
    children  int         not null,
    primary key (school_id, day)
);
comment on table custody.day is 'Days whose children have been looked up: from here on the clock watches them';
call shared.guard_school('custody.day');

-- R26, P14: what holds for one day in place of the week's answer: a special day, a family's change, the office.
create table custody.stay (
    school_id     uuid        not null references schools.school,
    day           date        not null,
    pupil_id      uuid        not null,
    until_ordinal int         not null check (until_ordinal between 0 and 20),
    source        text        not null check (source in ('special_day', 'family', 'office')),
    said_by       uuid        not null,
    said_at       timestamptz not null,
    primary key (school_id, day, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table custody.stay is 'Until which period a child stays on one day, where that differs from its sheet; 0: it goes home with the bell';
create index on custody.stay (school_id, pupil_id);
call shared.guard_child('custody.stay');

-- Free words (why a child was accounted for, a note's text) lie outside the chain, sealed under their own key (law 8).
create table custody.reason (
    school_id  uuid        not null references schools.school,
    reason_id  uuid        not null,
    pupil_id   uuid        not null,
    person_key bytea       not null,
    sealed     bytea       not null,
    said_by    uuid        not null,
    said_at    timestamptz not null,
    primary key (school_id, reason_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table custody.reason is 'Words behind an entry, sealed; erasing the key erases the words and leaves the chain whole';
create index on custody.reason (school_id, pupil_id);
call shared.guard_staff('custody.reason');
call shared.append_only('custody.reason');

-- Which schools have a clock that is due: one look for a whole node, whatever its number of schools.
create policy door on custody.standing for select to afterbell_doors using (true);
grant select on custody.standing to afterbell_doors;
create function custody.door_due(at timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct s.school_id from custody.standing s where s.next_at <= at $$;
comment on function custody.door_due is 'Schools in which the clock is about to change where a child stands; ids of schools only';
call shared.run_as('custody.door_due(timestamptz)', 'afterbell_doors');

create view custody.pub_standing with (security_invoker = true) as
select school_id, day, pupil_id, class_id, state, custodian, session_id, since, until, red, closed, corrected, alarms, bell, stop_sessions as sessions, entries, read_at
from custody.standing;
comment on view custody.pub_standing is 'Where each child stands; state in words of the closed list, custodian a member of staff, sessions those of its plan';
create view custody.pub_fact with (security_invoker = true) as
select school_id, day, pupil_id, entry_id, seq, at, recorded, by, kind, custodian, session_id, other_id, starts, ends, word, flag, doubts from custody.event;
comment on view custody.pub_fact is 'The chain, as it was told; entries taken back stand in it with the entry that took them back';
create view custody.pub_alarm with (security_invoker = true) as
select school_id, day, pupil_id, kind, since, level, red, rung_at, closed_at from custody.alarm;
comment on view custody.pub_alarm is 'What rings and what rang';
grant select on custody.pub_standing, custody.pub_fact, custody.pub_alarm to afterbell_app;
