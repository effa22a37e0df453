-- Law 8, R143 and the provisions on children's personal information online (articles 19, 20): a child's data is erased when the purpose is over. The keys go,
-- names and numbers go; ids stay, so that draws, registers, ledgers and the record of acts stay whole.
alter table roster.pupil add column erased_at timestamptz;
comment on column roster.pupil.erased_at is 'From when on the row tells nobody any more: name, birthday, numbers and their key are gone';

create table roster.erasure (
    school_id  uuid        not null references schools.school,
    erasure_id uuid        not null,
    pupil_id   uuid        not null,
    ground     text        not null check (ground in ('family', 'over', 'mistake')),
    asked_at   timestamptz not null,
    asked_by   uuid        not null,
    decided_at timestamptz,
    decided_by uuid,
    done       boolean,
    primary key (school_id, erasure_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (done is null)),
    check (not done or decided_by <> asked_by)
);
comment on table roster.erasure is 'That somebody asked to erase what the school knows of a child, and who carried it out or took it back; never the person who asked';
create unique index erasure_asked_once on roster.erasure (school_id, pupil_id) where decided_at is null;
create index on roster.erasure (school_id, pupil_id);
call shared.guard_child('roster.erasure');
