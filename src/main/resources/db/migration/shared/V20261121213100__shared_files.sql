-- Files in PostgreSQL (ARCHITECTURE, shared): one backup holds everything, and the same policies guard a picture as guard its row.
create table shared.file (
    school_id uuid        not null,
    file_id   uuid        not null,
    audience  text        not null check (audience in ('PUBLIC', 'SCHOOL', 'CHILD', 'STAFF')),
    pupil_id  uuid,
    kind      text        not null check (kind in ('JPEG', 'PNG', 'WEBP', 'PDF', 'XLSX')),
    bytes     bigint      not null check (bytes >= 0),
    sha256    text        not null,
    file_key  bytea,
    put_by    uuid,
    put_at    timestamptz not null,
    primary key (school_id, file_id),
    check ((audience = 'CHILD') = (pupil_id is not null))
);
comment on table shared.file is 'A file that somebody handed in; file_key (wrapped) seals the pieces of files about a child or of staff, erasing it erases them';
create index on shared.file (school_id, pupil_id) where pupil_id is not null;
call shared.guard('shared.file',
    'school_id = any((select shared.schools())::uuid[]) and case audience when ''PUBLIC'' then true when ''SCHOOL'' then (select shared.hat()) in (''STAFF'', ''FAMILY'')
       when ''CHILD'' then case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then pupil_id = any((select shared.children())::uuid[]) else false end
       else (select shared.hat()) = ''STAFF'' end',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then audience = ''CHILD'' and pupil_id = any((select shared.children())::uuid[]) else false end');

create table shared.file_piece (
    school_id uuid  not null,
    file_id   uuid  not null,
    number    int   not null check (number >= 0),
    content   bytea not null,
    primary key (school_id, file_id, number),
    foreign key (school_id, file_id) references shared.file
);
comment on table shared.file_piece is 'At most 256 KiB of a file; whoever sees the file sees its pieces';
call shared.guard('shared.file_piece',
    'exists (select 1 from shared.file f where f.school_id = file_piece.school_id and f.file_id = file_piece.file_id)',
    'exists (select 1 from shared.file f where f.school_id = file_piece.school_id and f.file_id = file_piece.file_id)');
alter table shared.file_piece alter column content set storage external;
