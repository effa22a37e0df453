-- R87: a child that is opened again after the school was cleared ends that clearing; once it is accounted for the school is cleared again, and both stand in the register.
alter table dismissal.clearing add column round int not null default 1 check (round >= 1);
alter table dismissal.clearing drop constraint clearing_pkey;
alter table dismissal.clearing add primary key (school_id, day, round);
comment on column dismissal.clearing.round is 'The first, second, ... clearing of the day; two who clear at one moment write one';
create or replace view dismissal.pub_clearing with (security_invoker = true) as
select distinct on (school_id, day) school_id, day, cleared_at, cleared_by, children from dismissal.clearing order by school_id, day, round desc;
comment on view dismissal.pub_clearing is 'When a school was last cleared on a day, by whom, and how many children the proof covers';
