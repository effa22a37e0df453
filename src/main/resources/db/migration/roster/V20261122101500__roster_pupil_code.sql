-- A fee platform knows a child by the school's own code (R117): staff reads it where a list goes out, and nobody else needs it.
create view roster.pub_pupil_code with (security_invoker = true) as
select school_id, pupil_id, code from roster.pupil where code is not null;
comment on view roster.pub_pupil_code is 'The school''s own code of a child, for lists that leave the school';
grant select on roster.pub_pupil_code to afterbell_app;
