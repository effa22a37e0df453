-- R88, R91: the rooms of the day walk areas and keep gates; they read them through views, as everywhere.
create or replace view schools.pub_area with (security_invoker = true) as select school_id, area_id, name from schools.area;
comment on view schools.pub_area is 'Areas that patrols and clearing walk';
create or replace view schools.pub_gate with (security_invoker = true) as select school_id, gate_id, name from schools.gate;
comment on view schools.pub_gate is 'Gates where people come and go';
grant select on schools.pub_area, schools.pub_gate to afterbell_app;
