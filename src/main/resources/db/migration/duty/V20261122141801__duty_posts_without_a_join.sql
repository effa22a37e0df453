-- The account is looked up for the posts that are asked for, where it is asked for: joined, the database read every post of a month once for each member of staff,
-- and a month of pay took minutes instead of a tenth of a second. Staff are joined where a post is derived, so that nobody appears who is not to be seen.
create or replace view duty.pub_post with (security_invoker = true) as
select a.school_id, a.day, a.kind, a.ref_id, a.staff_id,
       (select f.account_id from roster.pub_staff f where f.school_id = a.school_id and f.staff_id = a.staff_id) as account_id,
       a.source, a.room_id, a.starts, a.ends
from duty.answering a where a.staff_id is not null;
