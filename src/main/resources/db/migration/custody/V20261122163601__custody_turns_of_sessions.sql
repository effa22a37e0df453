-- Law 2, R8, R9: a post that passes to somebody else while a session runs, and a session that is dropped in the middle, are read from the plan of the day: the
-- successor's roll contradicts nobody, and a dropped session holds no child any longer.
alter table custody.standing
    add column turn_sessions uuid[]        not null default '{}',
    add column turn_from     uuid[]        not null default '{}',
    add column turn_to       uuid[]        not null default '{}',
    add column turn_at       timestamptz[] not null default '{}';
comment on column custody.standing.turn_sessions is 'Sessions that passed to another person in the course of the day, or were dropped (turn_to null), in order of time; with who answered before and from when on';

-- Whoever has taken over the last session leads its line, though another one counted the children.
create or replace view custody.pub_leaving with (security_invoker = true) as
select school_id, day, pupil_id, stop_ends[cardinality(stop_ends)] as leaves, stop_sessions[cardinality(stop_sessions)] as session_id,
       stop_custodians[cardinality(stop_custodians)] as custodian
from custody.standing where cardinality(stop_sessions) > 0;
comment on view custody.pub_leaving is 'When the last session of a child that stays today ends, which it is, and who answers for it now (R8, R85)';
