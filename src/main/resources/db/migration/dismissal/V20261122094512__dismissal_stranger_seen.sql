-- R86, R91: whoever leads the day sees on the open board that somebody who is on no list stands at a gate, and says by one tap that he went.
create table dismissal.stranger_seen (
    school_id   uuid        not null,
    stranger_id uuid        not null,
    seen_at     timestamptz not null,
    seen_by     uuid        not null,
    primary key (school_id, stranger_id),
    foreign key (school_id, stranger_id) references dismissal.stranger
);
comment on table dismissal.stranger_seen is 'The duty leader went to somebody who asked for a child without being on its list';
call shared.guard_staff('dismissal.stranger_seen');
call shared.append_only('dismissal.stranger_seen');

create view dismissal.pub_stranger with (security_invoker = true) as
select t.school_id, t.day, t.stranger_id, t.pupil_id, t.asked_at, s.seen_at
from dismissal.stranger t left join dismissal.stranger_seen s on s.school_id = t.school_id and s.stranger_id = t.stranger_id;
comment on view dismissal.pub_stranger is 'That somebody asked for a child without being on its list, and when the duty leader went; neither who nor why (law 9)';
grant select on dismissal.pub_stranger to afterbell_app;
