-- Whoever opens a link sees for whom it was made; the name is sealed with the link, since the roster shows it to no family but its own.
alter table documents.link add column person_key bytea not null, add column signer_sealed bytea not null;
comment on column documents.link.signer_sealed is 'Name and relation of the guardian the link was made for, under person_key';
