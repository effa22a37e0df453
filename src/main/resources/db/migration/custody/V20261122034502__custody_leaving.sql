create view custody.pub_leaving with (security_invoker = true) as
select school_id, day, pupil_id, stop_ends[cardinality(stop_ends)] as leaves, stop_sessions[cardinality(stop_sessions)] as session_id
from custody.standing where cardinality(stop_sessions) > 0;
comment on view custody.pub_leaving is 'When the last session of a child that stays today ends, and which it is (R85)';
grant select on custody.pub_leaving to afterbell_app;
