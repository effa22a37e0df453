-- R23, R31: care at noon is asked for day by day beside the afternoon: staying late never means staying at noon.
create table enrolment.sheet_slot (
    school_id uuid not null,
    round_id  uuid not null,
    pupil_id  uuid not null,
    slot_id   uuid not null,
    primary key (school_id, round_id, pupil_id, slot_id),
    foreign key (school_id, round_id, pupil_id) references enrolment.sheet on delete cascade
);
comment on table enrolment.sheet_slot is 'Single slots of another service (noon) that a child is to stay for';
call enrolment.seal('enrolment.sheet_slot', 'exists (select 1 from enrolment.sheet s where s.school_id = sheet_slot.school_id and s.round_id = sheet_slot.round_id and s.pupil_id = sheet_slot.pupil_id)');

create view enrolment.pub_sheet_slot with (security_invoker = true) as
select x.school_id, x.round_id, x.pupil_id, x.slot_id
from enrolment.sheet_slot x
join enrolment.sheet s on s.school_id = x.school_id and s.round_id = x.round_id and s.pupil_id = x.pupil_id
where s.takes_part;
comment on view enrolment.pub_sheet_slot is 'Noon slots that are asked for, of children who take part';
grant select on enrolment.pub_sheet_slot to afterbell_app;
