-- Where a family's money goes is the family's word. What finance wrote down for it is told to the family, and is marked wherever the money is sent.
alter table billing.payout_account add column desk boolean not null default false;
comment on column billing.payout_account.desk is 'Entered by finance from what the family told, and not by the family itself';
