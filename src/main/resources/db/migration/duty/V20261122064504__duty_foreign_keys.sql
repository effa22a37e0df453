-- What an afternoon's cancellation names belongs to the same school, held by PostgreSQL.
call shared.refer('duty.drop_session', 'session_id', 'timetable.session');
call shared.refer('duty.drop_session', 'section_id', 'programme.section');
create index on duty.drop_session (school_id, section_id);
