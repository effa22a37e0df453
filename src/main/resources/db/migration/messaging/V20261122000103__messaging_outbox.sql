-- R26, R54, R144: messages leave the house. A node takes a delivery in hand (CLAIMED), says so again just before it hands it over (SENDING), and then
-- how it went; whatever a killed node had in SENDING may have arrived, so it is sent once more and marked doubtful. Nothing is lost.
alter table messaging.notice
    add column once text check (length(once) between 1 and 120),
    add column for_group boolean not null default true,
    add column grades int[] not null default '{}',
    drop column grade,
    add check ((audience = 'GRADE') = (cardinality(grades) > 0) and (audience = 'CLASS') = (class_id is not null));
create unique index notice_once on messaging.notice (school_id, once) where once is not null;
comment on column messaging.notice.once is 'What must be told one time only, by whichever node sees it first: kind and id of the cause';
comment on column messaging.notice.for_group is 'May be pasted into a class group: it says the same to every family of the audience';

-- Who comes to an account after the notice went out (a new telephone, the second parent) still reads what concerns the own child.
drop policy seen on messaging.notice;
create policy seen on messaging.notice for select to afterbell_app using (
    school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when 'STAFF' then true
       when 'FAMILY' then exists (select 1 from messaging.inbox i where i.school_id = notice.school_id and i.notice_id = notice.notice_id and i.account_id = (select shared.account()))
         or exists (select 1 from messaging.target t where t.school_id = notice.school_id and t.notice_id = notice.notice_id and notice.for_group and t.pupil_id = any((select shared.children())::uuid[]))
       else false end);

alter table messaging.inbox add column opened_way text check (opened_way in ('APP', 'PAGE', 'MAIL', 'SMS')), add check ((opened_at is null) = (opened_way is null));
comment on column messaging.inbox.opened_way is 'How the person came to it: the list of messages, the page of the thing itself, a mail, a short message';

alter table messaging.delivery
    drop constraint delivery_state_check,
    add constraint delivery_state_check check (state in ('WAITING', 'CLAIMED', 'SENDING', 'SENT', 'FAILED')),
    add column claim uuid,
    add column urgent boolean not null default false,
    add column doubtful boolean not null default false,
    add check ((state = 'SENT') = (sent_at is not null));
comment on table messaging.delivery is 'The outbox: one message on one way. CLAIMED and SENDING hold until next_at for the node that made the claim; fault is a code, never a text from outside';
comment on column messaging.delivery.doubtful is 'A node died while it handed this one over: the person may have got it twice';
drop index messaging.delivery_school_id_next_at_idx;
create index delivery_due on messaging.delivery (school_id, channel, next_at) where state in ('WAITING', 'CLAIMED', 'SENDING');

alter table messaging.way
    add column confirmed_at timestamptz,
    add column lang text not null default 'zh' check (lang in ('zh', 'en')),
    add column confirm_hash bytea,
    add column confirm_until timestamptz,
    add column tries int not null default 0 check (tries between 0 and 20),
    add column stop_hash bytea,
    add column fault text not null default '' check (fault ~ '^[a-z0-9_]*$'),
    add check (confirmed_at is null or sealed is not null);
comment on table messaging.way is 'How a person wants to hear of notices besides the application; the address is sealed under way_key and used only once the person has confirmed it';
create index on messaging.way (confirm_hash) where confirm_hash is not null;
create index on messaging.way (stop_hash) where stop_hash is not null;

-- The stand-in for short messages lives in the memory of a demonstration; nothing of it is stored.
drop table messaging.stand_in;

create or replace function messaging.door_due(at_ timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog as
$$
select distinct school_id from messaging.delivery where state in ('WAITING', 'CLAIMED', 'SENDING') and next_at <= at_
union select distinct school_id from messaging.wish_to_tell
$$;

-- An address is confirmed, and stopped, by whoever holds the secret that was sent to it; no sign-in, since mail is often read on another device.
create function messaging.door_way(hash bytea, at_ timestamptz) returns text
    language sql stable security definer set search_path = pg_catalog as
$$
select case when confirm_hash = hash then 'CONFIRM' else 'STOP' end from messaging.way
where (confirm_hash = hash and confirm_until > at_) or (stop_hash = hash and chosen) limit 1
$$;
comment on function messaging.door_way is 'What the secret of a mail may do: CONFIRM the address, STOP the mails, or nothing';
create function messaging.door_confirm(hash bytea, at_ timestamptz) returns boolean
    language sql security definer set search_path = pg_catalog as
$$
with done as (
    update messaging.way set confirmed_at = at_, chosen = true, confirm_hash = null, confirm_until = null, fault = ''
    where channel = 'MAIL' and confirm_hash = hash and confirm_until > at_ returning 1)
select exists (select 1 from done)
$$;
comment on function messaging.door_confirm is 'Confirms the mail address to which the secret was sent; true where there was one to confirm';
create function messaging.door_stop(hash bytea) returns boolean
    language sql security definer set search_path = pg_catalog as
$$
with done as (update messaging.way set chosen = false where channel = 'MAIL' and stop_hash = hash and chosen returning 1)
select exists (select 1 from done)
$$;
comment on function messaging.door_stop is 'Stops mails to the address to which the secret was sent; true where some were going';
grant select, update on messaging.way to afterbell_doors;
create policy door on messaging.way to afterbell_doors using (true) with check (true);
call shared.run_as('messaging.door_way(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('messaging.door_confirm(bytea, timestamptz)', 'afterbell_doors');
call shared.run_as('messaging.door_stop(bytea)', 'afterbell_doors');
