-- R23 (plan 002.5): times change with the season. A slot keeps its id under all its times, because the plan's cells and sections point at it.
alter table calendar.slot drop constraint slot_pkey;
alter table calendar.slot alter column valid_from set default '-infinity';
update calendar.slot set valid_from = '-infinity' where valid_from is null;
alter table calendar.slot alter column valid_from set not null;
alter table calendar.slot add primary key (school_id, slot_id, valid_from);
comment on column calendar.slot.slot_id is 'Made of term, band, weekday and code: the same however often the bells are written anew';
