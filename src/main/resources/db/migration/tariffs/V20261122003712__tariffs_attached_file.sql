-- R120: the authority's document itself, as a file that everybody may read.
alter table tariffs.document add column file_id uuid;
