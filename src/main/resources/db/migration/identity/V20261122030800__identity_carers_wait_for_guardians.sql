-- Who comes by the class code to help with a child has no slip: the class teacher says which child it is, a guardian of that child says yes.
-- A child's first grown-up is so a guardian, or nobody.
alter table identity.kin_request alter column slip_id drop not null;
create unique index kin_request_asked_once on identity.kin_request (school_id, pupil_id, account_id) where state = 'asked' and slip_id is null;
comment on table identity.kin_request is 'Somebody opened a guardian''s invitation, or helps with a child and came by the class code (no slip), and waits: a second guardian for the class teacher''s tap, a carer or collector for the guardian''s';
