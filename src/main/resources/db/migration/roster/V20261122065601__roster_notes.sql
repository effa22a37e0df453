-- R90: what a teacher must know of a child (allergy, health, anything else), told by its guardians, and what its class teacher adds. Sealed under a key of its own;
-- lists show that there is a note, the words open by an act that is recorded (law 9).
create table roster.note (
    school_id  uuid        not null references schools.school,
    pupil_id   uuid        not null,
    kind       text        not null check (kind in ('health', 'family', 'teacher')),
    person_key bytea       not null,
    sealed     bytea       not null,
    said_by    uuid        not null,
    said_at    timestamptz not null,
    primary key (school_id, pupil_id, kind),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table roster.note is 'Notes to whoever has a child in hand: health and family from its guardians, teacher from its class teacher. Replaced, never kept twice; deleted with its key';
call shared.guard_child('roster.note');
create view roster.pub_note with (security_invoker = true) as
select school_id, pupil_id, min(said_at) as said_at from roster.note group by school_id, pupil_id;
comment on view roster.pub_note is 'Children of whom there is a note, without its words or kind';
grant select on roster.pub_note to afterbell_app;
