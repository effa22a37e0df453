-- R26, R117: a child that left in the middle of a month still has an account to settle, and its refund counts the days that had been planned for it.
create view timetable.pub_place_ever with (security_invoker = true) as
select school_id, term_id, pupil_id, coalesce(merged_class_id, class_id) as class_id, slot_id, section_id from timetable.pub_place where kind <> 'home'
union all
select p.school_id, l.term_id, p.pupil_id, coalesce(o.merged_into, p.class_id), l.slot_id, e.section_id
from roster.pub_pupil_ever p
join roster.pub_class_ever c on c.school_id = p.school_id and c.class_id = p.class_id
join calendar.pub_band b on b.school_id = p.school_id and b.grade = c.grade
join calendar.pub_term m on m.school_id = b.school_id and m.term_id = b.term_id and p.left_on > m.starts_on
join calendar.pub_slot l on l.school_id = b.school_id and l.term_id = b.term_id and l.band = b.band
left join timetable.pub_stay t on t.school_id = p.school_id and t.term_id = l.term_id and t.pupil_id = p.pupil_id and t.weekday = l.weekday
left join timetable.pub_stay_slot a on a.school_id = p.school_id and a.term_id = l.term_id and a.pupil_id = p.pupil_id and a.slot_id = l.slot_id
left join programme.pub_own_class_duty o on o.school_id = p.school_id and o.class_id = p.class_id and o.slot_id = l.slot_id
left join lateral (
    select h.section_id from placement.pub_seat_history h join programme.pub_section_slot x on x.school_id = h.school_id and x.section_id = h.section_id and x.slot_id = l.slot_id
    where h.school_id = p.school_id and h.term_id = l.term_id and h.pupil_id = p.pupil_id and h.until_day >= p.left_on - 1 order by h.until_day desc, h.seat_id limit 1) e on true
where p.left_on is not null and (e.section_id is not null or case when l.service_class = 'noon' then a.slot_id is not null else coalesce(t.until_ordinal, 0) >= l.ordinal end);
comment on view timetable.pub_place_ever is 'Where a child stays in a period of a week, also one that left the school in the term, as it was when it left';
grant select on timetable.pub_place_ever to afterbell_app;
