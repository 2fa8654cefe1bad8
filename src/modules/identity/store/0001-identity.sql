create schema identity;

-- A person's Servicekonto. Deletion empties every column but the id: the journal and the authority's
-- files keep naming the id, nothing here says any more whose it was.
create table identity.account (
  id uuid primary key,
  given_name text,
  family_name text,
  email text,                    -- for notices; not proof of anything until confirmed
  email_confirmed_at timestamptz,
  birth_date date,
  address jsonb,                 -- {street, houseNumber, postcode, place}
  sources jsonb not null default '{}', -- field -> 'konto' | 'eid'
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deleted_at timestamptz
);

-- Sign-in with e-mail and password. `email` in lower case.
create table identity.password_login (
  account_id uuid primary key references identity.account,
  email text not null unique,
  password_hash text not null,   -- argon2id, PHC string
  changed_at timestamptz not null
);

-- An Online-Ausweis: the provider's pairwise pseudonym (bPK) belongs to one account, and an account
-- has one of each provider.
create table identity.eid_link (
  issuer text not null,
  subject text not null,
  account_id uuid not null references identity.account,
  trust text not null check (trust in ('substanziell', 'hoch')),
  linked_at timestamptz not null,
  used_at timestamptz not null,
  primary key (issuer, subject),
  unique (account_id, issuer)
);

create table identity.passkey (
  id uuid primary key,
  account_id uuid not null references identity.account,
  credential_id text not null unique, -- base64url
  public_key bytea not null,          -- COSE
  counter bigint not null,
  transports text[] not null,
  label text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on identity.passkey (account_id);

-- Challenges of WebAuthn, each good for one answer. `holder` is the SHA-256 of the cookie it was given to.
create table identity.passkey_challenge (
  holder text not null,
  purpose text not null check (purpose in ('registration', 'assertion')),
  challenge text not null,
  account_id uuid,
  expires_at timestamptz not null,
  primary key (holder, purpose)
);

-- Links sent by mail, each good for one use. Only the SHA-256 of the token is kept.
create table identity.mail_link (
  token_sha256 text primary key,
  account_id uuid not null references identity.account,
  purpose text not null check (purpose in ('confirm-email', 'reset-password', 'notice-email')),
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index mail_link_account on identity.mail_link (account_id, purpose);

-- Employees as their OpenID provider last described them.
create table identity.staff (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  name text not null,
  email text not null,
  roles text[] not null,
  authorities text[] not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  unique (issuer, subject)
);
create index staff_authorities on identity.staff using gin (authorities);

-- Vertretung: `substitute_id` looks after the cases of `staff_id` on the days from..until, both included.
create table identity.substitution (
  staff_id uuid primary key references identity.staff,
  substitute_id uuid not null references identity.staff,
  from_day date not null,
  until_day date not null,
  set_by text not null,
  set_at timestamptz not null,
  check (from_day <= until_day),
  check (staff_id <> substitute_id)
);
create index substitution_substitute on identity.substitution (substitute_id, until_day);

-- Sessions. Only the SHA-256 of the token is kept; `id` names one without giving it away.
create table identity.session (
  token_sha256 text primary key,
  id uuid not null unique,
  account_id uuid references identity.account,
  staff_id uuid references identity.staff,
  method text not null check (method in ('password', 'passkey', 'eid', 'oidc')),
  trust text check (trust in ('einfach', 'substanziell', 'hoch')),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  check ((account_id is null) <> (staff_id is null)),
  check ((account_id is null) = (trust is null))
);
create index session_account on identity.session (account_id) where account_id is not null;
create index session_staff on identity.session (staff_id) where staff_id is not null;
create index session_expiry on identity.session (expires_at);

-- Sign-ins under way at an OpenID provider. `holder` is the SHA-256 of the cookie of that browser.
create table identity.oidc_login (
  holder text primary key,
  provider text not null check (provider in ('eid', 'staff')),
  state text not null,
  nonce text not null,
  code_verifier text not null,
  next_path text not null,
  account_id uuid,               -- set: raise this account's trust
  expires_at timestamptz not null
);

-- Failed tries, by a keyed hash of what was tried: unknown addresses are counted like known ones.
create table identity.throttle (
  key text primary key,
  failures int not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz
);

-- The Postfach. `delivered_at` is the Bereitstellung of § 9 OZG.
create table identity.mailbox_message (
  id uuid primary key,
  account_id uuid not null references identity.account,
  case_id uuid not null,
  delivery_key text not null unique, -- what is delivered; the same thing arrives once
  subject jsonb not null,            -- {de, en, leicht}
  body jsonb not null,               -- [{de, en, leicht}]
  delivered_at timestamptz not null,
  notice_sent boolean not null,
  opened_at timestamptz
);
create index mailbox_account on identity.mailbox_message (account_id, delivered_at desc, id desc);
create index mailbox_unread on identity.mailbox_message (account_id) where opened_at is null;
create index mailbox_case on identity.mailbox_message (case_id);

create table identity.mailbox_document (
  message_id uuid not null references identity.mailbox_message,
  position int not null,
  name text not null,
  sha256 text not null,
  media_type text not null,
  retrieved_at timestamptz,
  primary key (message_id, position)
);
