-- R26: a child that left in the middle of a month still has an account to settle: until which day, and of which class it was.
create or replace view roster.pub_pupil_ever with (security_invoker = true) as
select school_id, pupil_id, name, initials, left_on is not null as gone, left_on, class_id, boarding from roster.pupil;
