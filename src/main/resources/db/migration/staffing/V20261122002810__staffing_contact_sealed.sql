-- A contact's telephone is personal data: sealed under a key of its own, as everywhere else. The plain column was never filled and goes a release later.
alter table staffing.provider_note add column contact_key bytea, add column phone_sealed bytea;
