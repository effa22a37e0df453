-- R22, R33-R42, R62: the plan of a term as a grid of grade band x weekday x slot, and the menu that families choose from.
create schema programme;
grant usage on schema programme to afterbell_app;

create table programme.plan (
    school_id    uuid not null references schools.school,
    term_id      uuid not null,
    published_at timestamptz,
    published_by uuid,
    notice       text not null default '',
    primary key (school_id, term_id)
);
comment on table programme.plan is 'The plan of a term; its menu is public once published_at is set (R43)';
call shared.guard_open('programme.plan');

create table programme.cell (
    school_id uuid not null references schools.school,
    cell_id   uuid not null,
    term_id   uuid not null,
    band      text not null,
    grade_lo  int  not null check (grade_lo between 1 and 12),
    grade_hi  int  not null check (grade_hi between 1 and 12),
    weekday   int  not null check (weekday between 1 and 7),
    slot_id   uuid not null,
    ordinal   int  not null check (ordinal between 1 and 12),
    form      text not null check (form in ('own_class', 'whole_class', 'choice', 'fixed')),
    content   text not null check (content <> ''),
    layer     text not null check (layer in ('basic', 'extension')),
    primary key (school_id, cell_id),
    unique (school_id, slot_id, grade_lo, ordinal),
    check (grade_lo <= grade_hi)
);
comment on table programme.cell is 'One of the contents of a slot for some grades of its band; a slot may hold several (R22)';
create index on programme.cell (school_id, term_id);
call shared.guard_open('programme.cell');

create table programme.own_class_duty (
    school_id   uuid not null references schools.school,
    term_id     uuid not null,
    class_id    uuid not null,
    slot_id     uuid not null,
    staff_id    uuid,
    room_id     uuid,
    merged_into uuid,
    primary key (school_id, class_id, slot_id),
    foreign key (school_id, room_id) references schools.room,
    foreign key (school_id, merged_into, slot_id) references programme.own_class_duty (school_id, class_id, slot_id) deferrable initially deferred,
    check (merged_into is distinct from class_id)
);
comment on table programme.own_class_duty is 'Who stands in a class''s room in a slot, or into which class it is merged that weekday';
create index on programme.own_class_duty (school_id, term_id);
create index on programme.own_class_duty (school_id, room_id);
create index on programme.own_class_duty (school_id, merged_into, slot_id);
create index on programme.own_class_duty (school_id, staff_id);
call shared.guard_school('programme.own_class_duty');

create table programme.offering (
    school_id   uuid    not null references schools.school,
    offering_id uuid    not null,
    term_id     uuid    not null,
    activity    text    not null check (activity <> ''),
    name        text    not null check (name <> ''),
    domain      text    not null check (domain in ('arts', 'sport', 'science', 'humanities', 'study', 'other')),
    description text    not null default '',
    layer       text    not null default 'extension' check (layer in ('basic', 'extension')),
    provider_id uuid,
    picture_id  uuid,
    materials   text    not null default '',
    insurance   boolean not null default false,
    price_fen   bigint  not null default 0 check (price_fen between 0 and 10000000),
    price_unit  text    not null default 'session' check (price_unit in ('session', 'term')),
    auditioned  boolean not null default false,
    primary key (school_id, offering_id),
    foreign key (school_id, provider_id) references staffing.provider
);
comment on table programme.offering is 'What is on the menu of a term; activity is the same word for the same thing in every term and section (R37)';
create index on programme.offering (school_id, term_id);
create index on programme.offering (school_id, provider_id);
call shared.guard_open('programme.offering');

create table programme.section (
    school_id       uuid    not null references schools.school,
    section_id      uuid    not null,
    offering_id     uuid    not null,
    term_id         uuid    not null,
    code            text    not null check (code <> ''),
    name            text    not null check (name <> ''),
    kind            text    not null check (kind in ('club', 'walking', 'team')),
    grade_lo        int     not null check (grade_lo between 1 and 12),
    grade_hi        int     not null check (grade_hi between 1 and 12),
    min_size        int     not null check (min_size between 0 and 500),
    capacity        int     not null check (capacity between 1 and 500),
    capacity_reason text    not null default '',
    per_class_seats int     check (per_class_seats between 1 and 100),
    room_id         uuid,
    state           text    not null check (state in ('draft', 'published', 'withdrawn')),
    fixed           boolean not null default false,
    fixed_reason    text    not null default '',
    primary key (school_id, section_id),
    unique (school_id, term_id, code),
    foreign key (school_id, offering_id) references programme.offering,
    foreign key (school_id, room_id) references schools.room,
    check (grade_lo <= grade_hi),
    check (min_size <= capacity)
);
comment on table programme.section is 'A group of an offering with its grades, sizes and room; fixed ones have named members and no wishes (R42, R62)';
create index on programme.section (school_id, offering_id);
create index on programme.section (school_id, room_id);
-- Drafts are nobody's business outside the school: families and the public read what was published.
call shared.guard('programme.section', 'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true else state <> ''draft'' end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

create table programme.section_slot (
    school_id  uuid not null,
    section_id uuid not null,
    slot_id    uuid not null,
    primary key (school_id, section_id, slot_id),
    foreign key (school_id, section_id) references programme.section on delete cascade
);
comment on table programme.section_slot is 'When a section meets: one slot per band and weekday; slots of several bands stand for one meeting at equal times';
create index on programme.section_slot (school_id, slot_id);
call shared.guard_open('programme.section_slot');

create table programme.section_teacher (
    school_id  uuid    not null,
    section_id uuid    not null,
    staff_id   uuid    not null,
    main       boolean not null,
    primary key (school_id, section_id, staff_id),
    foreign key (school_id, section_id) references programme.section on delete cascade
);
comment on table programme.section_teacher is 'Who leads a section; the main one answers for it (R8)';
create unique index on programme.section_teacher (school_id, section_id) where main;
create index on programme.section_teacher (school_id, staff_id);
call shared.guard_open('programme.section_teacher');

create table programme.fixed_member (
    school_id  uuid not null,
    section_id uuid not null,
    pupil_id   uuid not null,
    reason     text not null default '',
    primary key (school_id, section_id, pupil_id),
    foreign key (school_id, section_id) references programme.section on delete cascade
);
comment on table programme.fixed_member is 'A pupil named for a team; counted against its capacity, with a reason';
create index on programme.fixed_member (school_id, pupil_id);
call shared.guard_child_read('programme.fixed_member');

create view programme.pub_plan with (security_invoker = true) as
select school_id, term_id, published_at from programme.plan;
comment on view programme.pub_plan is 'Whether and since when the menu of a term is public';

create view programme.pub_cell with (security_invoker = true) as
select school_id, cell_id, term_id, band, grade_lo, grade_hi, weekday, slot_id, ordinal, form, content, layer from programme.cell;
comment on view programme.pub_cell is 'Contents of the slots of a term, for the grades grade_lo to grade_hi of the band; a slot with a row of form choice offers wishes';

create view programme.pub_section with (security_invoker = true) as
select s.school_id, s.section_id, s.offering_id, s.term_id, s.code, s.name, o.activity, o.name as offering_name, o.domain, o.layer, s.kind, s.grade_lo, s.grade_hi, s.min_size, s.capacity,
       s.per_class_seats, s.room_id, s.state, s.fixed, s.fixed_reason, o.auditioned, o.price_fen, o.price_unit, o.description, o.materials, o.insurance, o.picture_id,
       o.provider_id
from programme.section s join programme.offering o using (school_id, offering_id)
where s.state <> 'draft';
comment on view programme.pub_section is 'Sections that were published; those withdrawn since have state withdrawn and take no wishes';

create view programme.pub_section_slot with (security_invoker = true) as
select ss.school_id, ss.section_id, ss.slot_id, s.term_id
from programme.section_slot ss join programme.section s using (school_id, section_id) where s.state <> 'draft';
comment on view programme.pub_section_slot is 'Slots of published sections; one row per band and weekday';

create view programme.pub_section_teacher with (security_invoker = true) as
select t.school_id, t.section_id, t.staff_id, t.main
from programme.section_teacher t join programme.section s using (school_id, section_id) where s.state <> 'draft';
comment on view programme.pub_section_teacher is 'Who leads a published section';

create view programme.pub_fixed_member with (security_invoker = true) as
select f.school_id, f.section_id, f.pupil_id, s.term_id, f.reason
from programme.fixed_member f join programme.section s using (school_id, section_id) where s.state = 'published';
comment on view programme.pub_fixed_member is 'Pupils named for a published team';

create view programme.pub_own_class_duty with (security_invoker = true) as
select school_id, term_id, class_id, slot_id, staff_id, room_id, merged_into from programme.own_class_duty;
comment on view programme.pub_own_class_duty is 'Who stands with a class in a slot; merged_into names the class whose room and teacher it joins';

grant select on programme.pub_plan, programme.pub_cell, programme.pub_section, programme.pub_section_slot, programme.pub_section_teacher, programme.pub_fixed_member, programme.pub_own_class_duty to afterbell_app;
