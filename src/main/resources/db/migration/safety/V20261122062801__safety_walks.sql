-- R87: whoever clears the school asks in one statement which areas were walked, and when last.
create view safety.pub_walk with (security_invoker = true) as
select school_id, day, (facts ->> 'ref')::uuid as area_id, max(at) as at, count(*)::int as times
from safety.event where book = 'patrol' and facts ->> 'place' = 'area'
group by school_id, day, (facts ->> 'ref')::uuid;
comment on view safety.pub_walk is 'When an area was walked last on a day; a walk that found a problem counts as walked';
grant usage on schema safety to afterbell_app;
grant select on safety.pub_walk to afterbell_app;
