-- A family reads its own place in a waiting list, which a count under its own scope could not tell.
create policy seats on placement.waiting for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]));
grant select on placement.waiting to afterbell_seats;
create function placement.waiting_place(school uuid, section uuid, pupil uuid) returns int
    language plpgsql stable security definer set search_path = pg_catalog as
$$
declare
    mine bigint;
begin
    if shared.hat() = 'FAMILY' and not (pupil = any (shared.children())) then
        return 0;
    end if;
    select w.place_key into mine from placement.waiting w
    where w.school_id = school and w.section_id = section and w.pupil_id = pupil and w.state in ('waiting', 'offered');
    if mine is null then
        return 0;
    end if;
    return 1 + (select count(*) from placement.waiting w where w.school_id = school and w.section_id = section and w.state in ('waiting', 'offered') and w.place_key < mine);
end
$$;
comment on function placement.waiting_place is 'A child''s place in a waiting list, 1 first; 0 where it does not wait or is not the caller''s';
call shared.run_as('placement.waiting_place(uuid, uuid, uuid)', 'afterbell_seats');
