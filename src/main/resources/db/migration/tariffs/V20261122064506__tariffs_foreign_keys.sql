-- The scan of a price document belongs to the same school, held by PostgreSQL.
call shared.refer('tariffs.document', 'file_id', 'shared.file');
create index on tariffs.document (school_id, file_id);
