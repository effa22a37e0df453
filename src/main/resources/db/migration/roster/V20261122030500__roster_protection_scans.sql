-- The paper itself beside what the office copied from it: photographs or PDFs, sealed as files of staff, opened one by one with a purpose (law 8, 9).
create table roster.protection_scan (
    school_id     uuid        not null references schools.school,
    protection_id uuid        not null,
    file_id       uuid        not null,
    put_at        timestamptz not null,
    put_by        uuid        not null,
    primary key (school_id, protection_id, file_id),
    foreign key (school_id, protection_id) references roster.protection,
    foreign key (school_id, file_id) references shared.file
);
comment on table roster.protection_scan is 'A page of a court document or another paper that keeps somebody from a child; the file is sealed, the office alone opens it, each time with a purpose';
create index on roster.protection_scan (school_id, file_id);
call shared.guard_staff('roster.protection_scan');
