-- R57-R61, C1, C2, P2: what a family asked. A sheet is sealed until its round closes: staff sees that a family has answered, never what, and that is
-- held here and not only in the pages, because a class teacher who could see a "no" could talk it into a "yes".
create schema enrolment;
grant usage on schema enrolment to afterbell_app;

create table enrolment.round (
    school_id    uuid        not null references schools.school,
    round_id     uuid        not null,
    term_id      uuid        not null,
    name         text        not null check (length(name) between 1 and 60),
    opens_at     timestamptz not null,
    closes_at    timestamptz not null,
    review_until timestamptz not null,
    state        text        not null default 'draft' check (state in ('draft', 'open', 'closed')),
    max_clubs    int         check (max_clubs between 1 and 10),
    first_come   boolean     not null default false,
    review_steps text[]      not null default '{}'
        check (cardinality(review_steps) <= 4 and review_steps <@ array ['class', 'grade', 'school', 'office']),
    draw_order   text        not null default 'fair' check (draw_order in ('fair', 'cost', 'da')),
    closed_at    timestamptz,
    primary key (school_id, round_id),
    check (opens_at < closes_at and closes_at <= review_until),
    check ((state = 'closed') = (closed_at is not null))
);
comment on table enrolment.round is 'A time in which families answer: draft is the office''s own, open takes answers from opens_at until closes_at, closed unseals them';
create index on enrolment.round (school_id, term_id);
call shared.guard_school('enrolment.round');

-- The rounds whose sheets staff may read. One array per statement, so that a policy costs no look-up per row.
create function enrolment.unsealed() returns uuid[]
    language sql stable parallel safe
begin atomic
    select coalesce(array_agg(r.round_id), '{}') from enrolment.round r where r.state = 'closed';
end;
grant execute on function enrolment.unsealed() to afterbell_app;

create table enrolment.sheet (
    school_id          uuid        not null,
    round_id           uuid        not null,
    pupil_id           uuid        not null,
    takes_part         boolean,
    waiting            text        not null default 'ask' check (waiting in ('yes', 'ask', 'no')),
    entered_by         uuid,
    entered_for_family boolean     not null default false,
    saved_at           timestamptz not null,
    version            int         not null check (version > 0),
    objected_at        timestamptz,
    primary key (school_id, round_id, pupil_id),
    foreign key (school_id, round_id) references enrolment.round
);
comment on table enrolment.sheet is 'What a family asked for one child in one round; the last saved one counts. takes_part null: an entry that the family objected to';
create procedure enrolment.seal(tbl regclass, open_ text) language plpgsql as
$$
declare
    who text := format('school_id = any((select shared.schools())::uuid[]) and case (select shared.hat())
        when ''STAFF'' then case when round_id = any((select enrolment.unsealed())::uuid[]) then true else %s end
        when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end', open_);
begin
    call shared.guard(tbl, who, who);
end
$$;
comment on procedure enrolment.seal is 'Guards a table of sheets: the family always, staff after the close or where staff itself wrote for the family';
call enrolment.seal('enrolment.sheet', 'entered_for_family');

create table enrolment.sheet_day (
    school_id     uuid not null,
    round_id      uuid not null,
    pupil_id      uuid not null,
    weekday       int  not null check (weekday between 1 and 7),
    until_ordinal int  not null check (until_ordinal between 0 and 9),
    primary key (school_id, round_id, pupil_id, weekday),
    foreign key (school_id, round_id, pupil_id) references enrolment.sheet on delete cascade
);
comment on table enrolment.sheet_day is 'Until which slot of the day the child stays; 0: goes home (R28)';
call enrolment.seal('enrolment.sheet_day', 'exists (select 1 from enrolment.sheet s where s.school_id = sheet_day.school_id and s.round_id = sheet_day.round_id and s.pupil_id = sheet_day.pupil_id)');

create table enrolment.wish (
    school_id  uuid    not null,
    round_id   uuid    not null,
    pupil_id   uuid    not null,
    slot_id    uuid    not null,
    rank       int     not null check (rank between 1 and 9),
    section_id uuid    not null,
    tied       boolean not null default false,
    counts     boolean not null default true,
    primary key (school_id, round_id, pupil_id, slot_id, rank),
    unique (school_id, round_id, pupil_id, slot_id, section_id),
    foreign key (school_id, round_id, pupil_id) references enrolment.sheet on delete cascade
);
comment on table enrolment.wish is 'Ranked sections of one slot (R33); counts is false while the child goes home before that slot: the wish rests and comes back with the day';
create index on enrolment.wish (school_id, section_id);
create index on enrolment.wish (school_id, slot_id);
call enrolment.seal('enrolment.wish', 'exists (select 1 from enrolment.sheet s where s.school_id = wish.school_id and s.round_id = wish.round_id and s.pupil_id = wish.pupil_id)');

-- One row per person and visit: saving as one goes would else write a version per tap.
create table enrolment.sheet_change (
    school_id  uuid        not null,
    round_id   uuid        not null,
    pupil_id   uuid        not null,
    version    int         not null,
    account_id uuid        not null,
    for_family boolean     not null,
    at         timestamptz not null,
    takes_part boolean,
    days       text        not null,
    wishes     text        not null,
    primary key (school_id, round_id, pupil_id, version),
    foreign key (school_id, round_id, pupil_id) references enrolment.sheet on delete cascade
);
comment on table enrolment.sheet_change is 'Who changed what: both guardians read it until the close; after it the office reads flips from no to yes (P2). days is until_ordinal of Monday to Sunday, wishes are section ids in order';
call enrolment.seal('enrolment.sheet_change', 'for_family');

create table enrolment.answer (
    school_id   uuid        not null,
    round_id    uuid        not null,
    pupil_id    uuid        not null,
    answered_at timestamptz not null,
    for_family  boolean     not null,
    objected    boolean     not null default false,
    primary key (school_id, round_id, pupil_id),
    foreign key (school_id, round_id) references enrolment.round
);
comment on table enrolment.answer is 'That a family has answered, without what: all that staff may know before the close (P2)';
call shared.guard_child('enrolment.answer');

create table enrolment.demand (
    school_id  uuid not null,
    round_id   uuid not null,
    section_id uuid not null,
    activity   text not null,
    firsts     int  not null check (firsts >= 0),
    wishes     int  not null check (wishes >= firsts),
    primary key (school_id, round_id, section_id),
    foreign key (school_id, round_id) references enrolment.round
);
comment on table enrolment.demand is 'How many children wished a section, counted at the close: families of the next term see it, nobody sees this round''s before its close';
create index on enrolment.demand (school_id, section_id);
call shared.guard_school('enrolment.demand');

create table enrolment.review_place (
    school_id   uuid not null,
    round_id    uuid not null,
    pupil_id    uuid not null,
    step        int  not null check (step between 0 and 4),
    returned_at timestamptz,
    reason      text check (reason in ('days', 'wishes', 'paper', 'talk')),
    primary key (school_id, round_id, pupil_id),
    foreign key (school_id, round_id) references enrolment.round,
    check ((returned_at is null) = (reason is null))
);
comment on table enrolment.review_place is 'Before which step of the review chain a sheet stands (R57); a returned one waits again as soon as the family has saved it after returned_at';
call shared.guard_child_read('enrolment.review_place');

create table enrolment.review (
    school_id uuid        not null,
    review_id uuid        not null,
    round_id  uuid        not null,
    pupil_id  uuid        not null,
    step      text        not null check (step in ('class', 'grade', 'school', 'office')),
    decision  text        not null check (decision in ('passed', 'returned', 'forwarded')),
    by        uuid,
    at        timestamptz not null,
    reason    text check (reason in ('days', 'wishes', 'paper', 'talk')),
    primary key (school_id, review_id),
    foreign key (school_id, round_id) references enrolment.round,
    check ((decision = 'returned') = (reason is not null))
);
comment on table enrolment.review is 'Decisions of the review chain; forwarded: nobody decided in time, so it went on by itself (C2). No decision refuses a child';
create index on enrolment.review (school_id, round_id, pupil_id);
call shared.guard_child_read('enrolment.review');
call shared.append_only('enrolment.review');

create view enrolment.pub_round with (security_invoker = true) as
select school_id, round_id, term_id, name, opens_at, closes_at, review_until, state, max_clubs, first_come, review_steps, draw_order, closed_at
from enrolment.round;
create view enrolment.pub_sheet with (security_invoker = true) as
select school_id, round_id, pupil_id, takes_part, waiting, entered_for_family, saved_at, version
from enrolment.sheet;
create view enrolment.pub_sheet_day with (security_invoker = true) as
select d.school_id, d.round_id, d.pupil_id, d.weekday, case when s.takes_part then d.until_ordinal else 0 end as until_ordinal
from enrolment.sheet_day d
join enrolment.sheet s on s.school_id = d.school_id and s.round_id = d.round_id and s.pupil_id = d.pupil_id;
create view enrolment.pub_wish with (security_invoker = true) as
select school_id, round_id, pupil_id, slot_id, rank, section_id, tied
from enrolment.wish
where counts;
create view enrolment.pub_answer with (security_invoker = true) as
select school_id, round_id, pupil_id, answered_at, for_family, objected
from enrolment.answer;
create view enrolment.pub_demand with (security_invoker = true) as
select school_id, round_id, section_id, activity, firsts, wishes
from enrolment.demand;
grant select on enrolment.pub_round, enrolment.pub_sheet, enrolment.pub_sheet_day, enrolment.pub_wish, enrolment.pub_answer, enrolment.pub_demand to afterbell_app;
