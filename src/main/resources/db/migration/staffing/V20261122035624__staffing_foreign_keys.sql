-- Who can teach what, and whose papers were seen: people of the same school, held by PostgreSQL.
alter table staffing.talent add foreign key (school_id, staff_id) references roster.staff;
alter table staffing.availability add foreign key (school_id, staff_id) references roster.staff;
alter table staffing.provider_staff add foreign key (school_id, staff_id) references roster.staff;
alter table staffing.vetting add foreign key (school_id, staff_id) references roster.staff;
