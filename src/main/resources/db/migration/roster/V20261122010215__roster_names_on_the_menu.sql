-- R33, R43: families choose teacher and content, so the published menu names who leads a group. Only the name is readable for the door, and nothing else of a staff row.
create policy door on roster.staff for select to afterbell_doors using (true);
grant usage on schema roster to afterbell_doors;
grant select (school_id, staff_id, name, left_on) on roster.staff to afterbell_doors;
