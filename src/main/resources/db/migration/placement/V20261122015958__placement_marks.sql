-- What teachers of auditioned sections say of the applicants between the close of a round and its lottery. Nothing said means band 0.
create table placement.mark (
    school_id  uuid        not null references schools.school,
    round_id   uuid        not null,
    section_id uuid        not null,
    pupil_id   uuid        not null,
    band       int         not null check (band in (0, 1)),
    marked_by  uuid        not null,
    marked_at  timestamptz not null,
    primary key (school_id, round_id, section_id, pupil_id)
);
comment on table placement.mark is 'Bands of applicants of auditioned sections: 0 before 1; they stand from the moment the lottery is revealed';
create index on placement.mark (school_id, pupil_id);
call shared.guard_staff('placement.mark');
