-- C7, R113, R120: what may be charged, by whose authority, from when. Shown only: nothing here collects.
create schema tariffs;
grant usage on schema tariffs to afterbell_app;

create table tariffs.document (
    school_id   uuid not null references schools.school,
    tariff_id   uuid not null,
    title       text not null check (title <> ''),
    authority   text not null check (authority <> ''),
    number      text not null default '',
    refunds     text not null default '',
    notice      text not null default '',
    phone       text not null default '',
    valid_from  date not null,
    valid_until date,
    primary key (school_id, tariff_id),
    check (valid_until is null or valid_until >= valid_from)
);
comment on table tariffs.document is 'A price document with its authority, refund method and complaint phone; a school without one charges nothing (C7)';
call shared.guard_open('tariffs.document');

create table tariffs.line (
    school_id     uuid   not null,
    line_id       uuid   not null,
    tariff_id     uuid   not null,
    ordinal       int    not null check (ordinal >= 1),
    item          text   not null check (item <> ''),
    unit          text   not null check (unit in ('day', 'period', 'session', 'month', 'term')),
    fen           bigint not null check (fen between 0 and 10000000),
    service_class text   not null default 'after-school' check (service_class in ('after-school', 'noon', 'evening', 'weekend', 'holiday')),
    primary key (school_id, line_id),
    unique (school_id, tariff_id, ordinal),
    foreign key (school_id, tariff_id) references tariffs.document on delete cascade
);
comment on table tariffs.line is 'One priced thing of a price document, in fen per unit';
call shared.guard_open('tariffs.line');

create view tariffs.pub_price with (security_invoker = true) as
select d.school_id, d.tariff_id, l.line_id, d.title, d.authority, d.number, d.valid_from, d.valid_until, l.ordinal, l.item, l.unit, l.fen, l.service_class
from tariffs.document d join tariffs.line l using (school_id, tariff_id);
comment on view tariffs.pub_price is 'Every priced thing with its document and dates';
grant select on tariffs.pub_price to afterbell_app;
