-- R115: whoever came in the middle of a month may pay for the days from then on, where the tariff says so.
create or replace view roster.pub_pupil_ever with (security_invoker = true) as
select school_id, pupil_id, name, initials, left_on is not null as gone, left_on, class_id, boarding, joined_on from roster.pupil;
