-- The class that a child stands with on a day is one of the same school, held by PostgreSQL.
call shared.refer('custody.standing', 'class_id', 'roster.class');
create index on custody.standing (school_id, class_id);
