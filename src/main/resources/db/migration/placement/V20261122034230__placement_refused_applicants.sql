-- R33: a teacher of an auditioned section may decline a child, with one reason of a list and only a share of the applicants (club.refusals-max-percent).
-- A declined wish keeps its rank in the family's list and is passed over; the family reads the reason.
alter table placement.mark add column refused text check (refused in ('level', 'safety', 'absent'));
comment on column placement.mark.refused is 'Why the child is declined, or null where it is not; its band says nothing then';
alter table placement.run_file drop constraint run_file_name_check;
alter table placement.run_file add constraint run_file_name_check
    check (name in ('courses.csv', 'pupils.csv', 'prefs.csv', 'bands.csv', 'fixed.csv', 'refused.csv', 'result.csv', 'closed.csv', 'explanations.csv', 'certificate.json', 'families.json'));
alter table placement.explanation drop constraint explanation_reason_check;
alter table placement.explanation add constraint explanation_reason_check
    check (reason in ('not_eligible', 'not_run', 'clash', 'order', 'band', 'sibling', 'continuity', 'lottery', 'exchange', 'refused'));
