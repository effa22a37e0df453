-- The comment of the first day was true before families could object: a ruling also holds what an accepted objection says.
comment on table billing.ruling is 'What a day of a child counts as, for all its services: said by finance of a doubtful day before locking, or, firm, by accepting a family''s objection, and then stronger than the roll';
