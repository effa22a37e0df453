-- PLACEMENT, honesty about strategy: what simple tricks would have gained a few children, tried by solving again with one child's lists changed.
alter table placement.run add column tricks jsonb;
comment on column placement.run.tricks is 'Gain of simple tricks, computed after the result by the run''s worker; null where it was not tried';
