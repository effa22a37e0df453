-- Whether a family that asks is the child's guardian (signs, chooses, pays) or an entrusted carer: the family says it, the class teacher confirms it.
alter table identity.entry_request add column role text not null default 'GUARDIAN' check (role in ('GUARDIAN', 'CARER'));
alter table identity.entry_request alter column role drop default;

-- Whoever asks is seen by name, and by nobody but the school that was asked.
create policy asking on identity.account for select to afterbell_app
    using ((select shared.hat()) = 'STAFF' and exists (select 1 from identity.entry_request r where r.account_id = account.account_id and r.school_id = any((select shared.schools())::uuid[])));
