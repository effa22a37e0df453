-- A proposal is about a child of the same school, held by PostgreSQL.
alter table enrolment.proposal add foreign key (school_id, pupil_id) references roster.pupil;
create index if not exists proposal_pupil on enrolment.proposal (school_id, pupil_id);
