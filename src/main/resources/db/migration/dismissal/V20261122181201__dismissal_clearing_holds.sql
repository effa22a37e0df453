-- R87: a clearing holds as long as nothing was told of a child since, and none is open or red: a card that comes in late, or a child that is awaited late, ends it too.
create view dismissal.pub_clear with (security_invoker = true) as
select c.school_id, c.day, c.round from dismissal.clearing c
where not exists (select 1 from custody.pub_fact e where e.school_id = c.school_id and e.day = c.day and e.recorded > c.cleared_at and e.kind <> 'swiped')
  and not exists (select 1 from custody.pub_standing s where s.school_id = c.school_id and s.day = c.day and (not s.closed or s.red));
comment on view dismissal.pub_clear is 'Clearings that still hold: the school of that day is empty, and was when it was said';
grant select on dismissal.pub_clear to afterbell_app;
