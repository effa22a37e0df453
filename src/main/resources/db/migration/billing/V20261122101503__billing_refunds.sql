-- Money back (issue 4 part 6): each refund takes from one payment, whose counter can never pass what was paid; each has a number of its own, by which a channel,
-- a file and the books know it, so nothing goes back twice however often the work is begun anew.
create table billing.refund_batch (
    school_id       uuid        not null references schools.school,
    refund_batch_id uuid        not null,
    cause           text        not null check (cause in ('SETTLED', 'LEFT', 'NOT_DELIVERED', 'PAID_TWICE', 'EXEMPTED', 'OTHER')),
    state           text        not null check (state in ('WAITING', 'APPROVED', 'REFUSED')),
    refunds         int         not null check (refunds > 0),
    fen             bigint      not null check (fen > 0),
    made_at         timestamptz not null,
    made_by         uuid        not null,
    decided_at      timestamptz,
    decided_by      uuid,
    primary key (school_id, refund_batch_id),
    check (decided_by <> made_by),
    check ((state = 'WAITING') = (decided_at is null) or decided_by is null)
);
comment on table billing.refund_batch is 'Refunds ordered in one act; from a bound of the rules on a second person decides, never the one who ordered (decided_by is null where none was needed)';
create index on billing.refund_batch (school_id, made_at);
call shared.guard_staff('billing.refund_batch');

create table billing.refund (
    school_id       uuid        not null references schools.school,
    refund_id       uuid        not null,
    refund_batch_id uuid        not null,
    number          text        not null check (number ~ '^R[0-9A-Z]{12,31}$'),
    pupil_id        uuid        not null,
    payment_id      uuid        not null,
    destination     text        not null check (destination in ('ORIGINAL', 'REVERSAL', 'BANK_LIST', 'COUNTER')),
    fen             bigint      not null check (fen between 1 and 100000000),
    state           text        not null check (state in ('WAITING', 'READY', 'SENDING', 'SENT', 'DONE', 'FAILED', 'REFUSED')),
    ordered_at      timestamptz not null,
    moved_at        timestamptz not null,
    tries           int         not null default 0,
    fault           text        check (fault ~ '^[a-z_]{1,40}$'),
    primary key (school_id, refund_id),
    unique (school_id, number),
    foreign key (school_id, refund_batch_id) references billing.refund_batch,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, payment_id) references billing.payment
);
comment on table billing.refund is 'One amount on its way back out of one payment; SENDING means a channel may have got it, so it is asked again under the same number';
create index on billing.refund (school_id, refund_batch_id);
create index on billing.refund (school_id, pupil_id);
create index on billing.refund (school_id, payment_id);
create index on billing.refund (school_id, state, destination);
call shared.guard_child_read('billing.refund');

create function billing.refund_moves() returns trigger language plpgsql as
$$
begin
    if new.number <> old.number or new.pupil_id <> old.pupil_id or new.payment_id <> old.payment_id or new.fen <> old.fen then
        raise exception 'a refund keeps its number, child, payment and amount' using errcode = 'check_violation';
    end if;
    if new.state <> old.state and (old.state || '>' || new.state) <> all (array[
        'WAITING>READY', 'WAITING>REFUSED', 'READY>SENDING', 'READY>DONE', 'READY>SENT', 'SENDING>SENT', 'SENDING>DONE', 'SENDING>FAILED', 'SENT>DONE', 'SENT>FAILED', 'FAILED>READY', 'FAILED>REFUSED']) then
        raise exception 'a refund does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end
$$;
comment on function billing.refund_moves is 'The closed list of steps that a refund may take; none leads out of DONE';
create trigger moves before update on billing.refund for each row execute function billing.refund_moves();

-- Credit that a family leaves for the next charge: the books need nothing, it stands on its account; this says that it was so decided.
create table billing.carried (
    school_id       uuid        not null references schools.school,
    refund_batch_id uuid        not null,
    pupil_id        uuid        not null,
    fen             bigint      not null check (fen > 0),
    at              timestamptz not null,
    primary key (school_id, refund_batch_id, pupil_id),
    foreign key (school_id, refund_batch_id) references billing.refund_batch,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table billing.carried is 'Credit that is taken off the next charge instead of being paid back';
create index on billing.carried (school_id, pupil_id);
call shared.guard_child_read('billing.carried');
call shared.append_only('billing.carried');

-- Where money goes by bank. Sealed under its own key; erased with the child.
create table billing.payout_account (
    school_id  uuid        not null references schools.school,
    pupil_id   uuid        not null,
    row_key    bytea,
    sealed     bytea,
    tail       text        not null check (length(tail) <= 4),
    said_at    timestamptz not null,
    said_by    uuid        not null,
    primary key (school_id, pupil_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table billing.payout_account is 'A family''s bank account for refunds: holder, bank and number sealed, the last four digits to know it again';
call shared.guard_child('billing.payout_account');

create view billing.pub_refund with (security_invoker = true) as
select r.school_id, r.refund_id, r.refund_batch_id, r.number, r.pupil_id, r.payment_id, r.destination, r.fen, r.state, r.ordered_at, r.moved_at, p.way, b.cause
from billing.refund r join billing.payment p using (school_id, payment_id) join billing.refund_batch b using (school_id, refund_batch_id);
grant select on billing.pub_refund to afterbell_app;
