-- Rounds belong to terms, sheets to children, wishes to sections; and the door that tells the clock-driven job which schools have something due.
alter table enrolment.round add foreign key (school_id, term_id) references calendar.term;
alter table enrolment.sheet add foreign key (school_id, pupil_id) references roster.pupil;
create index on enrolment.sheet (school_id, pupil_id);
alter table enrolment.answer add foreign key (school_id, pupil_id) references roster.pupil;
create index on enrolment.answer (school_id, pupil_id);
alter table enrolment.review_place add foreign key (school_id, pupil_id) references roster.pupil;
create index on enrolment.review_place (school_id, pupil_id);
alter table enrolment.review add foreign key (school_id, pupil_id) references roster.pupil;
create index on enrolment.review (school_id, pupil_id);
alter table enrolment.wish add foreign key (school_id, section_id) references programme.section;
alter table enrolment.demand add foreign key (school_id, section_id) references programme.section;

-- C2: nothing waits beyond the deadline. reviewed_at is set when the last sheet has gone through the chain.
alter table enrolment.round add column reviewed_at timestamptz;
create index round_to_close on enrolment.round (closes_at) where state = 'open';
create index round_to_review on enrolment.round (closes_at) where state = 'closed' and reviewed_at is null;

create function enrolment.door_due(at_ timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$
select school_id from enrolment.round where state = 'open' and closes_at <= at_
union
select school_id from enrolment.round where state = 'closed' and reviewed_at is null
$$;
comment on function enrolment.door_due is 'Schools with a round that should be closed by now, or one whose review still runs; ids and nothing else';
create policy door on enrolment.round for select to afterbell_doors using (true);
grant usage on schema enrolment to afterbell_doors;
grant select on enrolment.round to afterbell_doors;
call shared.run_as('enrolment.door_due(timestamptz)', 'afterbell_doors');
