-- Other rooms read rooms through a view, as everywhere.
create view schools.pub_room with (security_invoker = true) as select school_id, room_id, code, name, kind, capacity, outdoor from schools.room where not retired;
comment on view schools.pub_room is 'Places where sessions can be held';
grant select on schools.pub_room to afterbell_app;
