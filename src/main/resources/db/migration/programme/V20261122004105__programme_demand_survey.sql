-- R29, R33, R39: what families would like, asked before the menu is made. Answers are counts for the office; a family sees its own.
create table programme.survey (
    school_id uuid        not null references schools.school,
    survey_id uuid        not null,
    term_id   uuid        not null,
    state     text        not null check (state in ('open', 'closed')),
    closes_on date        not null,
    opened_at timestamptz not null,
    primary key (school_id, survey_id),
    unique (school_id, term_id)
);
comment on table programme.survey is 'The demand survey of a term: families tick what their child would like';
call shared.guard_school('programme.survey');

create table programme.survey_item (
    school_id uuid not null,
    survey_id uuid not null,
    item_id   uuid not null,
    ordinal   int  not null check (ordinal >= 1),
    name      text not null check (name <> ''),
    domain    text not null default '' check (domain in ('', 'arts', 'sport', 'science', 'humanities', 'study', 'other')),
    primary key (school_id, survey_id, item_id),
    unique (school_id, survey_id, name),
    foreign key (school_id, survey_id) references programme.survey on delete cascade
);
comment on table programme.survey_item is 'One thing that can be ticked';
call shared.guard_school('programme.survey_item');

create table programme.survey_answer (
    school_id   uuid        not null,
    survey_id   uuid        not null,
    pupil_id    uuid        not null,
    missing     text        not null default '',
    answered_at timestamptz not null,
    primary key (school_id, survey_id, pupil_id),
    foreign key (school_id, survey_id) references programme.survey on delete cascade
);
comment on table programme.survey_answer is 'That a family answered for a child, and what it missed in the list; the last answer counts';
create index on programme.survey_answer (school_id, pupil_id);
call shared.guard_child('programme.survey_answer');

create table programme.survey_tick (
    school_id uuid not null,
    survey_id uuid not null,
    pupil_id  uuid not null,
    item_id   uuid not null,
    primary key (school_id, survey_id, pupil_id, item_id),
    foreign key (school_id, survey_id, pupil_id) references programme.survey_answer on delete cascade,
    foreign key (school_id, survey_id, item_id) references programme.survey_item on delete cascade
);
comment on table programme.survey_tick is 'One thing that a child would like';
create index on programme.survey_tick (school_id, survey_id, item_id);
call shared.guard_child('programme.survey_tick');
