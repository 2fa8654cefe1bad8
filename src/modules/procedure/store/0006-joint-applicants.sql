-- People who apply together with the one whose draft it is: asked by mail, each with one account, each signs
-- or declines. The rows go with the draft; what counts of them then stands in the event of submission.
create table procedure.cosigner (
  id uuid primary key,
  draft_id uuid not null references procedure.draft on delete cascade,
  given_name text not null,
  family_name text not null,
  email text not null,
  token_sha256 text not null unique,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  account_id uuid,               -- the one account that took the invitation
  signed_sha256 text,            -- what the draft was when it was signed
  signed_at timestamptz,
  voided_at timestamptz,         -- the draft changed after the signature
  declined_at timestamptz,
  decline_reason text
);
create unique index cosigner_person on procedure.cosigner (draft_id, lower(email), given_name, family_name);
create unique index cosigner_account on procedure.cosigner (draft_id, account_id) where account_id is not null;
create index cosigner_of_account on procedure.cosigner (account_id) where account_id is not null;

-- How many mails a draft has sent to addresses of others.
alter table procedure.draft add column invitation_mails int not null default 0;

-- Accounts that applied together with `account_id`, folded from the event of submission.
alter table procedure.case_file add column co_accounts uuid[] not null default '{}';
create index case_co_accounts on procedure.case_file using gin (co_accounts) where co_accounts <> '{}';
