-- The calendar address of a child works as long as the person who made it acts for the child: a carer who was taken off, a guardian limited by a court
-- and the family of a child that has left read it no longer.
drop function timetable.door_feed(bytea);
create function timetable.door_feed(hash bytea) returns table (school_id uuid, kind text, subject_id uuid, account_id uuid)
    language sql stable security definer set search_path = pg_catalog as
$$
select f.school_id, f.kind, f.subject_id, f.account_id
from timetable.feed f
where f.token_hash = hash and f.revoked_at is null
  and (f.kind <> 'child' or (
        exists (select 1 from identity.role_grant g where g.school_id = f.school_id and g.pupil_id = f.subject_id and g.account_id = f.account_id)
    and not exists (select 1 from identity.court_limit c where c.school_id = f.school_id and c.pupil_id = f.subject_id and c.account_id = f.account_id and c.ended_at is null)))
$$;
comment on function timetable.door_feed is 'Turns the secret of a calendar address into the one child or person it shows, while its maker still acts for the child';
call shared.run_as('timetable.door_feed(bytea)', 'afterbell_doors');
