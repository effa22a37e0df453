-- Law 8: a family reads in its copy what the school keeps of its child's way home. It writes none of it: what it decides is carried out under the school's scope.
create policy family on dismissal.rider for select to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when 'FAMILY' then pupil_id = any((select shared.children())::uuid[]) else false end);
create policy family on dismissal.keeper for select to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = 'FAMILY');
create policy family on dismissal.pass for select to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when 'FAMILY' then pupil_id = any((select shared.children())::uuid[]) else false end);
create policy family on dismissal.late_call for select to afterbell_app
    using (school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when 'FAMILY' then pupil_id = any((select shared.children())::uuid[]) else false end);
