-- V17, law 8: where the tariff asks it, each family looks at its bill for some days before money is asked, and collecting waits for the answer to what it objects
-- to. The table of the first day spoke of prices on show; no release ever wrote a row into it.
drop table billing.objection;
create table billing.objection (
    school_id    uuid        not null,
    objection_id uuid        not null,
    charge_id    uuid        not null,
    pupil_id     uuid        not null,
    day          date,
    about        text        not null check (about in ('not_there', 'on_leave', 'not_held', 'came', 'price', 'other')),
    holds        boolean     not null,
    raised_by    uuid        not null,
    raised_at    timestamptz not null,
    answer       text        check (answer in ('accepted', 'refused')),
    why          text        check (why in ('roll', 'no_leave', 'held', 'clause', 'explained')),
    answered_by  uuid,
    answered_at  timestamptz,
    primary key (school_id, objection_id),
    foreign key (school_id, charge_id) references billing.charge,
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
    check ((coalesce(answer, '') = 'refused') = (why is not null))
);
comment on table billing.objection is 'What a family finds wrong with a day of a bill, or with the whole of it (day is null); no free text. holds: nothing of that charge is collected before the answer, because its tariff says so';
create unique index objection_open on billing.objection (school_id, charge_id, day) nulls not distinct where answer is null;
create index on billing.objection (school_id, charge_id);
create index on billing.objection (school_id, pupil_id);
call shared.guard_child('billing.objection');

-- Last day on which families look at what was charged; null where the tariff asks no such days. A bill put right keeps the day of the first one.
alter table billing.locking add column objections_until date;

-- An accepted objection is stronger than the roll: firm.
alter table billing.ruling add column firm boolean not null default false;
alter table billing.ruling drop constraint ruling_mark_check;
alter table billing.ruling add constraint ruling_mark_check check (mark in ('A', 'L', 'M', 'U'));
