-- Law 1 and R62: seats. Capacity is a counter with a CHECK, never a count under the caller's scope: a guardian's count sees only that family and would
-- oversell. The functions here run as afterbell_seats, see the whole school but only these tables, and check the caller's guardianship themselves.
create schema placement;
grant usage on schema placement to afterbell_app, afterbell_seats;

create table placement.section_seats (
    school_id  uuid not null references schools.school,
    section_id uuid not null,
    term_id    uuid not null,
    activity   text not null,
    grade_lo   int  not null,
    grade_hi   int  not null,
    capacity   int  not null check (capacity between 0 and 500),
    over       int  not null default 0 check (over between 0 and 500),
    taken      int  not null default 0,
    opens_at   timestamptz,
    closes_at  timestamptz,
    state      text not null default 'running' check (state in ('running', 'closed')),
    primary key (school_id, section_id),
    check (taken >= 0 and taken <= capacity + over)
);
comment on table placement.section_seats is 'How many seats a section has and how many are taken; over counts the seats that overrides with a reason added (law 1). Families take seats themselves only from opens_at to closes_at';
create index on placement.section_seats (school_id, term_id);
call shared.guard_school('placement.section_seats');

create table placement.section_slot (
    school_id  uuid not null,
    section_id uuid not null,
    band       text not null,
    slot_id    uuid not null,
    primary key (school_id, section_id, slot_id),
    foreign key (school_id, section_id) references placement.section_seats on delete cascade
);
comment on table placement.section_slot is 'The slots a section takes, one row per band and slot; a child meets in the slots of its own band';
call shared.guard_school('placement.section_slot');

create table placement.seat (
    school_id  uuid        not null references schools.school,
    seat_id    uuid        not null,
    term_id    uuid        not null,
    pupil_id   uuid        not null,
    section_id uuid        not null,
    activity   text        not null,
    from_day   date        not null,
    until_day  date,
    source     text        not null check (source in ('draw', 'fixed', 'waiting', 'join', 'first_come', 'override', 'swap')),
    run_id     uuid,
    rank       int         not null default 0 check (rank between 0 and 99),
    given_at   timestamptz not null,
    given_by   uuid,
    ended_at   timestamptz,
    ended_by   uuid,
    end_reason text,
    primary key (school_id, seat_id),
    foreign key (school_id, section_id) references placement.section_seats
);
comment on table placement.seat is 'A place of a child in a section; open while ended_at is null. rank is the wish it met, 0 where there was none';
create unique index seat_one_per_activity on placement.seat (school_id, term_id, pupil_id, activity) where ended_at is null;
create index on placement.seat (school_id, section_id) where ended_at is null;
create index on placement.seat (school_id, pupil_id);
create index on placement.seat (school_id, run_id);

create table placement.seat_slot (
    school_id uuid not null,
    pupil_id  uuid not null,
    slot_id   uuid not null,
    seat_id   uuid not null,
    primary key (school_id, pupil_id, slot_id),
    foreign key (school_id, seat_id) references placement.seat on delete cascade
);
comment on table placement.seat_slot is 'Slots a child''s open seats take: one seat at one time (law 1). Slots of one grade band never overlap, so equal slots are the only clash';
create index on placement.seat_slot (school_id, seat_id);

-- Seats are read by whoever may see the child, and written by the seat functions alone.
create procedure placement.guard_seats(tbl regclass) language plpgsql as
$$
begin
    execute format('alter table %s enable row level security', tbl);
    execute format('alter table %s force row level security', tbl);
    execute format('create policy seen on %s for select to afterbell_app using (school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end)', tbl);
    execute format('grant select on %s to afterbell_app', tbl);
    execute format('create policy seats on %s for all to afterbell_seats using (school_id = any((select shared.schools())::uuid[])) with check (school_id = any((select shared.schools())::uuid[]))', tbl);
    execute format('grant select, insert, update, delete on %s to afterbell_seats', tbl);
end
$$;
call placement.guard_seats('placement.seat');
call placement.guard_seats('placement.seat_slot');
create policy seats on placement.section_seats for all to afterbell_seats using (school_id = any((select shared.schools())::uuid[])) with check (school_id = any((select shared.schools())::uuid[]));
create policy seats on placement.section_slot for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]));
grant select, update on placement.section_seats to afterbell_seats;
grant select on placement.section_slot to afterbell_seats;

-- A command for one seat. grade and band are the child's, read by the caller from the roster in the same transaction.
create type placement.seat_wish as (
    number     int,
    seat_id    uuid,
    pupil_id   uuid,
    section_id uuid,
    grade      int,
    band       text,
    rank       int
);
comment on type placement.seat_wish is 'One wanted seat of a batch; number is its place in the queue';

-- Takes seats for a whole queue in one transaction. Sections are locked in id order, then rows in (pupil, slot) order; opposite orders deadlocked when
-- tried. Answers a code per number: seated, again (had it already), full, clash, activity, not_eligible, closed, unknown, not_yours.
create function placement.take_batch(school uuid, wishes placement.seat_wish[], source_ text, run uuid, by_ uuid, at_ timestamptz, from_ date)
    returns table (number int, code text)
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    family boolean := shared.hat() = 'FAMILY';
    w      placement.seat_wish;
    s      placement.section_seats%rowtype;
    given  int;
    wanted int;
begin
    if not (school = any (shared.schools())) or shared.hat() not in ('FAMILY', 'STAFF') then
        raise exception 'not this school' using errcode = 'insufficient_privilege';
    end if;
    if family and source_ not in ('first_come', 'waiting', 'swap') then
        raise exception 'a family takes no such seat' using errcode = 'insufficient_privilege';
    end if;
    perform 1 from placement.section_seats x
    where x.school_id = school and x.section_id in (select u.section_id from unnest(wishes) u)
    order by x.section_id for update;
    for w in select * from unnest(wishes) u order by u.number loop
        number := w.number;
        select * into s from placement.section_seats x where x.school_id = school and x.section_id = w.section_id;
        if s.section_id is null then
            code := 'unknown';
        elsif family and not (w.pupil_id = any (shared.children())) then
            code := 'not_yours';
        elsif exists (select 1 from placement.seat e where e.school_id = school and e.pupil_id = w.pupil_id and e.section_id = w.section_id and e.ended_at is null) then
            code := 'again';
        elsif s.state <> 'running' or (source_ = 'first_come' and not (s.opens_at <= at_ and at_ < s.closes_at)) or (source_ = 'first_come' and s.opens_at is null) then
            code := 'closed';
        elsif w.grade < s.grade_lo or w.grade > s.grade_hi then
            code := 'not_eligible';
        elsif s.taken >= s.capacity + s.over then
            code := 'full';
        elsif exists (select 1 from placement.seat e where e.school_id = school and e.term_id = s.term_id and e.pupil_id = w.pupil_id and e.activity = s.activity and e.ended_at is null) then
            code := 'activity';
        elsif exists (select 1 from placement.section_slot t join placement.seat_slot h on h.school_id = t.school_id and h.slot_id = t.slot_id
                      where t.school_id = school and t.section_id = w.section_id and t.band = w.band and h.pupil_id = w.pupil_id) then
            code := 'clash';
        elsif not exists (select 1 from placement.section_slot t where t.school_id = school and t.section_id = w.section_id and t.band = w.band) then
            code := 'not_eligible';
        else
            insert into placement.seat (school_id, seat_id, term_id, pupil_id, section_id, activity, from_day, source, run_id, rank, given_at, given_by)
            values (school, w.seat_id, s.term_id, w.pupil_id, w.section_id, s.activity, from_, source_, run, coalesce(w.rank, 0), at_, by_);
            select count(*) into wanted from placement.section_slot t where t.school_id = school and t.section_id = w.section_id and t.band = w.band;
            insert into placement.seat_slot (school_id, pupil_id, slot_id, seat_id)
            select school, w.pupil_id, t.slot_id, w.seat_id from placement.section_slot t
            where t.school_id = school and t.section_id = w.section_id and t.band = w.band order by t.slot_id
            on conflict do nothing;
            get diagnostics given = row_count;
            if given <> wanted then
                -- Another transaction took one of the child's slots in this moment: the whole batch is undone and tried one by one.
                raise exception 'a slot was taken meanwhile' using errcode = 'serialization_failure';
            end if;
            update placement.section_seats x set taken = x.taken + 1 where x.school_id = school and x.section_id = w.section_id;
            code := 'seated';
        end if;
        return next;
    end loop;
end
$$;
comment on function placement.take_batch is 'Law 1: the only way into a seat; all checks, sections locked in id order';

create function placement.take_seat(school uuid, wish placement.seat_wish, source_ text, by_ uuid, at_ timestamptz, from_ date) returns text
    language sql security definer set search_path = pg_catalog
begin atomic
    select b.code from placement.take_batch(school, array [wish], source_, null, by_, at_, from_) b;
end;
comment on function placement.take_seat is 'One seat by the rules of take_batch';

create function placement.leave_seat(school uuid, seat uuid, by_ uuid, at_ timestamptz, until_ date, reason text) returns text
    language plpgsql security definer set search_path = pg_catalog as
$$
declare
    held placement.seat%rowtype;
begin
    if not (school = any (shared.schools())) or shared.hat() not in ('FAMILY', 'STAFF') then
        raise exception 'not this school' using errcode = 'insufficient_privilege';
    end if;
    select * into held from placement.seat e where e.school_id = school and e.seat_id = seat;
    if held.seat_id is null or (shared.hat() = 'FAMILY' and not (held.pupil_id = any (shared.children()))) then
        return 'unknown';
    end if;
    perform 1 from placement.section_seats x where x.school_id = school and x.section_id = held.section_id for update;
    update placement.seat e set ended_at = at_, ended_by = by_, until_day = until_, end_reason = reason
    where e.school_id = school and e.seat_id = seat and e.ended_at is null;
    if not found then
        return 'again';
    end if;
    delete from placement.seat_slot h where h.school_id = school and h.seat_id = seat;
    update placement.section_seats x set taken = x.taken - 1, over = greatest(0, least(x.over, x.taken - 1 - x.capacity)) where x.school_id = school and x.section_id = held.section_id;
    return 'left';
end
$$;
comment on function placement.leave_seat is 'Gives a seat back; the freed one goes to the waiting list, never to the fastest (placement rules)';

-- An override makes room for one more, with a reason kept in the audit by the caller; staff alone.
create function placement.make_room(school uuid, section uuid) returns void
    language plpgsql security definer set search_path = pg_catalog as
$$
begin
    if shared.hat() <> 'STAFF' or not (school = any (shared.schools())) then
        raise exception 'not this school' using errcode = 'insufficient_privilege';
    end if;
    update placement.section_seats x set over = x.over + 1 where x.school_id = school and x.section_id = section and x.taken >= x.capacity + x.over;
end
$$;
comment on function placement.make_room is 'The one way over a soft cap (law 1)';

call shared.run_as('placement.take_batch(uuid, placement.seat_wish[], text, uuid, uuid, timestamptz, date)', 'afterbell_seats');
call shared.run_as('placement.take_seat(uuid, placement.seat_wish, text, uuid, timestamptz, date)', 'afterbell_seats');
call shared.run_as('placement.leave_seat(uuid, uuid, uuid, timestamptz, date, text)', 'afterbell_seats');
call shared.run_as('placement.make_room(uuid, uuid)', 'afterbell_seats');
grant usage on type placement.seat_wish to afterbell_app, afterbell_seats;

create view placement.pub_seat with (security_invoker = true) as
select school_id, seat_id, term_id, pupil_id, section_id, from_day, until_day, source, rank from placement.seat where ended_at is null;
comment on view placement.pub_seat is 'Open seats';
create view placement.pub_seat_history with (security_invoker = true) as
select school_id, seat_id, term_id, pupil_id, section_id, from_day, until_day, source, rank, ended_at from placement.seat;
comment on view placement.pub_seat_history is 'All seats, those given back with their last day';
create view placement.pub_section_seats with (security_invoker = true) as
select school_id, section_id, term_id, capacity, over, taken, state from placement.section_seats;
comment on view placement.pub_section_seats is 'Seats taken and left per section';
grant select on placement.pub_seat, placement.pub_seat_history, placement.pub_section_seats to afterbell_app;
