-- R86, P14: what somebody shows who comes for a child: a printed card, or a code on a phone that changes every minute and is good once.
create table dismissal.pass (
    school_id     uuid        not null references schools.school,
    pass_id       uuid        not null,
    pupil_id      uuid        not null,
    adult_id      uuid        not null,
    kind          text        not null check (kind in ('card', 'phone')),
    trace         bytea,
    person_key    bytea       not null,
    secret_sealed bytea       not null,
    made_by       uuid        not null,
    made_at       timestamptz not null,
    revoked_by    uuid,
    revoked_at    timestamptz,
    primary key (school_id, pass_id),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult,
    check ((revoked_by is null) = (revoked_at is null)),
    check ((kind = 'card') = (trace is not null))
);
comment on table dismissal.pass is 'A secret by which somebody of a child''s list is known at the gate. A card is found by the trace of its secret; of a phone the secret makes the codes. Sealed, so that the family can print or show it again';
create index on dismissal.pass (school_id, pupil_id);
create index on dismissal.pass (school_id, adult_id);
create unique index pass_trace on dismissal.pass (school_id, trace);
create unique index pass_one_open on dismissal.pass (school_id, pupil_id, adult_id, kind) where revoked_at is null;
call shared.guard_staff('dismissal.pass');

create table dismissal.code_use (
    school_id uuid        not null,
    pass_id   uuid        not null,
    step      bigint      not null check (step >= 0),
    used_at   timestamptz not null,
    used_by   uuid        not null,
    primary key (school_id, pass_id, step),
    foreign key (school_id, pass_id) references dismissal.pass
);
comment on table dismissal.code_use is 'Codes of a phone that let a child go: each of them, and all before it, is spent';
call shared.guard_staff('dismissal.code_use');
call shared.append_only('dismissal.code_use');
