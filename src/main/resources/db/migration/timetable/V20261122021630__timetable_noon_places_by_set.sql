-- R23: the newest answer of each child is found once, not for each row that asks: before the database has counted its rows the former view was read
-- once per child and period (minutes for a school's week).
create or replace view timetable.pub_stay_slot with (security_invoker = true) as
with newest as materialized (
    select distinct on (s.school_id, r.term_id, s.pupil_id) s.school_id, r.term_id, s.pupil_id, s.round_id
    from enrolment.pub_sheet s join enrolment.pub_round r using (school_id, round_id)
    where r.state = 'closed'
    order by s.school_id, r.term_id, s.pupil_id, r.closes_at desc
), chosen as materialized (
    select n.school_id, n.term_id, n.pupil_id, x.slot_id
    from newest n join enrolment.pub_sheet_slot x using (school_id, round_id, pupil_id)
)
select school_id, term_id, pupil_id, slot_id from chosen;
