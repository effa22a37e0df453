-- R82, R85: whoever leads a line sees where a child is that is out of the room, and does not take it along unseen.
create or replace view custody.pub_standing with (security_invoker = true) as
select school_id, day, pupil_id, class_id, state, custodian, session_id, since, until, red, closed, corrected, alarms, bell, stop_sessions as sessions, entries, read_at, word
from custody.standing;
comment on view custody.pub_standing is 'Where each child stands; state in words of the closed list, custodian a member of staff, sessions those of its plan, word where it is while it is called out';
