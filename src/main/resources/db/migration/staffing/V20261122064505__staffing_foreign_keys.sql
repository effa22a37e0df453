-- The scan of a check belongs to the same school, held by PostgreSQL.
call shared.refer('staffing.vetting', 'file_id', 'shared.file');
create index on staffing.vetting (school_id, file_id);
