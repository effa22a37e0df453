-- The office takes back a second factor that its owner has lost (P13): a door, because nobody but the owner reads the owner's proofs. It checks the
-- caller itself: staff of a school, about somebody who works there, never about the caller.
create function identity.door_factor_people(school uuid)
    returns table (account_id uuid, name text, roles text[], since timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select a.account_id, a.name, array_agg(distinct g.role order by g.role), c.totp_since
from identity.role_grant g join identity.account a using (account_id) join identity.credential c using (account_id)
where shared.hat() = 'STAFF' and school = any((shared.schools())::uuid[])
  and g.school_id = school and g.pupil_id is null and a.closed_at is null
group by a.account_id, a.name, c.totp_since
order by a.name, a.account_id
$$;
create function identity.door_reset_factor(school uuid, who uuid) returns boolean
    language plpgsql security definer set search_path = pg_catalog as
$$
begin
    if shared.hat() <> 'STAFF' or not school = any((shared.schools())::uuid[]) or who = shared.account()
       or not exists (select 1 from identity.role_grant g where g.account_id = who and g.school_id = school and g.pupil_id is null) then
        return false;
    end if;
    update identity.credential set totp_cipher = null, totp_since = null, totp_step = 0 where account_id = who and totp_since is not null;
    if not found then
        return false;
    end if;
    delete from identity.recovery_code where account_id = who;
    delete from identity.session where account_id = who;
    return true;
end
$$;
grant select, delete on identity.recovery_code to afterbell_doors;
create policy door on identity.recovery_code to afterbell_doors using (true) with check (true);
grant usage on schema shared to afterbell_doors;
call shared.run_as('identity.door_factor_people(uuid)', 'afterbell_doors');
call shared.run_as('identity.door_reset_factor(uuid, uuid)', 'afterbell_doors');
