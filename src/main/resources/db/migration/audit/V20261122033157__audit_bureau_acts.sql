-- P13: what a bureau does (rule packs, holidays, opening a school) is recorded and chained like a school's acts, in the one chain that belongs to no school.
-- A bureau reads its own acts there; entries of a school stay the school's.
create policy own_acts on audit.entry for select to afterbell_app
    using (case (select shared.hat()) when 'BUREAU'
        then school_id = '00000000-0000-0000-0000-000000000000' and facts ->> 'bureau' = (select shared.bureau())::text else false end);
