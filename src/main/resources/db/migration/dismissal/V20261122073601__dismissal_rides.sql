-- R85: grades that leave one by one, buses with their stops and keepers, and boarders, who go to the keeper of their dormitory.
create table dismissal.band_way (
    school_id uuid        not null references schools.school,
    band      text        not null,
    way       text        not null check (way in ('line', 'one_by_one')),
    set_by    uuid        not null,
    set_at    timestamptz not null,
    primary key (school_id, band)
);
comment on table dismissal.band_way is 'How the grades of a band leave, as the school chose; a band without a row leaves in lines';
call shared.guard_staff('dismissal.band_way');

create table dismissal.keeper (
    school_id  uuid        not null references schools.school,
    keeper_id  uuid        not null,
    kind       text        not null check (kind in ('bus', 'dormitory')),
    name       text        not null check (length(name) between 1 and 40),
    adult_id   uuid        not null,
    stops      text[]      not null check (cardinality(stops) <= 40),
    weekdays   int[]       not null check (cardinality(weekdays) between 1 and 7 and 1 <= all (weekdays) and 7 >= all (weekdays)),
    gender     text        check (gender in ('F', 'M')),
    made_by    uuid        not null,
    made_at    timestamptz not null,
    retired_by uuid,
    retired_at timestamptz,
    primary key (school_id, keeper_id),
    foreign key (school_id, adult_id) references roster.adult,
    check ((retired_by is null) = (retired_at is null))
);
comment on table dismissal.keeper is 'A bus or a dormitory and who answers there. weekdays: when it runs, or when boarders stay; gender: for whom a dormitory is, null for all';
create index on dismissal.keeper (school_id, adult_id);
call shared.guard_staff('dismissal.keeper');

create table dismissal.rider (
    school_id uuid        not null references schools.school,
    rider_id  uuid        not null,
    keeper_id uuid        not null,
    pupil_id  uuid        not null,
    stop      text        not null check (length(stop) <= 40),
    weekdays  int[]       not null check (cardinality(weekdays) between 1 and 7 and 1 <= all (weekdays) and 7 >= all (weekdays)),
    agreed_by uuid        not null,
    agreed_at timestamptz not null,
    ended_by  uuid,
    ended_at  timestamptz,
    primary key (school_id, rider_id),
    foreign key (school_id, keeper_id) references dismissal.keeper,
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((ended_by is null) = (ended_at is null))
);
comment on table dismissal.rider is 'A guardian''s consent that a child is handed to the keeper of a bus on some weekdays, and where it gets off; revocable';
create index on dismissal.rider (school_id, keeper_id);
create unique index rider_one_open on dismissal.rider (school_id, pupil_id) where ended_at is null;
create index on dismissal.rider (school_id, pupil_id);
call shared.guard_staff('dismissal.rider');

create view dismissal.pub_ride with (security_invoker = true) as
select s.school_id, s.day, s.pupil_id, k.keeper_id, k.kind, k.name, k.adult_id, coalesce(r.stop, '') as stop
from custody.pub_leaving s
join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
join dismissal.keeper k on k.school_id = s.school_id and k.retired_at is null and extract(isodow from s.day) = any(k.weekdays)
left join dismissal.rider r on r.school_id = s.school_id and r.keeper_id = k.keeper_id and r.pupil_id = s.pupil_id and r.ended_at is null and extract(isodow from s.day) = any(r.weekdays)
where case k.kind when 'bus' then r.rider_id is not null else p.boarding and (k.gender is null or k.gender = p.gender) end;
comment on view dismissal.pub_ride is 'Who is handed to the keeper of a bus or dormitory on a day, in place of the line';
grant select on dismissal.pub_ride to afterbell_app;
