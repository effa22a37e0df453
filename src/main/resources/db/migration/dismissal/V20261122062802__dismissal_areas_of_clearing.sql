-- R87: the school is clear only when every area was walked after the last child had left its room; the proof keeps which and when.
create view dismissal.pub_emptied with (security_invoker = true) as
select s.school_id, s.day, s.pupil_id,
       coalesce((select min(f.at) from custody.pub_fact f
                 where f.school_id = s.school_id and f.day = s.day and f.pupil_id = s.pupil_id and f.kind = 'kept_late'
                   and not exists (select 1 from custody.pub_fact u where u.school_id = f.school_id and u.day = f.day and u.pupil_id = f.pupil_id and u.kind = 'undone' and u.other_id = f.entry_id)),
                case when s.state in ('collected', 'with_line', 'walked_home', 'accounted') then s.since end) as left_room_at
from custody.pub_standing s;
comment on view dismissal.pub_emptied is 'When a child left its last room of a day: for home, or for where late children wait; null while it has not, and for children who never came';
grant select on dismissal.pub_emptied to afterbell_app;

alter table dismissal.clearing add column area_ids uuid[] not null default '{}', add column walked_at timestamptz[] not null default '{}',
    add constraint clearing_areas check (cardinality(area_ids) = cardinality(walked_at));
comment on table dismissal.clearing is
    'The school was clear (R87): every child of the day accounted for, every area walked after the last child had left its room. proof is the SHA-256 of state and number of entries of every child, then of every area with its walk, each in the order of ids';
comment on column dismissal.clearing.area_ids is 'The areas of the school on that day in the order of ids, with when each was walked last; empty for a school that has named none, and for days cleared before areas were asked';
