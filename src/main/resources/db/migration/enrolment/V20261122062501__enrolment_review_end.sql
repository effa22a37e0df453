-- P1: a sheet mended in review changes what the lottery committed to at the close; other rooms need to know when the review has ended.
create or replace view enrolment.pub_round with (security_invoker = true) as
select school_id, round_id, term_id, name, opens_at, closes_at, review_until, state, max_clubs, first_come, review_steps, draw_order, closed_at, reviewed_at
from enrolment.round;
