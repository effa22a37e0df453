-- R21, R85: rooms of the afternoon say at which gate a wave leaves.
create view calendar.pub_wave with (security_invoker = true) as select school_id, wave_id, term_id, bands, weekdays, at, gate from calendar.wave;
comment on view calendar.pub_wave is 'When which bands leave together, and where; no weekday means every day';
grant select on calendar.pub_wave to afterbell_app;
