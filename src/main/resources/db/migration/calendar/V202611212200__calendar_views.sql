-- R22: the periods of a term for the rooms that plan and ask by slot. A slot whose times change with the season shows its first times.
create view calendar.pub_slot with (security_invoker = true) as
select s.school_id, s.slot_id, s.term_id, s.band, b.grades, s.weekday, s.code, s.code as name, s.starts, s.ends,
       case s.service when 'AFTER_SCHOOL' then 'after-school' when 'NOON_CARE' then 'noon' when 'EVENING_STUDY' then 'evening' when 'WEEKEND_CARE' then 'weekend' else 'holiday' end as service_class,
       (row_number() over (partition by s.school_id, s.term_id, s.band, s.weekday order by s.starts, s.slot_id))::int as ordinal
from (select distinct on (school_id, term_id, slot_id) * from calendar.slot where kind = 'PERIOD' order by school_id, term_id, slot_id, valid_from) s
join calendar.band b on b.school_id = s.school_id and b.term_id = s.term_id and b.code = s.band;
comment on view calendar.pub_slot is 'Periods of a term by band and weekday; ordinal counts them from 1 within the day, meals and breaks left out';

create view calendar.pub_term with (security_invoker = true) as
select school_id, term_id, start_year as school_year, half, first_day as starts_on, last_day as ends_on, registration, service_week, clubs_week, add_drop_weeks from calendar.term;
comment on view calendar.pub_term is 'Terms with their first and last day';
grant select on calendar.pub_slot, calendar.pub_term to afterbell_app;
