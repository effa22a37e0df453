-- Issue 4 parts 6 and 7. A refund stands on one list for bank or platform, taken at listed_at; a list that is taken again is that list, never a longer one. What
-- the bank's file says went out is laid beside the refunds that were listed: each row of a bank pays a refund once (refund_seen), in the turn in which it was sent.
alter table billing.refund add column listed_at timestamptz;
alter table billing.refund add column turn int not null default 0 check (turn between 0 and 99);
comment on column billing.refund.listed_at is 'When it was put on a list for bank or platform; refunds of one list have one moment';
comment on column billing.refund.turn is 'How often it was sent another way, or once more, after it had failed';

create or replace function billing.refund_moves() returns trigger language plpgsql as
$$
begin
    if new.number <> old.number or new.pupil_id <> old.pupil_id or new.payment_id <> old.payment_id or new.fen <> old.fen then
        raise exception 'a refund keeps its number, child, payment and amount' using errcode = 'check_violation';
    end if;
    if new.state <> old.state and (old.state || '>' || new.state) <> all (array[
        'WAITING>READY', 'WAITING>REFUSED', 'READY>SENDING', 'READY>DONE', 'READY>SENT', 'SENDING>SENT', 'SENDING>DONE', 'SENDING>FAILED', 'SENT>DONE', 'SENT>FAILED', 'FAILED>READY', 'FAILED>REFUSED'])
       and not (old.state = 'DONE' and new.state = 'FAILED' and old.destination = 'BANK_LIST') then
        raise exception 'a refund does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end
$$;
comment on function billing.refund_moves is 'The closed list of steps that a refund may take; out of DONE leads only that the bank never paid';

create table billing.refund_seen (
    school_id         uuid   not null,
    refund_id         uuid   not null,
    turn              int    not null,
    statement_file_id uuid   not null,
    ordinal           int    not null,
    fen               bigint not null check (fen > 0),
    primary key (school_id, refund_id, turn),
    foreign key (school_id, refund_id) references billing.refund,
    foreign key (school_id, statement_file_id, ordinal) references billing.statement_row
);
comment on table billing.refund_seen is 'The row of a bank''s file that paid a refund; a row that pays a whole list stands for each refund of it';
create index on billing.refund_seen (school_id, statement_file_id, ordinal);
call shared.guard_staff('billing.refund_seen');
call shared.append_only('billing.refund_seen');

alter table billing.difference add column refund_id uuid;
alter table billing.difference add foreign key (school_id, refund_id) references billing.refund;
create index on billing.difference (school_id, refund_id);
alter table billing.difference drop constraint difference_kind_check;
alter table billing.difference add constraint difference_kind_check check (
    kind in ('missing_here', 'unknown_payer', 'missing_there', 'amount', 'twice', 'paid_twice', 'fee', 'books', 'back_unknown', 'back_paid', 'back_missing', 'back_amount', 'back_twice'));
alter table billing.difference drop constraint difference_cause_check;
alter table billing.difference add constraint difference_cause_check check (
    cause in ('take', 'settle', 'correct', 'reverse', 'fee', 'not_ours', 'asked', 'once', 'later', 'came', 'done', 'bounced'));

-- A row is asked for by its number, in whatever file of whatever day it was told before.
create index on billing.statement_row (school_id, reference);

-- A terminal's list may name money that no slip at the desk tells of.
alter table billing.suspense drop constraint suspense_way_check;
alter table billing.suspense add constraint suspense_way_check check (way in ('CARD', 'BANK', 'PLATFORM', 'WECHAT', 'ALIPAY'));
