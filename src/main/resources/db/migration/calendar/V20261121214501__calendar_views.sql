-- What other rooms read of terms and bells.
create view calendar.pub_term with (security_invoker = true) as
select school_id, term_id, start_year as school_year, half, first_day as starts_on, last_day as ends_on,
       greatest(first_day, (date_trunc('week', first_day::timestamp)::date + (service_week - 1) * 7)) as basic_from,
       greatest(first_day, (date_trunc('week', first_day::timestamp)::date + (clubs_week - 1) * 7)) as clubs_from,
       greatest(first_day, (date_trunc('week', first_day::timestamp)::date + (clubs_week - 1 + add_drop_weeks) * 7 - 1)) as add_drop_until
from calendar.term;
comment on view calendar.pub_term is 'Terms with the days on which basic service and clubs begin and adding and dropping ends';

create view calendar.pub_bell with (security_invoker = true) as
select s.school_id, s.slot_id, s.term_id, s.band, s.code, s.weekday, s.starts, s.ends, s.kind, nullif(s.valid_from, '-infinity') as valid_from, s.valid_until,
       case s.service when 'AFTER_SCHOOL' then 'after-school' when 'NOON_CARE' then 'noon' when 'EVENING_STUDY' then 'evening' when 'WEEKEND_CARE' then 'weekend' else 'holiday' end as service_class,
       to_char(s.starts, 'HH24:MI') || '–' || to_char(s.ends, 'HH24:MI') as name
from calendar.slot s;
comment on view calendar.pub_bell is 'All bells of a term, meals and breaks included; a slot whose times change with the season has a row for each';

create view calendar.pub_slot with (security_invoker = true) as
select b.school_id, b.slot_id, b.term_id, b.band, b.code, b.weekday, b.starts, b.ends, b.service_class, b.name,
       dense_rank() over (partition by b.school_id, b.term_id, b.band, b.weekday order by b.starts, b.code)::int as ordinal
from (select distinct on (p.school_id, p.slot_id) p.* from calendar.pub_bell p where p.kind = 'PERIOD' order by p.school_id, p.slot_id, p.valid_from nulls first) b;
comment on view calendar.pub_slot is 'Periods in which children can be in a session, each once, with the times of its first season; ordinal counts the periods of a band on a weekday from 1';

create view calendar.pub_band with (security_invoker = true) as
select b.school_id, b.term_id, b.code as band, b.name, g.grade, b.position
from calendar.band b cross join lateral unnest(b.grades) as g(grade);
comment on view calendar.pub_band is 'Which band a grade belongs to in a term, one row per grade';
grant select on calendar.pub_term, calendar.pub_bell, calendar.pub_slot, calendar.pub_band to afterbell_app;
