-- Law 2, PERFORMANCE: a class saved in one command. Nodes remember plans and chains that they read last; this number and the number of entries, both read under the
-- row's lock, say whether what a node remembers is what stands here.
alter table custody.standing add column planned int not null default 0 check (planned >= 0);
comment on column custody.standing.planned is 'How often the plan of the day was looked up again and found changed';
