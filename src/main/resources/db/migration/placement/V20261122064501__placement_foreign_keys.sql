-- Law 4: what a draw names belongs to the same school, held by PostgreSQL. Seats and their slots are left out on purpose, with their reason
-- (house/catalogue-exceptions.csv): they are the hot path.
call shared.refer('placement.lottery', 'round_id', 'enrolment.round');
call shared.refer('placement.lottery', 'term_id', 'calendar.term');
create index on placement.lottery (school_id, term_id);
call shared.refer('placement.run', 'round_id', 'enrolment.round');
call shared.refer('placement.run', 'term_id', 'calendar.term');
create index on placement.run (school_id, term_id);
call shared.refer('placement.run_closing', 'section_id', 'programme.section');
create index on placement.run_closing (school_id, section_id);
call shared.refer('placement.explanation', 'pupil_id', 'roster.pupil');
call shared.refer('placement.explanation', 'section_id', 'programme.section');
create index on placement.explanation (school_id, section_id);
call shared.refer('placement.mark', 'round_id', 'enrolment.round');
call shared.refer('placement.mark', 'section_id', 'programme.section');
call shared.refer('placement.mark', 'pupil_id', 'roster.pupil');
drop index placement.mark_declined;
create index mark_of_section on placement.mark (school_id, section_id, pupil_id);
call shared.refer('placement.by_hand', 'pupil_id', 'roster.pupil');
create index on placement.by_hand (school_id, pupil_id);
call shared.refer('placement.waiting', 'pupil_id', 'roster.pupil');
call shared.refer('placement.section_seats', 'section_id', 'programme.section');
call shared.refer('placement.section_seats', 'term_id', 'calendar.term');
