-- R120: what the school publishes of its money, frozen as it was drawn from the ledger. A mistake is put right by a new version; the old one stays readable.
create table billing.publication (
    school_id      uuid        not null references schools.school,
    publication_id uuid        not null,
    kind           text        not null check (kind in ('term', 'month')),
    from_day       date        not null,
    until_day      date        not null check (until_day >= from_day),
    version        int         not null check (version >= 1),
    reason         text        check (reason in ('booked_later', 'mistake', 'asked_for')),
    body           text        not null check (length(body) between 2 and 100000),
    hash           text        not null check (hash ~ '^[0-9a-f]{64}$'),
    published_by   uuid,
    published_at   timestamptz not null,
    primary key (school_id, publication_id),
    unique (school_id, kind, from_day, version),
    check ((version = 1) = (reason is null))
);
comment on table billing.publication is 'Published sheets: body is the sheet itself, hash its SHA-256; sums over at least so many people as the rules ask, no names';
call shared.guard_open('billing.publication');
call shared.append_only('billing.publication');
