-- P1, PLACEMENT: the order of the draw and the times of a round are public from its announcement on. A further order puts priority before nobody with nothing.
create policy announced on enrolment.round for select to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'PUBLIC' and state <> 'draft');

alter table enrolment.round
    drop constraint round_draw_order_check,
    add constraint round_draw_order_check check (draw_order in ('fair', 'priority', 'cost', 'da'));
