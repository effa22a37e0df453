-- Law 8: erasing a child takes the names of those away who asked for it at the gate; that somebody asked, and when, stays. An empty key opens nothing.
create policy erased on dismissal.stranger for update to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF')
    with check (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'STAFF' and person_key = '' and name_sealed = '');
grant update (person_key, name_sealed) on dismissal.stranger to afterbell_app;
