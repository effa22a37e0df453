-- The picture of an offering belongs to the same school, held by PostgreSQL.
call shared.refer('programme.offering', 'picture_id', 'shared.file');
create index on programme.offering (school_id, picture_id);
