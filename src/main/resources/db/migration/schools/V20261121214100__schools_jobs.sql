-- Jobs run once per school under that school's scope: this door tells which schools there are, and nothing else of them.
create function schools.door_all() returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select school_id from schools.school order by school_id $$;
comment on function schools.door_all is 'Ids of all schools, for jobs that then open each school''s scope';
call shared.run_as('schools.door_all()', 'afterbell_doors');
