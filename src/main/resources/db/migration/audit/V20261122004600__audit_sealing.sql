-- Law 8, P16: entries are chained within a second. What waits to be sealed stands in a table of its own, written with the entry, so that the sealer
-- looks at no sealed row again, and an entry that commits late is not passed by.
create table audit.unsealed (
    school_id uuid not null,
    entry_id  uuid not null,
    primary key (school_id, entry_id),
    foreign key (school_id, entry_id) references audit.entry
);
comment on table audit.unsealed is 'Entries that no link of the chain holds yet';
call shared.guard_staff('audit.unsealed');
create policy added_with_entry on audit.unsealed for insert to afterbell_app
    with check (case (select shared.hat()) when 'STAFF' then school_id = any((select shared.schools())::uuid[]) when 'FAMILY' then school_id = any((select shared.schools())::uuid[]) else school_id = '00000000-0000-0000-0000-000000000000' end);

create function audit.await_seal() returns trigger language plpgsql as
$$
begin
    insert into audit.unsealed (school_id, entry_id) values (new.school_id, new.entry_id);
    return null;
end
$$;
comment on function audit.await_seal is 'Each entry waits for its seal from its first moment';
create trigger await_seal after insert on audit.entry for each row execute function audit.await_seal();

create function audit.door_waiting() returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct school_id from audit.unsealed $$;
comment on function audit.door_waiting is 'Schools with entries to seal, for the sealer that then opens each school''s scope';
grant select on audit.unsealed to afterbell_doors;
create policy door on audit.unsealed for select to afterbell_doors using (true);
call shared.run_as('audit.door_waiting()', 'afterbell_doors');

-- A bureau keeps watch over the chains of its schools without seeing an entry: whoever noted a head finds out when a chain is written anew.
create policy witnessed on audit.seal for select to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and exists (select 1 from schools.school s where s.school_id = seal.school_id));

create index on audit.entry (school_id, at);
create index on audit.entry (school_id, account_id, at);
create index on audit.entry (school_id, subject_id, at);
