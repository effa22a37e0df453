-- Law 8 and P13: who did what, why, and who looked; ids only. Rows are inserted unchained with the act; a sealer chains them per school.
create schema audit;
grant usage on schema audit to afterbell_app;
create table audit.entry (
    school_id  uuid        not null,
    entry_id   uuid        not null,
    at         timestamptz not null,
    account_id uuid        not null,
    hat        text        not null,
    action     text        not null,
    subject    text        not null,
    subject_id uuid,
    facts      jsonb       not null default '{}',
    primary key (school_id, entry_id)
);
comment on table audit.entry is 'Append-only record of acts and looks; facts carry ids, codes and numbers, never names or free text';
call shared.guard('audit.entry', 'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''',
    'case (select shared.hat()) when ''STAFF'' then school_id = any((select shared.schools())::uuid[]) when ''FAMILY'' then school_id = any((select shared.schools())::uuid[]) else school_id = ''00000000-0000-0000-0000-000000000000'' end');
call shared.append_only('audit.entry');

create table audit.seal (
    school_id  uuid        not null,
    number     bigint      not null check (number >= 1),
    sealed_at  timestamptz not null,
    first_id   uuid        not null,
    last_id    uuid        not null,
    entries    int         not null,
    previous   bytea       not null,
    hash       bytea       not null,
    primary key (school_id, number)
);
comment on table audit.seal is 'A link of the hash chain over a run of entries of one school';
call shared.guard_staff('audit.seal');
call shared.append_only('audit.seal');
create table audit.sealed (
    school_id uuid not null,
    entry_id  uuid not null,
    number    bigint not null,
    position  int not null,
    primary key (school_id, entry_id),
    foreign key (school_id, number) references audit.seal,
    foreign key (school_id, entry_id) references audit.entry
);
comment on table audit.sealed is 'Which link of the chain holds an entry, and at which place';
create index on audit.sealed (school_id, number);
call shared.guard_staff('audit.sealed');
call shared.append_only('audit.sealed');
