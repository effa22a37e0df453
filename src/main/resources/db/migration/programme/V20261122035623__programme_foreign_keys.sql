-- Rows of the plan hang on terms, classes, people and children of the same school, and PostgreSQL holds them there: a plain id would accept another
-- school's. Slots are left out on purpose: all bells of a term are written anew at once (decision 0022).
alter table programme.plan add foreign key (school_id, term_id) references calendar.term;
alter table programme.cell add foreign key (school_id, term_id) references calendar.term;
alter table programme.offering add foreign key (school_id, term_id) references calendar.term;
alter table programme.section add foreign key (school_id, term_id) references calendar.term;
alter table programme.survey add foreign key (school_id, term_id) references calendar.term;
alter table programme.own_class_duty add foreign key (school_id, term_id) references calendar.term;
alter table programme.own_class_duty add foreign key (school_id, class_id) references roster.class;
alter table programme.own_class_duty add foreign key (school_id, staff_id) references roster.staff;
alter table programme.section_teacher add foreign key (school_id, staff_id) references roster.staff;
alter table programme.fixed_member add foreign key (school_id, pupil_id) references roster.pupil;
alter table programme.survey_answer add foreign key (school_id, pupil_id) references roster.pupil;
