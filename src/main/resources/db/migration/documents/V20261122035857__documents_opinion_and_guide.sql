-- R48: a letter that asks for an opinion, as on charging, and the service guide with its receipt, beside letter and agreements.
alter table documents.letter drop constraint letter_kind_check;
alter table documents.letter add constraint letter_kind_check check (kind in ('LETTER', 'OPINION', 'GUIDE', 'APPLICATION', 'SAFETY', 'SERVICE', 'PICKUP'));
