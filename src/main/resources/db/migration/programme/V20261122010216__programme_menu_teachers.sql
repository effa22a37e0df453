-- R33, R43: names of those who lead the groups of a published menu, for everybody. Staff rows themselves stay closed to the public hat.
create function programme.door_menu_teachers(school uuid, term uuid)
    returns table (section_id uuid, name text)
    language sql stable security definer set search_path = pg_catalog as
$$
select s.section_id, m.name
from programme.plan p
join programme.section s on s.school_id = p.school_id and s.term_id = p.term_id and s.state = 'published'
join programme.section_teacher t on t.school_id = s.school_id and t.section_id = s.section_id
join roster.staff m on m.school_id = t.school_id and m.staff_id = t.staff_id and m.left_on is null
where p.school_id = school and p.term_id = term and p.published_at is not null
order by s.section_id, t.main desc, m.name
$$;
comment on function programme.door_menu_teachers is 'Names of the teachers of a published menu; nothing of a plan that is not public';
create policy door on programme.plan for select to afterbell_doors using (true);
create policy door on programme.section for select to afterbell_doors using (true);
create policy door on programme.section_teacher for select to afterbell_doors using (true);
grant usage on schema programme to afterbell_doors;
grant select on programme.plan, programme.section, programme.section_teacher to afterbell_doors;
call shared.run_as('programme.door_menu_teachers(uuid, uuid)', 'afterbell_doors');
