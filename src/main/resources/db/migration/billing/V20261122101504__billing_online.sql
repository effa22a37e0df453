-- Payment by phone (issue 4 part 5): a school's own merchant settings, sealed; what was asked of a channel; and what channels tell, written down once before it
-- is worked on, so that an answer is given at once and nothing told is lost or taken twice.
create table billing.merchant (
    school_id  uuid        not null references schools.school,
    channel    text        not null check (channel in ('WECHAT', 'ALIPAY')),
    row_key    bytea       not null,
    sealed     bytea       not null,
    token_hash bytea       not null unique,
    is_on      boolean     not null,
    changed_at timestamptz not null,
    changed_by uuid        not null,
    primary key (school_id, channel)
);
comment on table billing.merchant is 'A school''s contract with a channel: numbers, keys and the secret of its address for notifications, all sealed; off until a person turns it on';
call shared.guard_staff('billing.merchant');

create function billing.door_merchant(hash bytea, channel_ text) returns table (school_id uuid, row_key bytea, sealed bytea)
    language sql stable security definer set search_path = pg_catalog as
$$ select m.school_id, m.row_key, m.sealed from billing.merchant m where m.token_hash = hash and m.channel = channel_ $$;
comment on function billing.door_merchant is 'The school behind the secret address of its notifications, with its sealed keys, by which the notification is then verified; also while it is off, because money may still come';
create policy door on billing.merchant for select to afterbell_doors using (true);
grant select on billing.merchant to afterbell_doors;
call shared.run_as('billing.door_merchant(bytea, text)', 'afterbell_doors');

create table billing.attempt (
    school_id    uuid        not null references schools.school,
    attempt_id   uuid        not null,
    pay_order_id uuid        not null,
    pupil_id     uuid        not null,
    channel      text        not null check (channel in ('WECHAT', 'ALIPAY')),
    code         text        check (length(code) between 1 and 500),
    state        text        not null check (state in ('MAKING', 'OPEN', 'PAID', 'CLOSED')),
    made_at      timestamptz not null,
    asked_at     timestamptz not null,
    primary key (school_id, attempt_id),
    unique (school_id, pay_order_id, channel),
    foreign key (school_id, pay_order_id) references billing.pay_order,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table billing.attempt is 'A payment order handed to a channel; MAKING where its answer is not known. asked_at is when the channel was last asked';
create index on billing.attempt (school_id, pupil_id);
create index on billing.attempt (school_id, state, asked_at);
call shared.guard_child_read('billing.attempt');

create table billing.notification (
    school_id       uuid        not null references schools.school,
    notification_id uuid        not null,
    channel         text        not null check (channel in ('WECHAT', 'ALIPAY')),
    reference       text        not null check (length(reference) between 1 and 64),
    order_number    text        not null check (length(order_number) <= 64),
    fen             bigint      not null check (fen between 1 and 100000000),
    paid_at         timestamptz not null,
    received_at     timestamptz not null,
    state           text        not null check (state in ('NEW', 'TAKEN')),
    primary key (school_id, notification_id),
    unique (school_id, channel, reference)
);
comment on table billing.notification is 'What a channel has told and signed, once per transaction; NEW until the books have it';
create index on billing.notification (school_id, received_at) where state = 'NEW';
call shared.guard_staff('billing.notification');
