-- R87-R103: visitors, passes, patrols, care, hazards, incidents and drills. One append-only record; every list and register is read from it.
create schema safety;

create table safety.words (
    school_id uuid  not null references schools.school,
    words_id  uuid  not null,
    words_key bytea,
    sealed    bytea not null,
    primary key (school_id, words_id)
);
comment on table safety.words is 'What people wrote or who came, sealed under a key of its own (law 8); erasing the key erases the words, the chain stays whole';
call shared.guard_staff('safety.words');

create table safety.event (
    school_id  uuid        not null references schools.school,
    event_id   uuid        not null,
    book       text        not null check (book in ('visit', 'pass', 'patrol', 'care', 'hazard', 'incident')),
    subject_id uuid        not null,
    seq        int         not null check (seq between 1 and 100000),
    kind       text        not null check (kind ~ '^[a-z_]{2,40}$'),
    day        date        not null,
    at         timestamptz not null,
    by_account uuid,
    facts      jsonb       not null,
    words_id   uuid,
    words_hash text check (words_hash ~ '^[0-9a-f]{64}$'),
    file_id    uuid,
    file_hash  text check (file_hash ~ '^[0-9a-f]{64}$'),
    prev       text        not null check (prev = '' or prev ~ '^[0-9a-f]{64}$'),
    hash       text        not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (school_id, event_id),
    unique (school_id, subject_id, seq),
    foreign key (school_id, words_id) references safety.words,
    foreign key (school_id, file_id) references shared.file,
    check ((words_id is null) = (words_hash is null) and (file_id is null) = (file_hash is null)),
    check ((seq = 1) = (prev = ''))
);
comment on table safety.event is 'What happened about one visit, round, hazard or incident, in its own chain of hashes; ids and codes only (law 8)';
create index on safety.event (school_id, book, day);
create index on safety.event (school_id, words_id);
create index on safety.event (school_id, file_id);
call shared.guard_staff('safety.event');
call shared.append_only('safety.event');

create table safety.guidance (
    school_id  uuid        not null references schools.school,
    name       text        not null check (name ~ '^(plan|check)/[a-z-]{2,40}$'),
    version    int         not null check (version between 1 and 10000),
    content    text        not null check (length(content) between 1 and 20000),
    by_account uuid        not null,
    at         timestamptz not null,
    primary key (school_id, name, version)
);
comment on table safety.guidance is 'The school''s own emergency plans and checklists; each change is a new version, the shipped ones are version 0 (R94, R95)';
call shared.guard_staff('safety.guidance');
call shared.append_only('safety.guidance');
