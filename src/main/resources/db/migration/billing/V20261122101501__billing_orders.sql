-- Payment orders, money that came in, numbered receipts, money that nobody can place yet (R117, issue 4 part 5). An order asks for what a child owes; only a
-- payment answers it. States move along one list, which the table keeps itself: no retry, late notification or second node can take a step that isn't there.

create table billing.pay_order (
    school_id    uuid        not null references schools.school,
    pay_order_id uuid        not null,
    pupil_id     uuid        not null,
    number       text        not null check (number ~ '^[0-9A-Z]{12,32}$'),
    fen          bigint      not null check (fen between 1 and 100000000),
    state        text        not null check (state in ('OPEN', 'PAID', 'EXPIRED', 'REFUND_DUE', 'REFUNDED')),
    opened_at    timestamptz not null,
    opened_by    uuid,
    expires_at   timestamptz not null check (expires_at > opened_at),
    moved_at     timestamptz not null,
    pay_code     text check (length(pay_code) between 4 and 40),
    primary key (school_id, pay_order_id),
    unique (school_id, number),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table billing.pay_order is 'What one child owed at a moment, to be paid once; pay_code is the number by which a fee platform knows it';
create unique index on billing.pay_order (school_id, pupil_id) where state = 'OPEN';
create index on billing.pay_order (school_id, pupil_id);
create index on billing.pay_order (school_id, state, expires_at);
create unique index on billing.pay_order (school_id, pay_code);
call shared.guard_child_read('billing.pay_order');

create function billing.pay_order_moves() returns trigger language plpgsql as
$$
begin
    if new.school_id <> old.school_id or new.pay_order_id <> old.pay_order_id or new.pupil_id <> old.pupil_id or new.number <> old.number or new.fen <> old.fen then
        raise exception 'a payment order keeps its child, number and amount' using errcode = 'check_violation';
    end if;
    if new.state <> old.state and (old.state || '>' || new.state) <> all (array['OPEN>PAID', 'OPEN>EXPIRED', 'EXPIRED>PAID', 'PAID>REFUND_DUE', 'REFUND_DUE>PAID', 'REFUND_DUE>REFUNDED', 'REFUNDED>REFUND_DUE']) then
        raise exception 'a payment order does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end
$$;
comment on function billing.pay_order_moves is 'The closed list of steps that a payment order may take';
create trigger moves before update on billing.pay_order for each row execute function billing.pay_order_moves();

create table billing.payment (
    school_id    uuid        not null references schools.school,
    payment_id   uuid        not null,
    pupil_id     uuid        not null,
    pay_order_id uuid,
    way          text        not null check (way in ('CASH', 'CARD', 'BANK', 'PLATFORM', 'WECHAT', 'ALIPAY')),
    reference    text        not null check (length(reference) between 1 and 64),
    fen          bigint      not null check (fen between 1 and 100000000),
    returned_fen bigint      not null default 0 check (returned_fen between 0 and fen),
    paid_at      timestamptz not null,
    day          date        not null,
    taken_at     timestamptz not null,
    taken_by     uuid,
    e_receipt    text check (length(e_receipt) between 1 and 64),
    primary key (school_id, payment_id),
    unique (school_id, way, reference),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, pay_order_id) references billing.pay_order
);
comment on table billing.payment is 'Money that came in for one child, once per way and reference; returned_fen counts what was ordered back and can never pass what was paid';
create index on billing.payment (school_id, pupil_id);
create index on billing.payment (school_id, pay_order_id);
create index on billing.payment (school_id, day);
call shared.guard_child_read('billing.payment');

-- Numbers of a year come from one counter that is raised in the transaction of the act: an act that fails gives its number back, so none is missing.
create table billing.receipt_book (
    school_id uuid not null references schools.school,
    year      int  not null check (year between 2020 and 2200),
    last      int  not null check (last >= 0),
    primary key (school_id, year)
);
comment on table billing.receipt_book is 'The last receipt number of a year';
call shared.guard_staff('billing.receipt_book');

create table billing.receipt (
    school_id  uuid        not null references schools.school,
    year       int         not null,
    number     int         not null check (number > 0),
    kind       text        not null check (kind in ('PAID', 'RETURNED')),
    pupil_id   uuid        not null,
    fen        bigint      not null check (fen > 0),
    way        text        not null,
    payment_id uuid,
    made_at    timestamptz not null,
    made_by    uuid,
    primary key (school_id, year, number),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, payment_id) references billing.payment
);
comment on table billing.receipt is 'A numbered receipt of the school''s counter, for money taken or handed back; never changed';
create index on billing.receipt (school_id, pupil_id);
create index on billing.receipt (school_id, payment_id);
call shared.guard_child_read('billing.receipt');
call shared.append_only('billing.receipt');

create table billing.suspense (
    school_id    uuid        not null references schools.school,
    suspense_id  uuid        not null,
    way          text        not null check (way in ('BANK', 'PLATFORM', 'WECHAT', 'ALIPAY')),
    reference    text        not null check (length(reference) between 1 and 64),
    fen          bigint      not null check (fen between 1 and 100000000),
    why          text        not null check (why in ('UNKNOWN', 'OTHER_AMOUNT', 'PAID_ALREADY')),
    order_number text        not null check (length(order_number) <= 64),
    pupil_id     uuid,
    paid_at      timestamptz not null,
    day          date        not null,
    state        text        not null check (state in ('OPEN', 'PLACED')),
    placed_at    timestamptz,
    placed_by    uuid,
    primary key (school_id, suspense_id),
    unique (school_id, way, reference),
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((state = 'PLACED') = (placed_at is not null and placed_by is not null and pupil_id is not null) or state = 'OPEN' and placed_at is null)
);
comment on table billing.suspense is 'Money that came in and fits no order: a work list; placing it gives it to one child, from where it can be paid back';
create index on billing.suspense (school_id, pupil_id);
create index on billing.suspense (school_id, state);
call shared.guard_staff('billing.suspense');

-- How families of a school may pay, and what they read about it.
create table billing.pay_way (
    school_id  uuid    not null references schools.school,
    way        text    not null check (way in ('CASH', 'CARD', 'BANK', 'PLATFORM', 'WECHAT', 'ALIPAY')),
    is_on      boolean not null,
    how        text    not null check (length(how) <= 500),
    primary key (school_id, way)
);
comment on table billing.pay_way is 'The ways to pay that a school has switched on, with its own words: counter hours, bank account, name of the platform';
call shared.guard_school('billing.pay_way');

create view billing.pub_pay_order with (security_invoker = true) as
select school_id, pay_order_id, pupil_id, number, fen, state, opened_at, expires_at, moved_at, pay_code from billing.pay_order;
create view billing.pub_payment with (security_invoker = true) as
select school_id, payment_id, pupil_id, pay_order_id, way, reference, fen, returned_fen, paid_at, day from billing.payment;
create view billing.pub_suspense with (security_invoker = true) as
select school_id, suspense_id, way, reference, fen, why, day, state from billing.suspense;
grant select on billing.pub_pay_order, billing.pub_payment, billing.pub_suspense to afterbell_app;
