-- The draw: a frozen input, a committed seed, a result, its reasons. Nothing of it is published before a person confirms.
create table placement.lottery (
    school_id    uuid        not null references schools.school,
    round_id     uuid        not null,
    term_id      uuid        not null,
    seed         bytea       not null,
    seed_hash    text        not null,
    input_hash   text        not null,
    public_name  text        not null,
    public_value text,
    committed_at timestamptz not null,
    revealed_at  timestamptz,
    primary key (school_id, round_id),
    check ((public_value is null) = (revealed_at is null))
);
comment on table placement.lottery is 'Commit and reveal: the hashes stand published from committed_at, before the public value exists; nobody can choose the order';
call shared.guard_staff('placement.lottery');

create table placement.run (
    school_id    uuid        not null references schools.school,
    run_id       uuid        not null,
    round_id     uuid        not null,
    term_id      uuid        not null,
    draw_order   text        not null check (draw_order in ('fair', 'cost', 'da')),
    preview      boolean     not null default false,
    state        text        not null check (state in ('waiting', 'running', 'solved', 'failed', 'published', 'discarded')),
    progress     jsonb       not null default '{}',
    certificate  jsonb,
    failure      text,
    created_at   timestamptz not null,
    created_by   uuid        not null,
    started_at   timestamptz,
    beat_at      timestamptz,
    finished_at  timestamptz,
    published_at timestamptz,
    published_by uuid,
    objections_until timestamptz,
    primary key (school_id, run_id)
);
comment on table placement.run is 'One draw; beat_at is renewed by its worker, a silent one is taken up again from its frozen input';
create unique index run_one_published on placement.run (school_id, round_id) where state = 'published';
create index on placement.run (school_id, round_id);
call shared.guard_school('placement.run');

create table placement.run_file (
    school_id uuid  not null,
    run_id    uuid  not null,
    name      text  not null check (name in ('courses.csv', 'pupils.csv', 'prefs.csv', 'bands.csv', 'fixed.csv', 'result.csv', 'closed.csv', 'explanations.csv', 'certificate.json', 'families.json')),
    content   bytea not null,
    primary key (school_id, run_id, name),
    foreign key (school_id, run_id) references placement.run
);
comment on table placement.run_file is 'The frozen input and the result by which any later release verifies the draw (law 5); pupils by id alone';
call shared.guard_staff('placement.run_file');

create table placement.run_closing (
    school_id  uuid not null,
    run_id     uuid not null,
    section_id uuid not null,
    placeable  int  not null,
    min_size   int  not null,
    confirmed_by uuid,
    confirmed_at timestamptz,
    primary key (school_id, run_id, section_id),
    foreign key (school_id, run_id) references placement.run
);
comment on table placement.run_closing is 'Sections that do not run, each confirmed by a person before publication';
call shared.guard_school('placement.run_closing');

create table placement.explanation (
    school_id  uuid  not null,
    run_id     uuid  not null,
    pupil_id   uuid  not null,
    section_id uuid  not null,
    reason     text  not null check (reason in ('not_eligible', 'not_run', 'clash', 'order', 'band', 'sibling', 'continuity', 'lottery', 'exchange')),
    facts      jsonb not null default '{}',
    primary key (school_id, run_id, pupil_id, section_id),
    foreign key (school_id, run_id) references placement.run
);
comment on table placement.explanation is 'Why a family did not get a section it preferred; true by construction, no other child named';
create index on placement.explanation (school_id, pupil_id);
call shared.guard_child_read('placement.explanation');

create table placement.waiting (
    school_id  uuid        not null,
    waiting_id uuid        not null,
    term_id    uuid        not null,
    section_id uuid        not null,
    pupil_id   uuid        not null,
    place_key  bigint      not null,
    mode       text        not null check (mode in ('yes', 'ask')),
    since      timestamptz not null,
    state      text        not null default 'waiting' check (state in ('waiting', 'offered', 'taken', 'declined', 'expired', 'left')),
    offered_at timestamptz,
    held_until timestamptz,
    primary key (school_id, waiting_id),
    foreign key (school_id, section_id) references placement.section_seats,
    check ((state = 'offered') = (held_until is not null and offered_at is not null) or state <> 'offered')
);
comment on table placement.waiting is 'Waiting lists: place_key orders by class, empty day first, lottery; an offer holds its seat until held_until';
create unique index waiting_once on placement.waiting (school_id, section_id, pupil_id) where state in ('waiting', 'offered');
create index on placement.waiting (school_id, section_id, place_key) where state in ('waiting', 'offered');
create index on placement.waiting (school_id, pupil_id);
call shared.guard_child('placement.waiting');
