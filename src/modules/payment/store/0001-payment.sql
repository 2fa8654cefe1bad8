create schema payment;

create sequence payment.claim_serial;

-- A claim as folded from its events (`state`), with the columns that lists ask for.
create table payment.claim (
  id uuid primary key,
  -- what it was demanded for: the same key makes one claim
  demand_key text not null unique,
  case_id uuid not null,
  file_number text not null,
  account_id uuid not null,
  authority text not null,
  kassenzeichen text not null unique,
  status text not null,
  due_on date not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- settled, but the procedure does not know yet
  waits_hand_on boolean not null default false,
  version int not null,
  state jsonb not null,
  changed_at timestamptz not null
);
create index claim_account on payment.claim (account_id, id desc);
create index claim_case on payment.claim (case_id);
create index claim_desk on payment.claim (authority, status, id desc);
create index claim_due on payment.claim (due_on) where status in ('open', 'partly');

-- Attempts at a provider, so that a message finds its claim and the clock finds what is late.
create table payment.attempt (
  id uuid primary key,
  claim_id uuid not null references payment.claim,
  provider text not null,
  planned_at timestamptz not null,
  running boolean not null
);
create index attempt_running on payment.attempt (planned_at) where running;

-- Messages of providers that were taken in; the same message again changes nothing.
create table payment.notification (
  provider text not null,
  message_id text not null,
  received_at timestamptz not null,
  primary key (provider, message_id)
);

-- Entries of bank statements that found no claim: a person assigns them. The words name people and stay here.
create table payment.unassigned (
  id text primary key,
  authority text not null,
  amount_cents bigint not null,
  booked_on date not null,
  words text not null,
  imported_at timestamptz not null,
  claim_id uuid references payment.claim
);
create index unassigned_open on payment.unassigned (authority, booked_on) where claim_id is null;

-- Entries of bank statements ever read: the same statement twice books nothing twice.
create table payment.statement_entry (
  id text primary key,
  imported_at timestamptz not null
);

-- The bundled demo provider's own books; Kontor proper never reads them.
create table payment.demo_checkout (
  id uuid primary key,
  idempotency_key text not null unique,
  amount_cents bigint not null,
  reference text not null,
  return_url text not null,
  notify_url text not null,
  state text not null,
  message_id uuid not null,
  settled_on date
);
