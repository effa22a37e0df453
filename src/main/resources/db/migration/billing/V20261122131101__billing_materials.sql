-- Issue 4 part 4: materials of a course are charged apart, at what they cost, where the tariff allows it, for whom the family agreed, and booked on an account of
-- their own: never as part of the service's fee.
create table billing.material (
    school_id   uuid        not null references schools.school,
    material_id uuid        not null,
    term_id     uuid        not null,
    section_id  uuid        not null,
    tariff_id   uuid        not null,
    name        text        not null check (length(name) between 1 and 60),
    fen         bigint      not null check (fen between 1 and 10000000),
    told_at     timestamptz not null,
    told_by     uuid        not null,
    ended_at    timestamptz,
    primary key (school_id, material_id),
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, section_id) references programme.section,
    foreign key (school_id, tariff_id) references billing.tariff
);
comment on table billing.material is 'What the materials of a course cost one child in a term, told to its families; ended: nobody agrees any more';
create unique index material_open on billing.material (school_id, section_id, name) where ended_at is null;
create index on billing.material (school_id, term_id);
create index on billing.material (school_id, section_id);
create index on billing.material (school_id, tariff_id);
call shared.guard_school('billing.material');

create table billing.material_agreed (
    school_id          uuid        not null,
    material_agreed_id uuid        not null,
    material_id        uuid        not null,
    pupil_id           uuid        not null,
    fen                bigint      not null check (fen > 0),
    agreed_at          timestamptz not null,
    agreed_by          uuid        not null,
    undone_at          timestamptz,
    undone_by          uuid,
    primary key (school_id, material_agreed_id),
    foreign key (school_id, material_id) references billing.material,
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((undone_at is null) = (undone_by is null))
);
comment on table billing.material_agreed is 'A family agreed to pay for a course''s materials: booked at that moment, taken back by finance where the child got none';
create unique index material_once on billing.material_agreed (school_id, material_id, pupil_id) where undone_at is null;
create index on billing.material_agreed (school_id, material_id);
create index on billing.material_agreed (school_id, pupil_id);
call shared.guard_child_read('billing.material_agreed');
