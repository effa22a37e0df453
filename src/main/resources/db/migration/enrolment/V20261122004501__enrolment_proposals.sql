-- An entrusted carer fills the sheet in as a proposal: it is nobody's answer until a guardian has saved it.
create table enrolment.proposal (
    school_id  uuid        not null,
    round_id   uuid        not null,
    pupil_id   uuid        not null,
    account_id uuid        not null,
    fields     text        not null check (length(fields) <= 20000),
    ready      boolean     not null,
    made_at    timestamptz not null,
    closed_at  timestamptz,
    primary key (school_id, round_id, pupil_id, account_id),
    foreign key (school_id, round_id) references enrolment.round
);
comment on table enrolment.proposal is 'What a carer proposes for a child''s sheet, as the form''s fields; ready once the carer has passed it on, closed once a guardian has answered. Staff never reads it';
create index on enrolment.proposal (school_id, pupil_id) where ready and closed_at is null;
call enrolment.seal('enrolment.proposal', 'false');
