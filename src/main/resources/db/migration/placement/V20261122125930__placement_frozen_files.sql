-- P1: what a commitment was taken of is kept beside its hash. The proof of a draw then stands by itself, and who left or which section was changed after the
-- reveal is said apart from it.
create table placement.frozen_file (
    school_id uuid  not null,
    round_id  uuid  not null,
    ordinal   int   not null,
    name      text  not null check (name in ('courses.csv', 'pupils.csv', 'prefs.csv', 'bands.csv', 'fixed.csv')),
    content   bytea not null,
    primary key (school_id, round_id, ordinal, name),
    foreign key (school_id, round_id, ordinal) references placement.commitment
);
comment on table placement.frozen_file is 'The input that a commitment was taken of, as the files whose hash it names; pupils by id alone';
call shared.guard_staff('placement.frozen_file');
call shared.append_only('placement.frozen_file');
