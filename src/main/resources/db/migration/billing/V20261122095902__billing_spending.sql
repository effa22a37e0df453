-- R121, R122: what the service's money was spent on, by uses that the region allows, entered by one person and approved by another.
create table billing.spending (
    school_id   uuid        not null references schools.school,
    spending_id uuid        not null,
    term_id     uuid,
    use         text        not null check (use in ('external-staff', 'teaching-aids', 'venue-maintenance', 'equipment-maintenance', 'utilities', 'insurance')),
    fen         bigint      not null check (fen > 0),
    day         date        not null,
    source      text        not null check (source in ('bank', 'cash')),
    payee       text        not null,
    what        text        not null,
    back_of     uuid,
    state       text        not null default 'entered' check (state in ('entered', 'approved', 'refused')),
    entered_by  uuid,
    entered_at  timestamptz not null,
    decided_by  uuid,
    decided_at  timestamptz,
    primary key (school_id, spending_id),
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, back_of) references billing.spending,
    check ((state = 'entered') = (decided_at is null)),
    constraint two_people check (decided_by is null or entered_by is null or decided_by <> entered_by)
);
comment on table billing.spending is 'Money spent for the service; back_of takes an approved one back. payee is a firm or an institution';
create unique index spending_back_once on billing.spending (school_id, back_of) where back_of is not null and state <> 'refused';
create index on billing.spending (school_id, back_of);
create index on billing.spending (school_id, term_id);
create index on billing.spending (school_id, day);
call shared.guard_staff('billing.spending');
drop policy removed on billing.spending;
revoke delete on billing.spending from afterbell_app;

create table billing.spending_voucher (
    school_id   uuid not null,
    spending_id uuid not null,
    file_id     uuid not null,
    picture     boolean not null,
    primary key (school_id, spending_id, file_id),
    foreign key (school_id, spending_id) references billing.spending,
    foreign key (school_id, file_id) references shared.file
);
comment on table billing.spending_voucher is 'Pictures of invoices and receipts behind a spending';
create index on billing.spending_voucher (school_id, file_id);
call shared.guard_staff('billing.spending_voucher');
call shared.append_only('billing.spending_voucher');
