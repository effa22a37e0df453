-- P1, P17: what each switch would cost, side by side before the draw, and an honest word about short lists. A variation is a preview for comparing and
-- can never be published.
alter table placement.run
    add column variation text  not null default '' check (variation in ('', 'no_siblings', 'no_minimum')),
    add column honesty   jsonb,
    add constraint run_variation check (variation = '' or preview);
comment on column placement.run.variation is 'What was left out of the input to show its price';
comment on column placement.run.honesty is 'Chance of a first wish by length of list, counted from the result';
