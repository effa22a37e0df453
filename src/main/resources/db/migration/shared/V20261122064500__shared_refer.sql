-- A foreign key added to tables that may hold rows already: PostgreSQL looks at these rows as the owner, whom forced policies refuse without a scope. So the
-- two tables are unforced for the moment of the check, inside the migration's transaction, and nobody else sees it.
create procedure shared.refer(tbl regclass, column_ text, target regclass) language plpgsql as
$$
begin
    execute format('alter table %s no force row level security', tbl);
    execute format('alter table %s no force row level security', target);
    execute format('alter table %s add foreign key (school_id, %I) references %s', tbl, column_, target);
    execute format('alter table %s force row level security', tbl);
    execute format('alter table %s force row level security', target);
end
$$;
comment on procedure shared.refer is 'Holds an id of another row by a foreign key that begins with the school; for migrations';
