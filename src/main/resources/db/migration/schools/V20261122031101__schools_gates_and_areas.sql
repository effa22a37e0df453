-- R85, R87, R88, R91: who stands where is arranged by other rooms, which read gates and areas through views.
create or replace view schools.pub_gate with (security_invoker = true) as select school_id, gate_id, name from schools.gate;
comment on view schools.pub_gate is 'Gates where children leave';
create or replace view schools.pub_area with (security_invoker = true) as select school_id, area_id, name from schools.area;
comment on view schools.pub_area is 'Areas that patrols and clearing walk';
grant select on schools.pub_gate, schools.pub_area to afterbell_app;
