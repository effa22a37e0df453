-- The county's fee platform or a collecting bank (issue 4 part 5): a list of orders goes out in its layout, a file of results comes back. A file is looked at
-- before anything is booked, and is known by the hash of its bytes: the same one brought twice is the same file.
create table billing.platform_list (
    school_id        uuid        not null references schools.school,
    platform_list_id uuid        not null,
    layout           text        not null check (layout ~ '^[a-z0-9-]{1,40}$'),
    orders           int         not null check (orders > 0),
    fen              bigint      not null check (fen > 0),
    made_at          timestamptz not null,
    made_by          uuid        not null,
    primary key (school_id, platform_list_id)
);
comment on table billing.platform_list is 'A list of payment orders that went out to a fee platform';
create index on billing.platform_list (school_id, made_at);
call shared.guard_staff('billing.platform_list');
call shared.append_only('billing.platform_list');

create table billing.platform_line (
    school_id        uuid not null,
    platform_list_id uuid not null,
    ordinal          int  not null check (ordinal > 0),
    pay_order_id     uuid not null,
    primary key (school_id, platform_list_id, ordinal),
    foreign key (school_id, platform_list_id) references billing.platform_list,
    foreign key (school_id, pay_order_id) references billing.pay_order
);
comment on table billing.platform_line is 'The orders of a list, in its order, so that it can be written again as it went out';
create index on billing.platform_line (school_id, pay_order_id);
call shared.guard_staff('billing.platform_line');
call shared.append_only('billing.platform_line');

create table billing.platform_file (
    school_id        uuid        not null references schools.school,
    platform_file_id uuid        not null,
    layout           text        not null check (layout ~ '^[a-z0-9-]{1,40}$'),
    hash             bytea       not null,
    paid             int         not null check (paid >= 0),
    fen              bigint      not null check (fen >= 0),
    state            text        not null check (state in ('SEEN', 'APPLIED')),
    brought_at       timestamptz not null,
    brought_by       uuid        not null,
    applied_at       timestamptz,
    applied_by       uuid,
    primary key (school_id, platform_file_id),
    unique (school_id, hash),
    check ((state = 'APPLIED') = (applied_at is not null and applied_by is not null))
);
comment on table billing.platform_file is 'A file that came back from a fee platform: looked at, then booked as a whole or not at all';
create index on billing.platform_file (school_id, brought_at);
call shared.guard_staff('billing.platform_file');

create table billing.platform_row (
    school_id        uuid   not null,
    platform_file_id uuid   not null,
    row_number       int    not null check (row_number > 0),
    order_number     text   not null check (length(order_number) <= 64),
    pay_code         text   not null check (length(pay_code) <= 40),
    is_paid          boolean not null,
    fen              bigint not null check (fen between 0 and 100000000),
    day              date   not null,
    serial           text   not null check (length(serial) <= 64),
    e_receipt        text   not null check (length(e_receipt) <= 64),
    primary key (school_id, platform_file_id, row_number),
    foreign key (school_id, platform_file_id) references billing.platform_file
);
comment on table billing.platform_row is 'A row of such a file as it stood there; names were not kept';
call shared.guard_staff('billing.platform_row');
call shared.append_only('billing.platform_row');
