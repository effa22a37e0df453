-- R78-R90: a register of past days names whoever was here then, also a child or colleague who has left since, and a class of a former year. A child that was
-- erased stands in it with the dash that took its name's place.
create view roster.pub_pupil_ever with (security_invoker = true) as
select school_id, pupil_id, name, initials, left_on is not null as gone from roster.pupil;
comment on view roster.pub_pupil_ever is 'Names of all children who are or were of the school; for registers of past days alone';
create view roster.pub_staff_ever with (security_invoker = true) as
select school_id, staff_id, account_id, name from roster.staff;
comment on view roster.pub_staff_ever is 'Names of all who work or worked at the school; for registers of past days alone';
create view roster.pub_class_ever with (security_invoker = true) as
select school_id, class_id, grade, number, name from roster.class;
comment on view roster.pub_class_ever is 'Classes of this and former years; for registers of past days alone';
grant select on roster.pub_pupil_ever, roster.pub_staff_ever, roster.pub_class_ever to afterbell_app;
