-- Law 10: a changed number, ceiling, deadline or ban is a new dated pack, never a new release. Packs that ship or lie in the data folder are files;
-- these are the ones that bureaus uploaded, and what each school chose for itself.
create schema rules;
grant usage on schema rules to afterbell_app;

create table rules.pack (
    pack_id      uuid        primary key,
    bureau_id    uuid        not null references schools.bureau,
    code         text        not null check (code <> ''),
    region       text        not null check (region ~ '^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?$'),
    valid_from   date        not null,
    body         text        not null check (length(body) between 1 and 1000000),
    added_at     timestamptz not null,
    added_by     uuid        not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table rules.pack is 'Rule pack uploaded by a bureau, as text; never changed, only withdrawn, so that an old decision can be explained';
create unique index on rules.pack (code, valid_from) where withdrawn_at is null;
create index on rules.pack (bureau_id);
alter table rules.pack enable row level security;
alter table rules.pack force row level security;
-- Rules are public: every hat reads them. A bureau writes its own.
create policy seen on rules.pack for select to afterbell_app using ((select shared.hat()) is not null);
create policy added on rules.pack for insert to afterbell_app
    with check ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
create policy changed on rules.pack for update to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()))
    with check ((select shared.hat()) = 'BUREAU' and bureau_id = (select shared.bureau()));
grant select, insert on rules.pack to afterbell_app;
grant update (withdrawn_at, withdrawn_by) on rules.pack to afterbell_app;

create table rules.choice (
    school_id uuid        not null references schools.school,
    rule      text        not null check (rule ~ '^[a-z-]+\.[a-z-]+$'),
    value     text        not null check (length(value) <= 4000),
    set_at    timestamptz not null,
    set_by    uuid        not null,
    primary key (school_id, rule)
);
comment on table rules.choice is 'A value that a school set for itself within what its packs allow';
call shared.guard_open('rules.choice');
