-- R33, law 1: a child whom the teacher of an auditioned section has declined could still take one of its free seats through the queue of first come, first
-- served. The rule stands with all others in seat_one now, so that each way to a seat asks it.
create policy seats on placement.mark for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]));
grant select on placement.mark to afterbell_seats;
create index mark_declined on placement.mark (school_id, section_id, pupil_id) where refused is not null;

create function placement.declined(school uuid, section uuid, pupil uuid) returns boolean
    language sql stable set search_path = pg_catalog as
$$
select exists (
    select 1 from placement.mark m
    where m.school_id = school and m.section_id = section and m.pupil_id = pupil and m.refused is not null
      and not exists (select 1 from placement.mark l where l.school_id = school and l.section_id = section and l.pupil_id = pupil and l.refused is null and l.marked_at > m.marked_at))
$$;
comment on function placement.declined is 'Whether the section''s teacher said no to the child, and has not said otherwise in a later round';
revoke all on function placement.declined(uuid, uuid, uuid) from public;
grant execute on function placement.declined(uuid, uuid, uuid) to afterbell_seats;

create or replace function placement.seat_one(school uuid, w placement.seat_wish, source_ text, run uuid, by_ uuid, at_ timestamptz, from_ date) returns text
    language plpgsql set search_path = pg_catalog as
$$
declare
    s      placement.section_seats%rowtype;
    known  placement.seat%rowtype;
    given  int;
    wanted int;
    offers int;
begin
    select * into s from placement.section_seats x where x.school_id = school and x.section_id = w.section_id;
    if s.section_id is null then
        return 'unknown';
    end if;
    if exists (select 1 from placement.seat e where e.school_id = school and e.pupil_id = w.pupil_id and e.section_id = w.section_id and e.ended_at is null) then
        return 'again';
    end if;
    if s.state <> 'running' or (source_ = 'first_come' and (s.opens_at is null or not (s.opens_at <= at_ and at_ < s.closes_at))) then
        return 'closed';
    end if;
    -- Where seats will go by time, nobody takes one before the hour.
    if source_ in ('join', 'swap') and shared.hat() = 'FAMILY' and s.opens_at is not null and at_ < s.closes_at then
        return 'closed';
    end if;
    if w.grade < s.grade_lo or w.grade > s.grade_hi then
        return 'not_eligible';
    end if;
    -- Whom the section's teacher declined takes no seat by itself; the office's override with a reason does.
    if source_ in ('join', 'swap', 'first_come', 'waiting') and placement.declined(school, w.section_id, w.pupil_id) then
        return 'declined';
    end if;
    if s.taken + s.held >= s.capacity + s.over then
        return 'full';
    end if;
    if source_ in ('join', 'swap', 'first_come')
        and exists (select 1 from placement.waiting q where q.school_id = school and q.section_id = w.section_id and q.state = 'waiting' and q.pupil_id <> w.pupil_id) then
        return 'full';
    end if;
    -- The key of the command is the seat's id: a command that was done once, and perhaps undone since, is not done again.
    select * into known from placement.seat e where e.school_id = school and e.seat_id = w.seat_id;
    if known.seat_id is not null then
        return case when known.pupil_id = w.pupil_id and known.section_id = w.section_id then 'again' else 'unknown' end;
    end if;
    if exists (select 1 from placement.seat e where e.school_id = school and e.term_id = s.term_id and e.pupil_id = w.pupil_id and e.activity = s.activity and e.ended_at is null) then
        return 'activity';
    end if;
    if exists (select 1 from placement.section_slot t join placement.seat_slot h on h.school_id = t.school_id and h.slot_id = t.slot_id
               where t.school_id = school and t.section_id = w.section_id and t.band = w.band and h.pupil_id = w.pupil_id) then
        return 'clash';
    end if;
    select count(*) into wanted from placement.section_slot t where t.school_id = school and t.section_id = w.section_id and t.band = w.band;
    if wanted = 0 then
        return 'not_eligible';
    end if;
    if s.child_most is not null and source_ in ('join', 'swap', 'first_come', 'waiting')
        and (select count(*) from placement.seat e where e.school_id = school and e.term_id = s.term_id and e.pupil_id = w.pupil_id and e.ended_at is null) >= s.child_most then
        return 'limit';
    end if;
    insert into placement.seat (school_id, seat_id, term_id, pupil_id, section_id, activity, from_day, source, run_id, rank, given_at, given_by)
    values (school, w.seat_id, s.term_id, w.pupil_id, w.section_id, s.activity, from_, source_, run, coalesce(w.rank, 0), at_, by_);
    insert into placement.seat_slot (school_id, pupil_id, slot_id, seat_id)
    select school, w.pupil_id, t.slot_id, w.seat_id from placement.section_slot t
    where t.school_id = school and t.section_id = w.section_id and t.band = w.band order by t.slot_id
    on conflict do nothing;
    get diagnostics given = row_count;
    if given <> wanted then
        -- Another transaction took one of the child's slots in this moment: the whole batch is undone and tried one by one.
        raise exception 'a slot was taken meanwhile' using errcode = 'serialization_failure';
    end if;
    -- Who has a place waits for it no more; a seat that was held for it is free again.
    select count(*) into offers from placement.waiting q where q.school_id = school and q.section_id = w.section_id and q.pupil_id = w.pupil_id and q.state = 'offered';
    update placement.waiting q set state = 'taken', held_until = null, ended_at = at_, told_at = coalesce(q.told_at, at_)
    where q.school_id = school and q.section_id = w.section_id and q.pupil_id = w.pupil_id and q.state in ('waiting', 'offered');
    update placement.section_seats x set taken = x.taken + 1, held = x.held - offers, version = x.version + 1 where x.school_id = school and x.section_id = w.section_id;
    return 'seated';
end
$$;

drop function placement.wait_for(uuid, uuid, placement.seat_wish, text, timestamptz);
create function placement.wait_for(school uuid, place uuid, wish placement.seat_wish, mode_ text, at_ timestamptz) returns text
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    s placement.section_seats%rowtype;
begin
    if shared.hat() = 'FAMILY' and not (wish.pupil_id = any (shared.children())) then
        return 'not_yours';
    end if;
    perform placement.lock_seats(school, array [wish.section_id], '{}');
    select * into s from placement.section_seats x where x.school_id = school and x.section_id = wish.section_id;
    if s.section_id is null then
        return 'unknown';
    elsif s.state <> 'running' then
        return 'closed';
    elsif wish.grade < s.grade_lo or wish.grade > s.grade_hi
        or not exists (select 1 from placement.section_slot t where t.school_id = school and t.section_id = wish.section_id and t.band = wish.band) then
        return 'not_eligible';
    elsif exists (select 1 from placement.seat e where e.school_id = school and e.pupil_id = wish.pupil_id and e.section_id = wish.section_id and e.ended_at is null) then
        return 'has';
    end if;
    if placement.declined(school, wish.section_id, wish.pupil_id) then
        return 'declined';
    end if;
    insert into placement.waiting (school_id, waiting_id, term_id, section_id, pupil_id, place_key, mode, since, grade, band, late)
    values (school, place, s.term_id, wish.section_id, wish.pupil_id, 1000000000000000 + (extract(epoch from at_) * 1000)::bigint, mode_, at_, wish.grade, wish.band, true)
    on conflict do nothing;
    return case when found then 'waiting' else 'again' end;
end
$$;
comment on function placement.wait_for is 'A late place on a waiting list';
call shared.run_as('placement.wait_for(uuid, uuid, placement.seat_wish, text, timestamptz)', 'afterbell_seats');

drop function placement.refill(uuid, uuid, uuid, timestamptz, timestamptz, date);
create function placement.refill(school uuid, section uuid, by_ uuid, at_ timestamptz, until_ timestamptz, from_ date)
    returns table (waiting_id uuid, pupil_id uuid, term_id uuid, outcome text)
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    s placement.section_seats%rowtype;
    q placement.waiting%rowtype;
begin
    perform placement.lock_seats(school, array [section], '{}');
    loop
        select * into s from placement.section_seats x where x.school_id = school and x.section_id = section;
        exit when s.section_id is null or s.state <> 'running' or s.taken + s.held >= s.capacity + s.over;
        select * into q from placement.waiting n where n.school_id = school and n.section_id = section and n.state = 'waiting'
        order by n.place_key, n.waiting_id limit 1 for update;
        exit when q.waiting_id is null;
        waiting_id := q.waiting_id;
        pupil_id := q.pupil_id;
        term_id := q.term_id;
        if q.grade < s.grade_lo or q.grade > s.grade_hi or placement.declined(school, section, q.pupil_id)
            or exists (select 1 from placement.seat e where e.school_id = school and e.term_id = s.term_id and e.pupil_id = q.pupil_id and e.section_id = section and e.ended_at is null) then
            update placement.waiting n set state = 'left', ended_at = at_ where n.school_id = school and n.waiting_id = q.waiting_id;
            outcome := 'left';
        elsif q.mode = 'yes' and placement.seated_at_once(school, q, by_, at_, from_) then
            update placement.waiting n set state = 'taken', ended_at = at_, told_at = null where n.school_id = school and n.waiting_id = q.waiting_id;
            outcome := 'seated';
        else
            update placement.waiting n set state = 'offered', offered_at = at_, held_until = until_ where n.school_id = school and n.waiting_id = q.waiting_id;
            update placement.section_seats x set held = x.held + 1, version = x.version + 1 where x.school_id = school and x.section_id = section;
            outcome := 'offered';
        end if;
        return next;
    end loop;
end
$$;
comment on function placement.refill is 'Gives or offers free seats to the next of the waiting list, in the published order';
call shared.run_as('placement.refill(uuid, uuid, uuid, timestamptz, timestamptz, date)', 'afterbell_seats');
