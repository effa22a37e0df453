-- NFR-2: a batch asked the scope's list of children anew for each of its wishes, and two hundred wishes read two hundred children each time. It asks once now;
-- the rules are as they were.
create or replace function placement.take_batch(school uuid, wishes placement.seat_wish[], source_ text, run uuid, by_ uuid, at_ timestamptz, from_ date)
    returns table (number int, code text)
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    w      placement.seat_wish;
    family boolean := shared.hat() = 'FAMILY';
    own    uuid[] := shared.children();
begin
    if family and source_ not in ('first_come', 'join') then
        raise exception 'a family takes no such seat' using errcode = 'insufficient_privilege';
    end if;
    perform placement.lock_seats(school, (select array_agg(u.section_id) from unnest(wishes) u), (select array_agg(u.pupil_id) from unnest(wishes) u));
    for w in select * from unnest(wishes) u order by u.number loop
        number := w.number;
        code := case when family and not (w.pupil_id = any (own)) then 'not_yours' else placement.seat_one(school, w, source_, run, by_, at_, from_) end;
        return next;
    end loop;
end
$$;
