-- Speed (NFR-1): a school imports a thousand children and opens its lists at once. Until its tables are counted the planner takes them for ten rows; waiting for
-- the server's own turn leaves the first pages slow. The function may maintain these tables and nothing else.
create function roster.count_rows() returns void language plpgsql security definer set search_path = '' as
$$
begin
    analyze roster.class;
    analyze roster.staff;
    analyze roster.class_teacher;
    analyze roster.pupil;
    analyze roster.adult;
    analyze roster.relation;
    analyze roster.standing;
end
$$;
grant maintain on roster.class, roster.staff, roster.class_teacher, roster.pupil, roster.adult, roster.relation, roster.standing to afterbell_doors;
call shared.run_as('roster.count_rows()', 'afterbell_doors');
