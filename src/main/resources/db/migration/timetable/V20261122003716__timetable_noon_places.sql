-- R23: where a child is at noon follows what was asked for noon, not how late it stays.
create view timetable.pub_stay_slot with (security_invoker = true) as
select x.school_id, r.term_id, x.pupil_id, x.slot_id
from enrolment.pub_sheet_slot x join enrolment.pub_round r using (school_id, round_id)
where r.state = 'closed'
  and not exists (select 1 from enrolment.pub_sheet s join enrolment.pub_round n on n.school_id = s.school_id and n.round_id = s.round_id
                  where s.school_id = x.school_id and s.pupil_id = x.pupil_id and n.term_id = r.term_id and n.state = 'closed' and n.closes_at > r.closes_at);
comment on view timetable.pub_stay_slot is 'Noon slots a child stays for, by the newest closed round of the term';

create or replace view timetable.pub_place with (security_invoker = true) as
select p.school_id, l.term_id, p.pupil_id, p.class_id, p.grade, l.weekday, l.ordinal, l.slot_id, l.starts, l.ends,
       case when e.section_id is not null then 'club' when w.stays then 'own' else 'home' end as kind,
       e.section_id,
       case when e.section_id is not null then x.room_id when w.stays then coalesce(m.room_id, o.room_id, mc.room_id, c.room_id) end as room_id,
       x.name as section_name, x.code as section_code,
       case when e.section_id is null and w.stays then coalesce(m.staff_id, o.staff_id) end as duty_staff_id,
       o.merged_into as merged_class_id
from roster.pub_pupil p
join roster.pub_class c on c.school_id = p.school_id and c.class_id = p.class_id
join calendar.pub_band b on b.school_id = p.school_id and b.grade = p.grade
join calendar.pub_slot l on l.school_id = b.school_id and l.term_id = b.term_id and l.band = b.band
left join timetable.pub_stay t on t.school_id = p.school_id and t.term_id = l.term_id and t.pupil_id = p.pupil_id and t.weekday = l.weekday
left join timetable.pub_stay_slot a on a.school_id = p.school_id and a.term_id = l.term_id and a.pupil_id = p.pupil_id and a.slot_id = l.slot_id
cross join lateral (select case when l.service_class = 'noon' then a.slot_id is not null else coalesce(t.until_ordinal, 0) >= l.ordinal end as stays) w
left join placement.pub_seat_slot h on h.school_id = p.school_id and h.pupil_id = p.pupil_id and h.slot_id = l.slot_id
left join placement.pub_seat e on e.school_id = h.school_id and e.seat_id = h.seat_id
left join programme.pub_section x on x.school_id = e.school_id and x.section_id = e.section_id
left join programme.pub_own_class_duty o on o.school_id = p.school_id and o.class_id = p.class_id and o.slot_id = l.slot_id
left join programme.pub_own_class_duty m on m.school_id = o.school_id and m.class_id = o.merged_into and m.slot_id = o.slot_id
left join roster.pub_class mc on mc.school_id = o.school_id and mc.class_id = o.merged_into;
grant select on timetable.pub_stay_slot to afterbell_app;
