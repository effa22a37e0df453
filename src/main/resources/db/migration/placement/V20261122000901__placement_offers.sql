-- P17, R60: waiting lists that never overshoot. A freed seat is held for the next of the published order, or given at once where the family said so; it
-- counts as taken while it is held. Joining, swapping and stopping are one function, so that a child keeps its seat until the new one is given.
alter table placement.section_seats
    add column held       int    not null default 0 check (held >= 0),
    add column child_most int             check (child_most between 1 and 10),
    add column version    bigint not null default 0,
    drop constraint section_seats_check,
    add constraint section_seats_law check (taken >= 0 and taken + held <= capacity + over);
comment on table placement.section_seats is 'How many seats a section has, how many are taken and held for offers; over counts the seats that overrides with a reason added (law 1). Families take seats by themselves in a rush only from opens_at to closes_at. child_most: most sections of one child. version: changes with each seat';

alter table placement.waiting
    add column grade    int  not null default 0,
    add column band     text not null default '',
    add column late     boolean not null default false,
    add column ended_at timestamptz,
    add column told_at  timestamptz,
    drop constraint waiting_check,
    add constraint waiting_offer check ((state = 'offered') = (held_until is not null));
comment on table placement.waiting is 'Waiting lists: place_key orders those of the round by class, empty day first, lottery, then the late ones by the time they asked; an offer holds its seat until held_until';
create index on placement.waiting (held_until) where state = 'offered';
create index waiting_untold on placement.waiting (school_id) where told_at is null and state in ('offered', 'taken');

-- Families read their own rows; every change goes through the functions below.
drop policy added on placement.waiting;
drop policy changed on placement.waiting;
drop policy removed on placement.waiting;
create policy added on placement.waiting for insert to afterbell_app with check (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF');
drop policy seats on placement.waiting;
create policy seats on placement.waiting for all to afterbell_seats using (school_id = any((select shared.schools())::uuid[])) with check (school_id = any((select shared.schools())::uuid[]));
grant insert, update on placement.waiting to afterbell_seats;
revoke update, delete on placement.waiting from afterbell_app;
-- Staff notes that a family has been told; nothing else of a place is changed by hand.
create policy told on placement.waiting for update to afterbell_app using (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF') with check (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF');
grant update (told_at) on placement.waiting to afterbell_app;

-- Which schools have an offer that runs out, or free seats while somebody waits.
grant usage on schema placement to afterbell_doors;
create policy doors on placement.waiting for select to afterbell_doors using (true);
create policy doors on placement.section_seats for select to afterbell_doors using (true);
grant select on placement.waiting, placement.section_seats to afterbell_doors;
create function placement.door_due(at_ timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$
select distinct w.school_id from placement.waiting w where w.state = 'offered' and w.held_until <= at_
union
select distinct w.school_id from placement.waiting w where w.told_at is null and w.state in ('offered', 'taken')
union
select distinct w.school_id from placement.waiting w join placement.section_seats s on s.school_id = w.school_id and s.section_id = w.section_id
where w.state = 'waiting' and s.state = 'running' and s.taken + s.held < s.capacity + s.over
$$;
comment on function placement.door_due is 'Schools where an offer has run out or a free seat has somebody waiting; ids alone';
call shared.run_as('placement.door_due(timestamptz)', 'afterbell_doors');

-- One wish, its section locked by the caller. Answers a code; 'seated' alone has written.
create function placement.seat_one(school uuid, w placement.seat_wish, source_ text, run uuid, by_ uuid, at_ timestamptz, from_ date) returns text
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
comment on function placement.seat_one is 'The rules of one seat; called by the seat functions alone, under their lock';
revoke all on function placement.seat_one(uuid, placement.seat_wish, text, uuid, uuid, timestamptz, date) from public;
grant execute on function placement.seat_one(uuid, placement.seat_wish, text, uuid, uuid, timestamptz, date) to afterbell_seats;

-- What every seat function does first. Children are locked before sections, both in the order of their ids.
create function placement.lock_seats(school uuid, sections uuid[], pupils uuid[]) returns void
    language plpgsql set search_path = pg_catalog as
$$
begin
    if not (school = any (shared.schools())) or shared.hat() not in ('FAMILY', 'STAFF') then
        raise exception 'not this school' using errcode = 'insufficient_privilege';
    end if;
    if exists (select 1 from placement.section_seats x where x.school_id = school and x.section_id = any (sections) and x.child_most is not null) then
        perform pg_advisory_xact_lock(hashtextextended(p::text, 8)) from (select distinct u as p from unnest(pupils) u order by 1) o;
    end if;
    perform 1 from placement.section_seats x where x.school_id = school and x.section_id = any (sections) order by x.section_id for update;
end
$$;
comment on function placement.lock_seats is 'The order of locks of all seat functions: children, then sections, each by id';
revoke all on function placement.lock_seats(uuid, uuid[], uuid[]) from public;
grant execute on function placement.lock_seats(uuid, uuid[], uuid[]) to afterbell_seats;

-- Replaced from here on by the role that owns them.
drop function placement.take_seat(uuid, placement.seat_wish, text, uuid, timestamptz, date);
drop function placement.take_batch(uuid, placement.seat_wish[], text, uuid, uuid, timestamptz, date);
drop function placement.leave_seat(uuid, uuid, uuid, timestamptz, date, text);
drop function placement.make_room(uuid, uuid);

create function placement.take_batch(school uuid, wishes placement.seat_wish[], source_ text, run uuid, by_ uuid, at_ timestamptz, from_ date)
    returns table (number int, code text)
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    w placement.seat_wish;
begin
    if shared.hat() = 'FAMILY' and source_ not in ('first_come', 'join') then
        raise exception 'a family takes no such seat' using errcode = 'insufficient_privilege';
    end if;
    perform placement.lock_seats(school, (select array_agg(u.section_id) from unnest(wishes) u), (select array_agg(u.pupil_id) from unnest(wishes) u));
    for w in select * from unnest(wishes) u order by u.number loop
        number := w.number;
        code := case when shared.hat() = 'FAMILY' and not (w.pupil_id = any (shared.children())) then 'not_yours' else placement.seat_one(school, w, source_, run, by_, at_, from_) end;
        return next;
    end loop;
end
$$;
comment on function placement.take_batch is 'Law 1: a whole queue in one transaction; all checks, sections locked in id order. Answers per number: seated, again (had it already), full, clash, activity, limit, not_eligible, closed, unknown, not_yours';

create function placement.take_seat(school uuid, wish placement.seat_wish, source_ text, by_ uuid, at_ timestamptz, from_ date) returns text
    language sql security definer set search_path = pg_catalog
begin atomic
    select b.code from placement.take_batch(school, array [wish], source_, null, by_, at_, from_) b;
end;
comment on function placement.take_seat is 'One seat by the rules of take_batch';

-- One open seat ends; its section is locked by the caller.
create function placement.end_one(school uuid, seat uuid, by_ uuid, at_ timestamptz, until_ date, reason text) returns uuid
    language plpgsql set search_path = pg_catalog as
$$
declare
    freed uuid;
begin
    update placement.seat e set ended_at = at_, ended_by = by_, until_day = greatest(until_, e.from_day - 1), end_reason = reason
    where e.school_id = school and e.seat_id = seat and e.ended_at is null returning e.section_id into freed;
    if freed is not null then
        delete from placement.seat_slot h where h.school_id = school and h.seat_id = seat;
        update placement.section_seats x set taken = x.taken - 1, version = x.version + 1, over = greatest(0, least(x.over, x.taken - 1 + x.held - x.capacity))
        where x.school_id = school and x.section_id = freed;
    end if;
    return freed;
end
$$;
comment on function placement.end_one is 'Ends a seat; called by the seat functions alone, under their lock';
revoke all on function placement.end_one(uuid, uuid, uuid, timestamptz, date, text) from public;
grant execute on function placement.end_one(uuid, uuid, uuid, timestamptz, date, text) to afterbell_seats;

create function placement.leave_seat(school uuid, seat uuid, by_ uuid, at_ timestamptz, until_ date, reason text) returns text
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    held placement.seat%rowtype;
begin
    select * into held from placement.seat e where e.school_id = school and e.seat_id = seat;
    if held.seat_id is null or (shared.hat() = 'FAMILY' and not (held.pupil_id = any (shared.children()))) then
        return 'unknown';
    end if;
    perform placement.lock_seats(school, array [held.section_id], array [held.pupil_id]);
    return case when placement.end_one(school, seat, by_, at_, until_, reason) is null then 'again' else 'left' end;
end
$$;
comment on function placement.leave_seat is 'Gives a seat back; the freed one goes to the waiting list, never to the fastest (placement rules)';

-- A child gives up the named seats and takes a new one, or nothing happens. Answers as take_batch does; changed: the named seats are not what is in the way now;
-- gone: the offer is no longer there; expired: its time is over.
create function placement.move_seat(school uuid, give uuid[], wish placement.seat_wish, offer uuid, source_ text, by_ uuid, at_ timestamptz, until_ date, from_ date, reason text)
    returns text
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    answer   text;
    place    placement.waiting%rowtype;
    sections uuid[];
    seat     uuid;
begin
    if shared.hat() = 'FAMILY' then
        if source_ not in ('join', 'swap', 'waiting') or (source_ = 'waiting' and offer is null) then
            raise exception 'a family takes no such seat' using errcode = 'insufficient_privilege';
        end if;
        if not (wish.pupil_id = any (shared.children())) then
            return 'not_yours';
        end if;
    end if;
    select coalesce(array_agg(e.section_id), '{}') || wish.section_id into sections from placement.seat e where e.school_id = school and e.seat_id = any (give);
    perform placement.lock_seats(school, sections, array [wish.pupil_id]);
    if offer is not null then
        select * into place from placement.waiting q where q.school_id = school and q.waiting_id = offer for update;
        if place.waiting_id is null or place.pupil_id <> wish.pupil_id or place.section_id <> wish.section_id then
            return 'unknown';
        end if;
        if place.state = 'taken' then
            return 'again';
        end if;
        if place.state <> 'offered' then
            return case when place.state = 'expired' then 'expired' else 'gone' end;
        end if;
        if place.held_until <= at_ then
            return 'expired';
        end if;
    end if;
    if exists (select 1 from placement.seat e where e.school_id = school and e.seat_id = wish.seat_id) then
        return 'again';
    end if;
    if (select count(*) from placement.seat e where e.school_id = school and e.seat_id = any (give) and e.pupil_id = wish.pupil_id and e.ended_at is null) <> cardinality(give) then
        return 'changed';
    end if;
    begin
        foreach seat in array give loop
            perform placement.end_one(school, seat, by_, at_, until_, reason);
        end loop;
        if offer is not null then
            update placement.waiting q set state = 'taken', held_until = null, ended_at = at_, told_at = at_ where q.school_id = school and q.waiting_id = offer;
            update placement.section_seats x set held = x.held - 1, version = x.version + 1 where x.school_id = school and x.section_id = wish.section_id;
        end if;
        answer := placement.seat_one(school, wish, source_, null, by_, at_, from_);
        if answer <> 'seated' then
            raise exception 'refused' using errcode = 'AB001';
        end if;
    exception when sqlstate 'AB001' then
        -- The block's writes are undone: the child keeps what it had.
        return answer;
    end;
    return answer;
end
$$;
comment on function placement.move_seat is 'Joining, swapping and accepting an offer: a child keeps its seat until the new one is given';

-- Free seats go down the waiting list: at once where the family said so and nothing is in the way, else held until until_.
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
        if q.grade < s.grade_lo or q.grade > s.grade_hi
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

-- A child whose family acts in this very moment is offered the seat instead: its lock comes before the section's everywhere else.
create function placement.seated_at_once(school uuid, q placement.waiting, by_ uuid, at_ timestamptz, from_ date) returns boolean
    language plpgsql set search_path = pg_catalog as
$$
begin
    if not pg_try_advisory_xact_lock(hashtextextended(q.pupil_id::text, 8)) then
        return false;
    end if;
    return placement.seat_one(school, row (1, q.waiting_id, q.pupil_id, q.section_id, q.grade, q.band, 0)::placement.seat_wish, 'waiting', null, by_, at_, from_) = 'seated';
end
$$;
comment on function placement.seated_at_once is 'Whether a waiting child could be seated without giving up anything';
revoke all on function placement.seated_at_once(uuid, placement.waiting, uuid, timestamptz, date) from public;
grant execute on function placement.seated_at_once(uuid, placement.waiting, uuid, timestamptz, date) to afterbell_seats;

create function placement.expire_offers(school uuid, at_ timestamptz)
    returns table (waiting_id uuid, pupil_id uuid, term_id uuid, section_id uuid)
    language plpgsql security definer set search_path = pg_catalog as
$$
begin
    perform placement.lock_seats(school, (select array_agg(q.section_id) from placement.waiting q where q.school_id = school and q.state = 'offered' and q.held_until <= at_), '{}');
    return query
        with over as (
            update placement.waiting q set state = 'expired', held_until = null, ended_at = at_
            where q.school_id = school and q.state = 'offered' and q.held_until <= at_
            returning q.waiting_id, q.pupil_id, q.term_id, q.section_id),
        freed as (
            update placement.section_seats x set held = x.held - o.n, version = x.version + 1
            from (select v.section_id, count(*)::int as n from over v group by v.section_id) o
            where x.school_id = school and x.section_id = o.section_id returning x.section_id)
        select o.waiting_id, o.pupil_id, o.term_id, o.section_id from over o where exists (select 1 from freed f where f.section_id = o.section_id);
end
$$;
comment on function placement.expire_offers is 'Offers whose time is over; their seats are free again and go down the list';

create function placement.leave_waiting(school uuid, place uuid, at_ timestamptz) returns text
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    q placement.waiting%rowtype;
begin
    select * into q from placement.waiting n where n.school_id = school and n.waiting_id = place;
    if q.waiting_id is null or (shared.hat() = 'FAMILY' and not (q.pupil_id = any (shared.children()))) then
        return 'unknown';
    end if;
    perform placement.lock_seats(school, array [q.section_id], '{}');
    select * into q from placement.waiting n where n.school_id = school and n.waiting_id = place for update;
    if q.state not in ('waiting', 'offered') then
        return 'again';
    end if;
    update placement.waiting n set state = case q.state when 'offered' then 'declined' else 'left' end, held_until = null, ended_at = at_ where n.school_id = school and n.waiting_id = place;
    if q.state = 'offered' then
        update placement.section_seats x set held = x.held - 1, version = x.version + 1 where x.school_id = school and x.section_id = q.section_id;
        return 'declined';
    end if;
    return 'left';
end
$$;
comment on function placement.leave_waiting is 'A family declines its offer or leaves the list; repeating changes nothing';

-- A late place stands behind those of the round, in the order of asking. The same child and section again is the same place.
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
    insert into placement.waiting (school_id, waiting_id, term_id, section_id, pupil_id, place_key, mode, since, grade, band, late)
    values (school, place, s.term_id, wish.section_id, wish.pupil_id, 1000000000000000 + (extract(epoch from at_) * 1000)::bigint, mode_, at_, wish.grade, wish.band, true)
    on conflict do nothing;
    return case when found then 'waiting' else 'again' end;
end
$$;
comment on function placement.wait_for is 'A late place on a waiting list';

create function placement.make_room(school uuid, section uuid) returns void
    language plpgsql security definer set search_path = pg_catalog as
$$
begin
    if shared.hat() <> 'STAFF' then
        raise exception 'not this school' using errcode = 'insufficient_privilege';
    end if;
    perform placement.lock_seats(school, array [section], '{}');
    update placement.section_seats x set over = x.over + 1 where x.school_id = school and x.section_id = section and x.taken + x.held >= x.capacity + x.over;
end
$$;
comment on function placement.make_room is 'The one way over a soft cap (law 1); an override makes room for one more, with a reason kept in the audit by the caller; staff alone';

call shared.run_as('placement.take_batch(uuid, placement.seat_wish[], text, uuid, uuid, timestamptz, date)', 'afterbell_seats');
call shared.run_as('placement.take_seat(uuid, placement.seat_wish, text, uuid, timestamptz, date)', 'afterbell_seats');
call shared.run_as('placement.leave_seat(uuid, uuid, uuid, timestamptz, date, text)', 'afterbell_seats');
call shared.run_as('placement.move_seat(uuid, uuid[], placement.seat_wish, uuid, text, uuid, timestamptz, date, date, text)', 'afterbell_seats');
call shared.run_as('placement.refill(uuid, uuid, uuid, timestamptz, timestamptz, date)', 'afterbell_seats');
call shared.run_as('placement.expire_offers(uuid, timestamptz)', 'afterbell_seats');
call shared.run_as('placement.leave_waiting(uuid, uuid, timestamptz)', 'afterbell_seats');
call shared.run_as('placement.wait_for(uuid, uuid, placement.seat_wish, text, timestamptz)', 'afterbell_seats');
call shared.run_as('placement.make_room(uuid, uuid)', 'afterbell_seats');

create or replace view placement.pub_section_seats with (security_invoker = true) as
select school_id, section_id, term_id, capacity, over, taken, state, held from placement.section_seats;
create view placement.pub_waiting with (security_invoker = true) as
select school_id, waiting_id, term_id, section_id, pupil_id, state, offered_at, held_until from placement.waiting;
comment on view placement.pub_waiting is 'Places on waiting lists and offers with the instant until which their seat is held';
grant select on placement.pub_waiting to afterbell_app;
