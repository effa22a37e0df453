-- P17, R62: what a person changes by hand after the draw, with a reason that is a code: free words about a child stand nowhere but in the roster (law 8).
create table placement.by_hand (
    school_id  uuid        not null,
    seat_id    uuid        not null,
    section_id uuid        not null,
    pupil_id   uuid        not null,
    kind       text        not null check (kind in ('override', 'moved')),
    reason     text        not null check (reason in ('school_error', 'health', 'siblings', 'safety', 'team', 'balance', 'family')),
    over_limit boolean     not null default false,
    by_account uuid,
    at         timestamptz not null,
    primary key (school_id, seat_id),
    foreign key (school_id, seat_id) references placement.seat,
    foreign key (school_id, section_id) references placement.section_seats
);
comment on table placement.by_hand is 'Seats given by the office against or beside the published order, each with its reason; counted on the console';
create index on placement.by_hand (school_id, section_id);
call shared.guard_staff('placement.by_hand');
call shared.append_only('placement.by_hand');

-- Several children change places at once, or none does. versions are those of the sections that the person saw; an older sight changes nothing.
create function placement.rearrange(school uuid, give uuid[], wishes placement.seat_wish[], seen uuid[], versions bigint[], by_ uuid, at_ timestamptz, until_ date, from_ date)
    returns table (number int, code text)
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    w    placement.seat_wish;
    seat uuid;
    bad  boolean := false;
begin
    if shared.hat() <> 'STAFF' then
        raise exception 'staff alone' using errcode = 'insufficient_privilege';
    end if;
    perform placement.lock_seats(school,
        (select array_agg(distinct s) from (select e.section_id as s from placement.seat e where e.school_id = school and e.seat_id = any (give) union select u.section_id from unnest(wishes) u union select unnest(seen)) o),
        (select array_agg(u.pupil_id) from unnest(wishes) u));
    if exists (select 1 from unnest(seen, versions) as v(section, version) join placement.section_seats x on x.school_id = school and x.section_id = v.section where x.version <> v.version)
        or (select count(*) from placement.seat e where e.school_id = school and e.seat_id = any (give) and e.ended_at is null) <> cardinality(give) then
        number := -1;
        code := 'changed';
        return next;
        return;
    end if;
    foreach seat in array give loop
        perform placement.end_one(school, seat, by_, at_, until_, 'moved');
    end loop;
    for w in select * from unnest(wishes) u order by u.number loop
        number := w.number;
        code := placement.seat_one(school, w, 'override', null, by_, at_, from_);
        bad := bad or code <> 'seated';
        return next;
    end loop;
    if bad then
        -- The caller rolls back: one move that can't be made undoes all of them.
        number := -2;
        code := 'refused';
        return next;
    end if;
end
$$;
comment on function placement.rearrange is 'Re-placement by the office: all moves or none, against the sections as they were seen';
call shared.run_as('placement.rearrange(uuid, uuid[], placement.seat_wish[], uuid[], bigint[], uuid, timestamptz, date, date)', 'afterbell_seats');

