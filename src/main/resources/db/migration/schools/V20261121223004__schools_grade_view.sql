-- Grades and their bands, for the rooms that arrange by them.
create view schools.pub_grade with (security_invoker = true) as select school_id, grade, name, band from schools.grade;
comment on view schools.pub_grade is 'Grades of a school and the band each belongs to';
grant select on schools.pub_grade to afterbell_app;
