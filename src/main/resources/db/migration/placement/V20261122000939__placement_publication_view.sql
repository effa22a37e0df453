-- R43: other rooms ask until when the published result may be objected to.
create view placement.pub_publication with (security_invoker = true) as
select school_id, run_id, round_id, term_id, published_at, objections_until from placement.run where state = 'published';
comment on view placement.pub_publication is 'Published results with the end of their objection days';
grant select on placement.pub_publication to afterbell_app;
