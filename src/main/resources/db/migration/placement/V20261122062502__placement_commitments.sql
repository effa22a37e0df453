-- P1: each commitment of a round stays readable: the one of the close, that of the end of the review, and those after a later change. The last one counts;
-- none is made once the public value stands.
create table placement.commitment (
    school_id    uuid        not null,
    round_id     uuid        not null,
    ordinal      int         not null check (ordinal > 0),
    cause        text        not null check (cause in ('closed', 'reviewed', 'again')),
    input_hash   text        not null,
    public_name  text        not null,
    committed_at timestamptz not null,
    primary key (school_id, round_id, ordinal),
    foreign key (school_id, round_id) references placement.lottery
);
comment on table placement.commitment is 'What a lottery was committed to, and when: hashes of the input before each public value existed';
alter table placement.lottery no force row level security;
insert into placement.commitment (school_id, round_id, ordinal, cause, input_hash, public_name, committed_at)
select school_id, round_id, 1, 'closed', input_hash, public_name, committed_at from placement.lottery;
alter table placement.lottery force row level security;
call shared.guard_staff('placement.commitment');
call shared.append_only('placement.commitment');

create policy seats on placement.commitment for select to afterbell_seats using (school_id = any((select shared.schools())::uuid[]));
grant select on placement.commitment to afterbell_seats;
create function placement.public_commitments(school uuid, run uuid)
    returns table (cause text, input_hash text, public_name text, committed_at timestamptz)
    language sql stable security definer set search_path = pg_catalog as
$$
select c.cause, c.input_hash, c.public_name, c.committed_at
from placement.run r join placement.commitment c on c.school_id = r.school_id and c.round_id = r.round_id
where r.school_id = school and r.run_id = run and r.state = 'published' and school = any (shared.schools())
order by c.ordinal
$$;
comment on function placement.public_commitments is 'What a published draw was committed to, and when; hashes alone';
call shared.run_as('placement.public_commitments(uuid, uuid)', 'afterbell_seats');
