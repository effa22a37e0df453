-- P1: what anybody may read of a round's lottery before its result: the hashes that were committed to, the name of the value that will decide, the value once
-- it stands, and where the published result is. Neither the seed nor anything about a child.
create function placement.public_lottery(school uuid, round uuid)
    returns table (seed_hash text, public_name text, public_value text, revealed_at timestamptz, run_id uuid, published_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select l.seed_hash, l.public_name, l.public_value, l.revealed_at, r.run_id, r.published_at
from placement.lottery l left join placement.run r on r.school_id = l.school_id and r.round_id = l.round_id and r.state = 'published'
where l.school_id = school and l.round_id = round and school = any (shared.schools())
$$;
comment on function placement.public_lottery is 'The public face of a lottery from its commitment on';
call shared.run_as('placement.public_lottery(uuid, uuid)', 'afterbell_seats');

create function placement.public_freezes(school uuid, round uuid)
    returns table (cause text, input_hash text, public_name text, committed_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select c.cause, c.input_hash, c.public_name, c.committed_at
from placement.commitment c
where c.school_id = school and c.round_id = round and school = any (shared.schools())
order by c.ordinal
$$;
comment on function placement.public_freezes is 'What a round''s lottery was committed to, and when; hashes alone';
call shared.run_as('placement.public_freezes(uuid, uuid)', 'afterbell_seats');

-- Sheets that had changed since the freeze are decided on as they were frozen; how many is kept with the run.
alter table placement.run
    add column as_frozen int not null default 0 check (as_frozen >= 0),
    drop constraint run_draw_order_check,
    add constraint run_draw_order_check check (draw_order in ('fair', 'priority', 'cost', 'da'));
comment on column placement.run.as_frozen is 'Sheets that had changed since the freeze and were decided on as they were then';

-- P1: what a family needs to check its own line against the published hash tree, kept when the result is published; nobody else's family sees it.
create table placement.family_line (
    school_id uuid  not null,
    run_id    uuid  not null,
    pupil_id  uuid  not null,
    proof     jsonb not null,
    primary key (school_id, run_id, pupil_id),
    foreign key (school_id, run_id) references placement.run,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table placement.family_line is 'A child''s rows of a published result with salt and way to the root of the hash tree; ids and codes alone';
create index on placement.family_line (school_id, pupil_id);
call shared.guard_child_read('placement.family_line');
call shared.append_only('placement.family_line');
