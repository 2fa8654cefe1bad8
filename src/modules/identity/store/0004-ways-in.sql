-- How somebody signed in, with a recovery code and at the end of a recovery by mail too.
alter table identity.session drop constraint session_method_check;
alter table identity.session add constraint session_method_check
  check (method in ('password', 'passkey', 'eid', 'oidc', 'code', 'recovery'));
-- Kind of browser and system, coarse and without versions, for the owner's own list.
alter table identity.session add column device_kind text;

-- Kinds of devices that have signed in before: a new kind is told to the owner.
create table identity.known_device (
  account_id uuid not null references identity.account,
  kind text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (account_id, kind)
);

-- One-time codes for the day when nothing else is at hand. 80 random bits each, shown once; only a keyed hash is kept.
create table identity.recovery_code (
  code_hmac text primary key,
  account_id uuid not null references identity.account,
  made_at timestamptz not null,
  used_at timestamptz
);
create index recovery_code_account on identity.recovery_code (account_id);

-- An account that is to begin with a passkey, until its owner has opened the mail: no account before that.
create table identity.signup (
  token_sha256 text primary key,
  account_id uuid not null,      -- what the account will be called
  given_name text not null,
  family_name text not null,
  email text not null,
  next_path text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index signup_email on identity.signup (email);

-- A recovery by mail waits, so that the owner has time to say no.
create table identity.recovery (
  id uuid primary key,
  account_id uuid not null references identity.account,
  email text not null,
  cancel_sha256 text not null unique,
  asked_at timestamptz not null,
  half_at timestamptz not null,
  ready_at timestamptz not null,
  expires_at timestamptz not null,
  half_told_at timestamptz,
  open_sha256 text unique,       -- the link that opens the account; made when the wait is over
  ended_at timestamptz,
  outcome text check (outcome in ('cancelled', 'used', 'expired')),
  check ((ended_at is null) = (outcome is null))
);
create unique index recovery_running on identity.recovery (account_id) where ended_at is null;
create index recovery_due on identity.recovery (half_at) where ended_at is null;
