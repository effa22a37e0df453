-- A letter's own title still has open fields; other rooms read the title as published.
create or replace view documents.pub_letter with (security_invoker = true) as
select l.school_id, l.letter_id, l.term_id, l.kind, e.title, l.grades, l.answer_by
from documents.letter l join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
where l.state = 'PUBLISHED';
