-- Which slots a child's open seats take, for the week views.
create view placement.pub_seat_slot with (security_invoker = true) as select school_id, pupil_id, slot_id, seat_id from placement.seat_slot;
comment on view placement.pub_seat_slot is 'Slots taken by open seats';
grant select on placement.pub_seat_slot to afterbell_app;
