-- P4, issue 4 part 7: what a channel or the bank says came in, laid beside what the house knows; what differs is a work list until somebody says why.
create table billing.statement_file (
    school_id   uuid        not null references schools.school,
    statement_file_id     uuid        not null,
    layout      text        not null check (layout ~ '^[a-z0-9-]{1,40}$'),
    way         text        not null check (way in ('CARD', 'BANK', 'PLATFORM', 'WECHAT', 'ALIPAY')),
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    from_day    date        not null,
    until_day   date        not null check (until_day >= from_day),
    lines       int         not null check (lines >= 0),
    paid_fen    bigint      not null,
    back_fen    bigint      not null,
    fee_fen     bigint      not null,
    words_key   bytea,
    uploaded_by uuid,
    uploaded_at timestamptz not null,
    primary key (school_id, statement_file_id),
    constraint statement_once unique (school_id, sha256)
);
comment on table billing.statement_file is 'A bill of a channel or a statement of the bank, as uploaded; the same bytes are read once. words_key seals what its rows say about payers';
create index on billing.statement_file (school_id, until_day);
call shared.guard_staff('billing.statement_file');
call shared.append_only('billing.statement_file');

create table billing.statement_row (
    school_id    uuid        not null,
    statement_file_id      uuid        not null,
    ordinal      int         not null,
    kind         text        not null check (kind in ('paid', 'back')),
    at           timestamptz not null,
    reference    text        not null check (length(reference) between 1 and 64),
    order_number text        not null check (length(order_number) <= 64),
    fen          bigint      not null check (fen between 1 and 1000000000000),
    fee_fen      bigint      not null check (fee_fen >= 0),
    words        bytea,
    primary key (school_id, statement_file_id, ordinal),
    foreign key (school_id, statement_file_id) references billing.statement_file
);
comment on table billing.statement_row is 'One row of such a file; words (payer, remark) are sealed under the key of the file';
call shared.guard_staff('billing.statement_row');
call shared.append_only('billing.statement_row');

create table billing.difference (
    school_id     uuid        not null,
    difference_id uuid        not null,
    statement_file_id       uuid        not null,
    ordinal       int,
    payment_id    uuid,
    kind          text        not null check (kind in ('missing_here', 'unknown_payer', 'missing_there', 'amount', 'twice', 'paid_twice', 'fee', 'books', 'back_unknown')),
    here_fen      bigint,
    there_fen     bigint,
    cause         text        check (cause in ('take', 'settle', 'correct', 'reverse', 'fee', 'not_ours', 'asked', 'once', 'later', 'came')),
    closed_by     uuid,
    closed_at     timestamptz,
    primary key (school_id, difference_id),
    foreign key (school_id, statement_file_id) references billing.statement_file,
    foreign key (school_id, payment_id) references billing.payment,
    check ((cause is null) = (closed_at is null))
);
comment on table billing.difference is 'Where orders, ledger and file differ; closed by the cause that somebody gave, which posts what it must';
create index on billing.difference (school_id, statement_file_id);
create index on billing.difference (school_id, payment_id);
create index difference_open on billing.difference (school_id, kind) where closed_at is null;
call shared.guard_staff('billing.difference');
drop policy removed on billing.difference;
revoke delete on billing.difference from afterbell_app;
