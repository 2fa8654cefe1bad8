create schema notification;

-- What an account has chosen; without a row the defaults hold.
create table notification.preference (
  account_id uuid primary key,
  mail boolean not null,
  push boolean not null,
  sms boolean not null,
  reminders boolean not null,
  -- hours of the day in Hamburg, e.g. 22 and 7; null: no quiet hours
  quiet_from smallint check (quiet_from between 0 and 23),
  quiet_until smallint check (quiet_until between 0 and 23),
  lang text not null check (lang in ('de', 'en', 'leicht')),
  -- turns reminders off and does nothing else, so it may stand here as it is
  reminders_token text not null unique,
  changed_at timestamptz not null,
  check ((quiet_from is null) = (quiet_until is null))
);

-- Browsers that take notices (RFC 8030). An address belongs to one account: who signs in last on a device has it.
create table notification.push_subscription (
  id uuid primary key,
  account_id uuid not null,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  device_kind text,
  created_at timestamptz not null,
  used_at timestamptz
);
create index push_account on notification.push_subscription (account_id);

create table notification.phone (
  account_id uuid primary key,
  number text not null,          -- E.164
  confirmed_at timestamptz not null
);

-- A number that waits for its code. The code is kept as a keyed hash.
create table notification.phone_code (
  account_id uuid primary key,
  number text not null,
  code_hmac text not null,
  tries int not null,
  expires_at timestamptz not null
);

-- When codes were asked for, so that nobody has a stranger's telephone ring; numbers as keyed hashes.
create table notification.code_request (
  id uuid primary key,
  account_id uuid not null,
  number_hmac text not null,
  asked_at timestamptz not null
);
create index code_request_account on notification.code_request (account_id, asked_at);
create index code_request_number on notification.code_request (number_hmac, asked_at);

-- The outbox of notices by push and SMS: what waits for whom, never what it is.
create table notification.delivery (
  id uuid primary key,
  account_id uuid not null,
  notice_key text not null,
  kind text not null check (kind in ('mailbox', 'reminder', 'security', 'recovery', 'code')),
  channel text not null check (channel in ('push', 'sms')),
  target text not null,          -- id of a subscription; `phone` for the number the account has when it is sent
  words text,                    -- of a code only; gone once it is sent
  lang text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'gone', 'refused', 'failed', 'stale')),
  ended_at timestamptz,
  unique (account_id, notice_key, channel, target)
);
create index delivery_account on notification.delivery (account_id, created_at desc);

-- Reminders that were given, each once.
create table notification.reminder (
  account_id uuid not null,
  key text not null,
  ends_on date not null,
  days_before smallint not null,
  given_at timestamptz not null,
  primary key (account_id, key, ends_on, days_before)
);

-- What the demo's gateway would have sent.
create table notification.demo_sms (
  id uuid primary key,
  reference text not null unique,
  recipient text not null,
  words text not null,
  sent_at timestamptz not null
);
