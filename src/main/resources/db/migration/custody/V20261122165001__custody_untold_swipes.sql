-- R81: what a gate has sent and no chain has heard of waits as one row a batch. A mark on each swipe cost more than keeping it: a new version and two entries of indexes.
create table custody.untold (
    school_id   uuid        not null,
    untold_id   bigint      not null generated always as identity,
    device_id   uuid        not null,
    seqs        bigint[]    not null check (cardinality(seqs) > 0),
    received_at timestamptz not null,
    due_at      timestamptz not null,
    primary key (school_id, untold_id)
);
comment on table custody.untold is 'Numbers of swipes that wait to be told to the chains, a batch a row; gone once they are told. due_at: not before, for swipes of a day that is not open yet';
-- Before the guard: from there on only the application may write.
insert into custody.untold (school_id, device_id, seqs, received_at, due_at)
select school_id, device_id, array_agg(seq order by seq), max(received_at), max(received_at) from custody.swipe where folded_at is null group by school_id, device_id;
call shared.guard_staff('custody.untold');

drop function custody.door_swipes();
drop policy door on custody.swipe;
revoke select on custody.swipe from afterbell_doors;
drop index custody.swipe_waiting;
alter table custody.swipe drop column folded_at;
comment on table custody.swipe is 'Swipes as gates sent them. said_at is the device''s clock, at the same moment by ours';

create policy door on custody.untold for select to afterbell_doors using (true);
grant select on custody.untold to afterbell_doors;
create function custody.door_swipes(moment timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct u.school_id from custody.untold u where u.due_at <= moment $$;
comment on function custody.door_swipes is 'Schools with swipes that wait to be told to the chains; ids of schools only';
call shared.run_as('custody.door_swipes(timestamptz)', 'afterbell_doors');
