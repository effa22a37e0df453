-- A person whose rights to a child a court has taken is told nothing about that child either: messages leave the person out. Staff scope alone reads it.
create view identity.pub_limited with (security_invoker = true) as
select school_id, pupil_id, account_id from identity.court_limit where ended_at is null;
comment on view identity.pub_limited is 'Guardians without rights to a child at present; never shown on a page, only left out of audiences';
grant select on identity.pub_limited to afterbell_app;
