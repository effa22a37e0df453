-- R26, R54, R142, R144: what a school tells, to whom, by which way, and who has opened it. Texts name no child: the child stands in target (law 8).
create schema messaging;

create table messaging.notice (
    school_id uuid        not null references schools.school,
    notice_id uuid        not null,
    kind      text        not null check (kind ~ '^[a-z]+\.[a-z_]+$'),
    title_zh  text        not null check (length(title_zh) between 1 and 80),
    text_zh   text        not null check (length(text_zh) <= 2000),
    title_en  text        not null check (length(title_en) between 1 and 160),
    text_en   text        not null check (length(text_en) <= 4000),
    link      text        not null default '' check (link = '' or link ~ '^/([^/\\]|$)'),
    audience  text        not null check (audience in ('SCHOOL', 'GRADE', 'CLASS', 'CHILDREN', 'STAFF', 'PEOPLE')),
    grade     int,
    class_id  uuid,
    urgent    boolean     not null default false,
    about     uuid,
    told_at   timestamptz not null,
    told_by   uuid,
    primary key (school_id, notice_id),
    foreign key (school_id, class_id) references roster.class,
    check ((audience = 'GRADE') = (grade is not null) and (audience = 'CLASS') = (class_id is not null))
);
comment on table messaging.notice is 'Something the school tells, in both languages; about is the id of what it is about, for looking it up again';
create index on messaging.notice (school_id, class_id);
create index on messaging.notice (school_id, told_at desc);
create index on messaging.notice (school_id, about) where about is not null;

create table messaging.inbox (
    school_id  uuid not null,
    notice_id  uuid not null,
    account_id uuid not null references identity.account,
    opened_at  timestamptz,
    primary key (school_id, notice_id, account_id),
    foreign key (school_id, notice_id) references messaging.notice
);
comment on table messaging.inbox is 'A notice as one person receives it inside the application';
create index on messaging.inbox (account_id, opened_at);
call shared.guard('messaging.inbox',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then account_id = (select shared.account()) else false end',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then account_id = (select shared.account()) else false end');
-- A family reads what was sent to it, not what was sent to another class.
call shared.guard('messaging.notice',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true
       when ''FAMILY'' then exists (select 1 from messaging.inbox i where i.school_id = notice.school_id and i.notice_id = notice.notice_id and i.account_id = (select shared.account())) else false end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

create table messaging.target (
    school_id uuid not null,
    notice_id uuid not null,
    pupil_id  uuid not null,
    opened_at timestamptz,
    primary key (school_id, notice_id, pupil_id),
    foreign key (school_id, notice_id) references messaging.notice,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table messaging.target is 'A child whose family the notice is for; opened_at once any of its grown-ups opened it';
create index on messaging.target (school_id, pupil_id);
call shared.guard_child('messaging.target');

create table messaging.webhook (
    school_id     uuid        not null references schools.school,
    webhook_id    uuid        not null,
    name          text        not null check (length(name) between 1 and 40),
    address       text        not null check (length(address) <= 500),
    secret_key    bytea       not null,
    secret_sealed bytea       not null,
    made_at       timestamptz not null,
    made_by       uuid        not null,
    stopped_at    timestamptz,
    primary key (school_id, webhook_id)
);
comment on table messaging.webhook is 'Another system that is told of notices by a signed call; gets no names';
call shared.guard_staff('messaging.webhook');

create table messaging.delivery (
    school_id    uuid        not null,
    delivery_id  uuid        not null,
    notice_id    uuid        not null,
    channel      text        not null check (channel in ('MAIL', 'SMS', 'WEBHOOK')),
    account_id   uuid references identity.account,
    webhook_id   uuid,
    state        text        not null default 'WAITING' check (state in ('WAITING', 'SENDING', 'SENT', 'FAILED')),
    attempts     int         not null default 0 check (attempts between 0 and 20),
    next_at      timestamptz not null,
    sent_at      timestamptz,
    fault        text        not null default '' check (fault ~ '^[a-z0-9_]*$'),
    primary key (school_id, delivery_id),
    unique nulls not distinct (school_id, notice_id, channel, account_id, webhook_id),
    foreign key (school_id, notice_id) references messaging.notice,
    foreign key (school_id, webhook_id) references messaging.webhook,
    check ((channel = 'WEBHOOK') = (webhook_id is not null) and (channel = 'WEBHOOK') = (account_id is null))
);
comment on table messaging.delivery is 'The outbox: one message on one way; SENDING until next_at means a node has it in hand. fault is a code, never a text from outside';
create index on messaging.delivery (school_id, next_at) where state in ('WAITING', 'SENDING');
create index on messaging.delivery (school_id, webhook_id);
create index on messaging.delivery (account_id);
call shared.guard_staff('messaging.delivery');

create table messaging.way (
    school_id  uuid    not null references schools.school,
    account_id uuid    not null references identity.account,
    channel    text    not null check (channel in ('MAIL', 'SMS')),
    chosen     boolean not null,
    way_key    bytea,
    sealed     bytea,
    primary key (school_id, account_id, channel),
    check (not chosen or sealed is not null)
);
comment on table messaging.way is 'How a person wants to hear of notices besides the application; the address is sealed under way_key';
create index on messaging.way (account_id);
call shared.guard('messaging.way',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then account_id = (select shared.account()) else false end',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then account_id = (select shared.account()) else false end');

create table messaging.wish_to_tell (
    school_id uuid        not null,
    wish_id   uuid        not null,
    pupil_id  uuid        not null,
    asked_at  timestamptz not null,
    notice    jsonb       not null,
    primary key (school_id, wish_id),
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table messaging.wish_to_tell is 'A notice that an act under a family hat causes; the outbox tells it under the school''s scope, since a family may write to nobody itself';
create index on messaging.wish_to_tell (school_id, pupil_id);
call shared.guard_child('messaging.wish_to_tell');

create table messaging.stand_in (
    school_id  uuid        not null,
    message_id uuid        not null,
    account_id uuid,
    text       text        not null,
    at         timestamptz not null,
    primary key (school_id, message_id)
);
comment on table messaging.stand_in is 'Short messages as the demonstration''s stand-in took them; a real node never writes here';
call shared.guard_staff('messaging.stand_in');

-- Which schools have something to send: one question per second and node instead of one per school.
create function messaging.door_due(at_ timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$
select distinct school_id from messaging.delivery where state in ('WAITING', 'SENDING') and next_at <= at_
union select distinct school_id from messaging.wish_to_tell
$$;
comment on function messaging.door_due is 'Ids of schools with messages due; the outbox then opens each school''s scope';
grant select on messaging.delivery, messaging.wish_to_tell to afterbell_doors;
create policy door on messaging.delivery for select to afterbell_doors using (true);
create policy door on messaging.wish_to_tell for select to afterbell_doors using (true);
call shared.run_as('messaging.door_due(timestamptz)', 'afterbell_doors');

create view messaging.pub_notice with (security_invoker = true) as
select school_id, notice_id, kind, title_zh, title_en, about, told_at from messaging.notice;
grant select on messaging.pub_notice to afterbell_app;
