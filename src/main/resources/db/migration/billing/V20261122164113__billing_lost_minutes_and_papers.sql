-- R117: some documents say how long a day must be. Of a day on which the school let a period fall out, the minutes that were lost are kept beside those that were held.
alter table billing.fact add column lost int not null default 0 check (lost between 0 and 1440);
comment on column billing.fact.lost is 'Minutes of each of the days that the school did not hold, where it held others';
alter table billing.fact drop constraint fact_pkey, add primary key (school_id, period_id, pupil_id, turn, service, units, minutes, lost);

-- R26: a withdrawal that a family brings on paper is entered for it; a late one may be granted after its proof was seen.
alter table billing.stop
    add column entered     boolean not null default false,
    add column reviewed_by uuid,
    add column reviewed_at timestamptz,
    add check ((reviewed_by is null) = (reviewed_at is null)),
    add check (reviewed = (reviewed_by is not null));
comment on column billing.stop.entered is 'Said on paper and entered by said_by for the family';
comment on column billing.stop.reviewed is 'Its proof was seen and it was granted, for tariffs with a deadline of cancellation';
