-- A company or association as holder of cases and of a Postfach. It has no way to sign in: people act for it.
alter table identity.account add column organisation jsonb; -- {name, registerNumber?}; then there are no names of a person
alter table identity.account add column organisation_trust text check (organisation_trust in ('einfach', 'substanziell', 'hoch'));
alter table identity.account add constraint account_organisation check ((organisation is null) = (organisation_trust is null));

-- Who may act for whom: a Vollmacht (§ 14 VwVfG), or a place in an organisation. Rows are ended, never removed.
create table identity.mandate (
  id uuid primary key,
  kind text not null check (kind in ('vollmacht', 'mitglied')),
  holder_id uuid not null references identity.account,
  agent_id uuid not null references identity.account,
  role text check (role in ('verwaltung', 'bearbeitung', 'lesen')),
  services text[],                 -- null: all
  receives boolean not null,       -- § 14(3), § 41(1) sentence 2 VwVfG
  writes boolean not null,
  trust text not null check (trust in ('einfach', 'substanziell', 'hoch')),
  valid_from date not null,
  valid_until date,                -- the last day it is good for
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  check ((kind = 'mitglied') = (role is not null)),
  check (holder_id <> agent_id),
  check (valid_until is null or valid_from <= valid_until)
);
create index mandate_holder on identity.mandate (holder_id);
create index mandate_agent on identity.mandate (agent_id);
create unique index mandate_member on identity.mandate (holder_id, agent_id) where kind = 'mitglied' and ended_at is null;

-- What waits for an answer behind a link sent by mail. Only the SHA-256 of the token is kept.
create table identity.mandate_offer (
  id uuid primary key,
  token_sha256 text not null unique,
  way text not null check (way in ('offer', 'request', 'invitation')),
  asker_id uuid not null references identity.account,  -- the person who asked
  holder_id uuid references identity.account,          -- null in a request: who answers says for whom
  email text not null,
  role text check (role in ('verwaltung', 'bearbeitung', 'lesen')),
  services text[],
  receives boolean not null,
  trust text check (trust in ('einfach', 'substanziell', 'hoch')), -- of who offers; in a request that of who grants counts
  valid_from date not null,
  valid_until date,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((way = 'request') = (holder_id is null)),
  check ((way = 'invitation') = (role is not null))
);
create index mandate_offer_asker on identity.mandate_offer (asker_id);
create index mandate_offer_holder on identity.mandate_offer (holder_id);

-- The mandate in force for a session; looked up anew on every request.
alter table identity.session add column mandate_id uuid references identity.mandate;

-- Key of the service a message is about: a mandate limited to services reads no others.
alter table identity.mailbox_message add column service text;
