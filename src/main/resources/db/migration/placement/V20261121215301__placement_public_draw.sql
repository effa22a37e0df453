-- What anybody may read of a published draw: hashes, order, level values and counts, and the seed once the draw stands. Nothing about a child.
create policy seats on placement.run for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]) and state = 'published');
create policy seats on placement.lottery for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]));
grant select on placement.run, placement.lottery to afterbell_seats;
create function placement.public_draw(school uuid, run uuid)
    returns table (draw_order text, certificate text, published_at timestamptz, seed_hash text, input_hash text, public_name text, public_value text, seed text)
    language sql stable security definer set search_path = pg_catalog as
$$
select r.draw_order, r.certificate::text, r.published_at, l.seed_hash, l.input_hash, l.public_name, l.public_value, encode(l.seed, 'hex')
from placement.run r join placement.lottery l on l.school_id = r.school_id and l.round_id = r.round_id
where r.school_id = school and r.run_id = run and r.state = 'published' and l.revealed_at is not null and school = any (shared.schools())
$$;
comment on function placement.public_draw is 'The public face of a published draw';
call shared.run_as('placement.public_draw(uuid, uuid)', 'afterbell_seats');
