-- Law 4: what a transaction may see is set locally at its begin; every policy reads it through these functions, which raise when it is missing,
-- because after a commit the setting is '' and a policy that reads it naively would silently return nothing.
create schema shared;
grant usage on schema shared to afterbell_app, afterbell_seats, afterbell_doors;

create function shared.scope(setting text) returns text
    language plpgsql stable parallel safe as
$$
declare
    value text := current_setting('afterbell.' || setting, true);
begin
    if value is null or value = '' then
        raise exception 'no scope is open' using errcode = 'insufficient_privilege';
    end if;
    return value;
end
$$;
comment on function shared.scope is 'One setting of the scope of this transaction; raises where none is open (law 4)';

create function shared.hat() returns text language sql stable parallel safe return shared.scope('hat');
create function shared.account() returns uuid language sql stable parallel safe return shared.scope('account')::uuid;
create function shared.schools() returns uuid[] language sql stable parallel safe return shared.scope('schools')::uuid[];
create function shared.children() returns uuid[] language sql stable parallel safe return shared.scope('children')::uuid[];
create function shared.bureau() returns uuid language sql stable parallel safe return shared.scope('bureau')::uuid;

-- The four kinds of table. Each call enables and forces row-level security and writes the policies, so that no table invents its own.
create procedure shared.guard(tbl regclass, using_ text, check_ text) language plpgsql as
$$
declare
    ns text := (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = tbl);
begin
    execute format('alter table %s enable row level security', tbl);
    execute format('alter table %s force row level security', tbl);
    execute format('create policy seen on %s for select to afterbell_app using (%s)', tbl, using_);
    execute format('create policy added on %s for insert to afterbell_app with check (%s)', tbl, check_);
    execute format('create policy changed on %s for update to afterbell_app using (%s) with check (%s)', tbl, check_, check_);
    execute format('create policy removed on %s for delete to afterbell_app using (%s)', tbl, check_);
    execute format('grant usage on schema %I to afterbell_app', ns);
    execute format('grant select, insert, update, delete on %s to afterbell_app', tbl);
end
$$;

-- What a school shows to everybody: its name, menu, timetable of sections. Any hat that names the school reads; staff writes.
create procedure shared.guard_open(tbl regclass) language sql as
$$
call shared.guard(tbl, 'school_id = any((select shared.schools())::uuid[])',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');
$$;
-- What families and staff of a school read, and staff writes.
create procedure shared.guard_school(tbl regclass) language sql as
$$
call shared.guard(tbl, 'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) in (''STAFF'', ''FAMILY'')',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');
$$;
-- What belongs to one child: staff of the school, and the family for its own children. Needs a column pupil_id.
create procedure shared.guard_child(tbl regclass) language sql as
$$
call shared.guard(tbl,
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end');
$$;
-- The same, but only staff writes.
create procedure shared.guard_child_read(tbl regclass) language sql as
$$
call shared.guard(tbl,
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');
$$;
-- Staff alone.
create procedure shared.guard_staff(tbl regclass) language sql as
$$
call shared.guard(tbl, 'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');
$$;
-- A person's own rows, in whatever hat.
create procedure shared.guard_account(tbl regclass) language sql as
$$
call shared.guard(tbl, 'account_id = (select shared.account())', 'account_id = (select shared.account())');
$$;

create procedure shared.append_only(tbl regclass) language plpgsql as
$$
begin
    execute format('revoke update, delete on %s from afterbell_app', tbl);
    execute format('drop policy changed on %s', tbl);
    execute format('drop policy removed on %s', tbl);
end
$$;

-- A function of the closed list that runs as another role: the doors (token to scope) and the seats. The role must own it, and owns nothing else.
create procedure shared.run_as(fn regprocedure, role_ text) language plpgsql as
$$
declare
    ns text := (select n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.oid = fn);
begin
    if role_ not in ('afterbell_doors', 'afterbell_seats') then
        raise exception '% runs no functions', role_;
    end if;
    execute format('revoke all on function %s from public', fn);
    execute format('grant execute on function %s to afterbell_app', fn);
    execute format('grant usage, create on schema %I to %I', ns, role_);
    execute format('alter function %s owner to %I', fn, role_);
    execute format('revoke create on schema %I from %I', ns, role_);
end
$$;

-- Law 6: a key is consumed only by success, in the transaction of the act. Ids and hashes only (law 8).
create table shared.command_key (
    account_id  uuid        not null,
    key         uuid        not null,
    params_hash bytea       not null,
    outcome     text        not null,
    at          timestamptz not null,
    primary key (account_id, key)
);
comment on table shared.command_key is 'Commands already done: repeating one answers with its outcome and changes nothing (law 6)';
call shared.guard_account('shared.command_key');
call shared.append_only('shared.command_key');
