-- R86: whoever lets a child go, and whoever looks at it afterwards, sees the name of who took it.
create view roster.pub_adult with (security_invoker = true) as select school_id, adult_id, name from roster.adult;
comment on view roster.pub_adult is 'Names of grown-ups by id, under a school''s scope';
grant select on roster.pub_adult to afterbell_app;
