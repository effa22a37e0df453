-- A session is one of a section or of a class of the same school, held by PostgreSQL.
call shared.refer('timetable.session', 'section_id', 'programme.section');
call shared.refer('timetable.session', 'class_id', 'roster.class');
