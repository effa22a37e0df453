-- R121, laws 3 and 5: one append-only double entry per school, in fen. An entry names its document and balances when its transaction ends, whoever wrote
-- it; a document is posted once. Entries are chained within a second, as the audit's are, so that what is gone or changed is found by ledger verify.
create schema billing;
grant usage on schema billing to afterbell_app, afterbell_doors;

create table billing.entry (
    school_id   uuid        not null references schools.school,
    entry_id    uuid        not null,
    at          timestamptz not null,
    day         date        not null,
    document    text        not null check (document in ('CHARGE', 'ADJUSTMENT', 'PAYMENT', 'SETTLEMENT', 'REFUND', 'SPENDING', 'PAY', 'CORRECTION')),
    document_id uuid        not null,
    memo        text        not null check (memo ~ '^[a-z0-9.-]{1,60}$'),
    by          uuid,
    primary key (school_id, entry_id),
    unique (school_id, document, document_id, memo)
);
comment on table billing.entry is 'One booking with the document behind it; memo tells several bookings of one document apart, by the account of whoever did it (null: the house)';
create index on billing.entry (school_id, day);

create table billing.posting (
    school_id uuid   not null,
    entry_id  uuid   not null,
    ordinal   int    not null check (ordinal between 1 and 1000),
    account   text   not null check (account ~ '^[a-z-]{1,40}$'),
    pupil_id  uuid,
    channel   text   check (channel ~ '^[a-z0-9-]{1,40}$'),
    term_id   uuid,
    fen       bigint not null check (fen <> 0 and fen between -1000000000000 and 1000000000000),
    primary key (school_id, entry_id, ordinal),
    foreign key (school_id, entry_id) references billing.entry,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, term_id) references calendar.term,
    check (pupil_id is not null or account not in ('family', 'refund-due')),
    check (channel is not null or account <> 'in-transit')
);
comment on table billing.posting is 'A line of an entry: debit above zero, credit below; accounts are those of billing/accounts.yaml';
create index on billing.posting (school_id, account, pupil_id) include (fen);
create index on billing.posting (school_id, pupil_id);
create index on billing.posting (school_id, term_id);
call shared.guard_child_read('billing.posting');
call shared.append_only('billing.posting');
-- A family reads the entries that touch its own children.
call shared.guard('billing.entry',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true
        when ''FAMILY'' then exists (select 1 from billing.posting p where p.school_id = entry.school_id and p.entry_id = entry.entry_id and p.pupil_id = any((select shared.children())::uuid[]))
        else false end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');
call shared.append_only('billing.entry');

-- Law 3 in the database itself: asked at the end of the transaction, for the entry and for each line, so that a line slipped in later is seen as well.
create function billing.balanced() returns trigger language plpgsql as
$$
declare
    lines int;
    total numeric;
begin
    select count(*), coalesce(sum(fen), 0) into lines, total from billing.posting p where p.school_id = new.school_id and p.entry_id = new.entry_id;
    if lines < 2 or total <> 0 then
        raise exception 'entry % has % lines and a sum of % fen', new.entry_id, lines, total using errcode = 'check_violation', constraint = 'entry_balances';
    end if;
    return null;
end
$$;
comment on function billing.balanced is 'An entry has two lines at least and a sum of nothing (law 3)';
create constraint trigger entry_balances after insert on billing.entry deferrable initially deferred for each row execute function billing.balanced();
create constraint trigger lines_balance after insert on billing.posting deferrable initially deferred for each row execute function billing.balanced();

create table billing.link (
    school_id uuid        not null references schools.school,
    seq       bigint      not null check (seq >= 1),
    entry_id  uuid        not null,
    sealed_at timestamptz not null,
    previous  bytea       not null,
    hash      bytea       not null,
    primary key (school_id, seq),
    unique (school_id, entry_id),
    foreign key (school_id, entry_id) references billing.entry
);
comment on table billing.link is 'The chain over a school''s entries, one number after the other without a gap';
call shared.guard_staff('billing.link');
call shared.append_only('billing.link');

-- What waits for its number stands apart, written with the entry: the sealer reads no sealed row again, and payments do not queue for a counter.
create table billing.unsealed (
    school_id uuid not null,
    entry_id  uuid not null,
    primary key (school_id, entry_id),
    foreign key (school_id, entry_id) references billing.entry
);
comment on table billing.unsealed is 'Entries that no link of the chain holds yet';
call shared.guard_staff('billing.unsealed');
create function billing.await_seal() returns trigger language plpgsql as
$$
begin
    insert into billing.unsealed (school_id, entry_id) select school_id, entry_id from fresh;
    return null;
end
$$;
comment on function billing.await_seal is 'Each entry waits for its number from its first moment';
create trigger await_seal after insert on billing.entry referencing new table as fresh for each statement execute function billing.await_seal();
create policy door on billing.unsealed for select to afterbell_doors using (true);
grant select on billing.unsealed to afterbell_doors;
create function billing.door_waiting() returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$ select distinct school_id from billing.unsealed $$;
comment on function billing.door_waiting is 'Schools with entries to chain, for the sealer that then opens each school''s scope';
call shared.run_as('billing.door_waiting()', 'afterbell_doors');

-- R113, C7: the tariff that a school puts to use, kept as the text that was put to use: what is charged under it recomputes from this text alone.
create table billing.tariff (
    school_id     uuid        not null references schools.school,
    tariff_id     uuid        not null,
    code          text        not null check (code ~ '^[A-Z0-9][A-Za-z0-9.-]{0,39}$'),
    body          text        not null check (length(body) between 1 and 100000),
    hash          bytea       not null,
    shipped       boolean     not null,
    from_day      date        not null,
    until_day     date        check (until_day >= from_day),
    announced_at  timestamptz not null,
    announced_by  uuid,
    collects_from date        not null,
    dropped_at    timestamptz,
    primary key (school_id, tariff_id)
);
comment on table billing.tariff is 'Tariff files that a school put to use: for which days, since when announced, and the first day on which money may be asked (publicity before collection)';
comment on column billing.tariff.until_day is 'Last day; null where open. A tariff that follows ends the one before';
create index on billing.tariff (school_id, from_day);
call shared.guard_school('billing.tariff');

create table billing.objection (
    school_id    uuid        not null,
    objection_id uuid        not null,
    tariff_id    uuid        not null,
    pupil_id     uuid        not null,
    raised_by    uuid        not null,
    raised_at    timestamptz not null,
    answer       text        check (answer in ('explained', 'changed', 'stands')),
    answered_by  uuid,
    answered_at  timestamptz,
    primary key (school_id, objection_id),
    foreign key (school_id, tariff_id) references billing.tariff,
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((answer is null) = (answered_at is null))
);
comment on table billing.objection is 'A family objects to a price while it is on show; no free text, the school rings back (law 8)';
create unique index objection_open on billing.objection (school_id, tariff_id, pupil_id) where answer is null;
create index on billing.objection (school_id, tariff_id);
create index on billing.objection (school_id, pupil_id);
call shared.guard_child('billing.objection');

-- Law 5: what the rules of the place said when something was charged, as one text for all charges that were made under it.
create table billing.rules (
    school_id uuid        not null references schools.school,
    rules_id  uuid        not null,
    body      text        not null,
    hash      bytea       not null,
    kept_at   timestamptz not null,
    primary key (school_id, rules_id),
    unique (school_id, hash)
);
comment on table billing.rules is 'The rule packs and the school''s own choices under which charges were computed';
call shared.guard_school('billing.rules');
call shared.append_only('billing.rules');

-- R115-R118: a time that is billed at once, usually a month. Its facts are locked by a person; what is corrected afterwards is locked again and becomes an
-- adjustment of the next charge, never a silent change.
create table billing.period (
    school_id uuid    not null references schools.school,
    period_id uuid    not null,
    term_id   uuid    not null,
    tariff_id uuid    not null,
    from_day  date    not null,
    until_day date    not null check (until_day >= from_day),
    workdays  int     not null check (workdays between 0 and 400),
    unrolled  text    not null default 'not_held' check (unrolled in ('not_held', 'as_planned')),
    primary key (school_id, period_id),
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, tariff_id) references billing.tariff,
    constraint periods_do_not_overlap exclude using gist (school_id with =, daterange(from_day, until_day, '[]') with &&)
);
comment on table billing.period is 'A billing time of a term under one tariff; unrolled says what a day without any roll counts as, by a person''s word';
create index on billing.period (school_id, term_id);
create index on billing.period (school_id, tariff_id);
call shared.guard_school('billing.period');

create table billing.locking (
    school_id uuid        not null,
    period_id uuid        not null,
    turn      int         not null check (turn between 0 and 1000),
    at        timestamptz not null,
    by        uuid,
    children  int         not null check (children >= 0),
    primary key (school_id, period_id, turn),
    foreign key (school_id, period_id) references billing.period
);
comment on table billing.locking is 'The facts of a period were locked: turn 0 as planned beforehand (prepaid), later turns as they happened; the highest turn holds';
call shared.guard_school('billing.locking');
call shared.append_only('billing.locking');

create table billing.fact (
    school_id uuid    not null,
    period_id uuid    not null,
    pupil_id  uuid    not null,
    turn      int     not null,
    service   text    not null check (service in ('AFTER_SCHOOL', 'NOON_CARE', 'EVENING_STUDY', 'WEEKEND_CARE', 'HOLIDAY_CARE')),
    units     int     not null check (units between 1 and 20),
    minutes   int     not null check (minutes between 0 and 1440),
    class_id  uuid    not null,
    grade     int     not null check (grade between 0 and 12),
    boarding  boolean not null,
    special   int     not null check (special >= 0),
    days      date[]  not null,
    marks     text    not null check (marks ~ '^[APLMUCW]+$'),
    primary key (school_id, period_id, pupil_id, turn, service, units, minutes),
    foreign key (school_id, period_id, turn) references billing.locking,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, class_id) references roster.class,
    check (cardinality(days) = length(marks))
);
comment on table billing.fact is 'What one child had of a service on which day of a period, days of equal numbers of periods and minutes together. Marks: A attended, P planned (beforehand), L leave, M missed, U the school did not hold it, C closed by an authority, W after withdrawal';
create index on billing.fact (school_id, pupil_id);
create index on billing.fact (school_id, class_id);
create index on billing.fact (school_id, period_id, turn);
call shared.guard_child_read('billing.fact');
call shared.append_only('billing.fact');

-- A person's word about a day that the rolls leave in doubt.
create table billing.ruling (
    school_id uuid        not null,
    period_id uuid        not null,
    pupil_id  uuid        not null,
    day       date        not null,
    mark      text        not null check (mark in ('A', 'L', 'M')),
    said_by   uuid        not null,
    said_at   timestamptz not null,
    primary key (school_id, period_id, pupil_id, day),
    foreign key (school_id, period_id) references billing.period,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table billing.ruling is 'What a doubtful day of a child counts as, said by finance before locking';
create index on billing.ruling (school_id, pupil_id);
call shared.guard_staff('billing.ruling');

create table billing.stop (
    school_id    uuid        not null references schools.school,
    stop_id      uuid        not null,
    pupil_id     uuid        not null,
    term_id      uuid        not null,
    from_day     date        not null,
    reviewed     boolean     not null default false,
    said_by      uuid        not null,
    said_at      timestamptz not null,
    withdrawn_at timestamptz,
    primary key (school_id, stop_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, term_id) references calendar.term
);
comment on table billing.stop is 'The written withdrawal of a child from a day on (R26): later days are not charged, and refunded as the tariff says';
create unique index stop_once on billing.stop (school_id, pupil_id, term_id) where withdrawn_at is null;
create index on billing.stop (school_id, pupil_id);
create index on billing.stop (school_id, term_id);
call shared.guard_child('billing.stop');

-- Laws 3 and 5: each charge with its input. lines is the whole account of the child's term under the tariff up to this charge; fen is what it differs from
-- the charge before, which is what was booked.
create table billing.charge (
    school_id uuid        not null,
    charge_id uuid        not null,
    period_id uuid        not null,
    turn      int         not null,
    pupil_id  uuid        not null,
    term_id   uuid        not null,
    tariff_id uuid        not null,
    rules_id  uuid        not null,
    before_id uuid,
    fen       bigint      not null check (fen between -100000000000 and 100000000000),
    total_fen bigint      not null check (total_fen >= 0),
    facts     text        not null,
    lines     text        not null,
    hash      bytea       not null,
    at        timestamptz not null,
    by        uuid,
    primary key (school_id, charge_id),
    unique (school_id, period_id, turn, pupil_id),
    foreign key (school_id, period_id, turn) references billing.locking,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, term_id) references calendar.term,
    foreign key (school_id, tariff_id) references billing.tariff,
    foreign key (school_id, rules_id) references billing.rules,
    foreign key (school_id, before_id) references billing.charge
);
comment on table billing.charge is 'What a locked period costs a child, with facts, rules and lines from which it recomputes to the same bytes; append-only';
create index on billing.charge (school_id, pupil_id, at);
create index on billing.charge (school_id, term_id);
create index on billing.charge (school_id, tariff_id);
create index on billing.charge (school_id, rules_id);
create index on billing.charge (school_id, before_id);
create unique index charge_follows on billing.charge (school_id, before_id) where before_id is not null;
create unique index charge_begins on billing.charge (school_id, term_id, tariff_id, pupil_id) where before_id is null;
call shared.guard_child_read('billing.charge');
call shared.append_only('billing.charge');

create view billing.pub_entry with (security_invoker = true) as
select e.school_id, e.entry_id, l.seq, e.at, e.day, e.document, e.document_id, e.memo, e.by, l.previous, l.hash
from billing.entry e left join billing.link l on l.school_id = e.school_id and l.entry_id = e.entry_id;
comment on view billing.pub_entry is 'Entries with their number, once sealed';
create view billing.pub_posting with (security_invoker = true) as
select school_id, entry_id, ordinal, account, pupil_id, channel, term_id, fen from billing.posting;
comment on view billing.pub_posting is 'Lines of entries';
create view billing.pub_charge with (security_invoker = true) as
select c.school_id, c.charge_id, c.period_id, c.term_id, c.pupil_id, c.fen, c.at, p.from_day, p.until_day
from billing.charge c join billing.period p using (school_id, period_id);
comment on view billing.pub_charge is 'What was charged, in fen; below zero where an earlier charge was too much';
create view billing.pub_tariff with (security_invoker = true) as
select school_id, tariff_id, code, body, from_day, until_day, collects_from, announced_at from billing.tariff where dropped_at is null;
comment on view billing.pub_tariff is 'Tariffs in use, with the days for which they hold';
create view billing.pub_period with (security_invoker = true) as
select p.school_id, p.period_id, p.term_id, p.tariff_id, p.from_day, p.until_day,
       (select max(l.turn) from billing.locking l where l.school_id = p.school_id and l.period_id = p.period_id) as turn
from billing.period p;
comment on view billing.pub_period is 'Billing times; turn is null before the first locking, 0 where locked beforehand';
grant select on billing.pub_entry, billing.pub_posting, billing.pub_charge, billing.pub_tariff, billing.pub_period to afterbell_app;
