-- Law 8: erasing a child takes the key and the words of its reasons away; the entries that name them stay. An empty key opens nothing. Nothing else of the
-- row may change, and only the school's hat changes it.
create policy erased on custody.reason for update to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF')
    with check (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF' and person_key = '' and sealed = '');
grant update (person_key, sealed) on custody.reason to afterbell_app;
