-- R48-R55: letters, applications and agreements of a term; who answered them, when, how, and the very text that was signed.
create schema documents;

create table documents.letter (
    school_id      uuid        not null,
    letter_id      uuid        not null,
    term_id        uuid        not null,
    kind           text        not null check (kind in ('LETTER', 'APPLICATION', 'SAFETY', 'SERVICE', 'PICKUP')),
    title          text        not null check (length(title) between 1 and 60),
    body           text        not null check (length(body) <= 20000),
    state          text        not null default 'DRAFT' check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    grades         int[]       not null default '{}',
    answer_by      timestamptz,
    edition        int         not null default 0 check (edition >= 0),
    counts_from    int         not null default 1 check (counts_from >= 1),
    version        int         not null default 0,
    changed_at     timestamptz not null,
    changed_by     uuid,
    primary key (school_id, letter_id),
    foreign key (school_id, term_id) references calendar.term,
    check ((state = 'DRAFT') = (edition = 0))
);
comment on table documents.letter is 'A document that families read and answer; body is the office''s source with fields, grades empty = all; answers to editions before counts_from count no more';
create index on documents.letter (school_id, term_id);
call shared.guard('documents.letter',
    'school_id = any((select shared.schools())::uuid[]) and case (select shared.hat()) when ''STAFF'' then true when ''FAMILY'' then state <> ''DRAFT'' else false end',
    'school_id = any((select shared.schools())::uuid[]) and (select shared.hat()) = ''STAFF''');

create table documents.edition (
    school_id    uuid        not null,
    letter_id    uuid        not null,
    edition      int         not null check (edition >= 1),
    title        text        not null,
    text         text        not null,
    published_at timestamptz not null,
    published_by uuid,
    primary key (school_id, letter_id, edition),
    foreign key (school_id, letter_id) references documents.letter
);
comment on table documents.edition is 'The text as published, with the school''s fields filled and the child''s still open; never changed';
call shared.guard_school('documents.edition');
call shared.append_only('documents.edition');

create table documents.link (
    school_id  uuid        not null,
    link_id    uuid        not null,
    letter_id  uuid        not null,
    pupil_id   uuid        not null,
    adult_id   uuid        not null,
    token_hash bytea       not null unique,
    made_by    uuid        not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    revoked_at timestamptz,
    primary key (school_id, link_id),
    foreign key (school_id, letter_id) references documents.letter,
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult
);
comment on table documents.link is 'A guardian far away signs through it, once; known by the SHA-256 of its secret';
create index on documents.link (school_id, letter_id, pupil_id);
create index on documents.link (school_id, pupil_id);
create index on documents.link (school_id, adult_id);
call shared.guard_child('documents.link');

create table documents.signature (
    school_id      uuid        not null,
    signature_id   uuid        not null,
    letter_id      uuid        not null,
    edition        int         not null,
    pupil_id       uuid        not null,
    answer         text        not null check (answer in ('YES', 'NO')),
    standing       text        not null check (standing in ('GUARDIAN', 'PROPOSED')),
    means          text        not null check (means in ('DRAWN', 'TYPED', 'PAPER')),
    proof          text        not null check (proof in ('SESSION', 'SECOND_FACTOR', 'CODE', 'LINK', 'PAPER')),
    account_id     uuid,
    adult_id       uuid,
    entered_by     uuid,
    link_id        uuid,
    paper_file     uuid,
    device         text        not null default '' check (length(device) <= 60),
    signed_at      timestamptz not null,
    text_hash      bytea       not null check (length(text_hash) = 32),
    signer_sealed  bytea       not null,
    text_sealed    bytea       not null,
    drawing_sealed bytea,
    reason_sealed  bytea,
    seal           bytea       not null check (length(seal) = 32),
    primary key (school_id, signature_id),
    foreign key (school_id, letter_id, edition) references documents.edition (school_id, letter_id, edition),
    foreign key (school_id, pupil_id) references roster.pupil,
    foreign key (school_id, adult_id) references roster.adult,
    foreign key (school_id, link_id) references documents.link,
    foreign key (school_id, paper_file) references shared.file,
    check ((means = 'PAPER') = (proof = 'PAPER') and (means = 'PAPER') = (entered_by is not null)),
    check ((means = 'DRAWN') = (drawing_sealed is not null))
);
comment on table documents.signature is 'One answer to a document: who, how, when, and the text as signed; the latest of a guardian counts. PROPOSED: a carer''s, which asks for a guardian''s. seal: HMAC over all of it';
create index on documents.signature (school_id, letter_id, pupil_id, signature_id desc);
create index on documents.signature (school_id, letter_id, edition);
create index on documents.signature (school_id, pupil_id);
create index on documents.signature (school_id, adult_id);
create index on documents.signature (school_id, link_id);
create index on documents.signature (school_id, paper_file);
call shared.guard_child('documents.signature');
call shared.append_only('documents.signature');

create table documents.signature_key (
    school_id    uuid  not null,
    signature_id uuid  not null,
    pupil_id     uuid  not null,
    person_key   bytea not null,
    primary key (school_id, signature_id),
    foreign key (school_id, signature_id) references documents.signature,
    foreign key (school_id, pupil_id) references roster.pupil
);
comment on table documents.signature_key is 'The key under which a signature''s text, signer, drawing and reason are sealed; erasing it erases them, and the row of the signature stays (law 8)';
create index on documents.signature_key (school_id, pupil_id);
call shared.guard_child('documents.signature_key');

-- What holds: the latest answer of a guardian (also on paper) that counts still.
create view documents.answer with (security_invoker = true) as
select distinct on (s.school_id, s.letter_id, s.pupil_id)
       s.school_id, s.letter_id, s.pupil_id, s.signature_id, s.answer, s.means, s.proof, s.edition, s.signed_at, s.entered_by
from documents.signature s join documents.letter l on l.school_id = s.school_id and l.letter_id = s.letter_id
where s.standing = 'GUARDIAN' and s.edition >= l.counts_from
order by s.school_id, s.letter_id, s.pupil_id, s.signature_id desc;

-- For other rooms: that a family has answered, never what (C1, P2). Who needs the answer itself asks Documents.
create view documents.pub_answered with (security_invoker = true) as
select a.school_id, l.term_id, l.kind, a.letter_id, a.pupil_id, a.signed_at
from documents.answer a join documents.letter l on l.school_id = a.school_id and l.letter_id = a.letter_id where l.state = 'PUBLISHED';
create view documents.pub_letter with (security_invoker = true) as
select school_id, letter_id, term_id, kind, title, grades, answer_by from documents.letter where state = 'PUBLISHED';
grant select on documents.answer, documents.pub_answered, documents.pub_letter to afterbell_app;

-- Turns the secret of a link into the one child and document it is for.
create function documents.door_link(hash bytea, at_ timestamptz)
    returns table (school_id uuid, link_id uuid, letter_id uuid, pupil_id uuid, adult_id uuid)
    language sql stable security definer set search_path = pg_catalog as
$$
select k.school_id, k.link_id, k.letter_id, k.pupil_id, k.adult_id from documents.link k
where k.token_hash = hash and k.used_at is null and k.revoked_at is null and k.expires_at > at_
$$;
comment on function documents.door_link is 'The child and document behind a link that is still good; nothing otherwise';
create policy door on documents.link for select to afterbell_doors using (true);
grant select on documents.link to afterbell_doors;
call shared.run_as('documents.door_link(bytea, timestamptz)', 'afterbell_doors');
