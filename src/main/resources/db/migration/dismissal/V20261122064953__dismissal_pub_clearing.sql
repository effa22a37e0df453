-- R87: the duty leader's board says whether and when the school was cleared.
create or replace view dismissal.pub_clearing with (security_invoker = true) as
select school_id, day, cleared_at, cleared_by, children from dismissal.clearing;
comment on view dismissal.pub_clearing is 'When a school was cleared on a day, by whom, and how many children the proof covers';
grant select on dismissal.pub_clearing to afterbell_app;
