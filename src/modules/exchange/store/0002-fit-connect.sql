create schema if not exists exchange;

-- Submissions fetched from the delivery service, each once; what they say is in the case that came of it.
create table exchange.fit_connect_received (
  submission_id uuid primary key,
  -- the delivery service's case
  fit_case_id uuid not null,
  destination_id uuid not null,
  -- ours; none came of a submission that was sent back
  case_id uuid,
  outcome text not null check (outcome in ('accepted', 'rejected')),
  -- why it was sent back: URIs, no words of a person
  problems jsonb not null,
  -- our signed answer, kept so that a second try says the same
  answer text not null,
  answer_jti uuid not null unique,
  received_at timestamptz not null,
  -- when the delivery service took the answer
  answered_at timestamptz,
  check ((outcome = 'accepted') = (case_id is not null))
);
create index fit_connect_unanswered on exchange.fit_connect_received (received_at) where answered_at is null;

-- Submissions of ours to other houses.
create table exchange.fit_connect_sent (
  id uuid primary key,
  -- what is sent, in the caller's words: the same key is sent once
  send_key text not null unique,
  destination_id uuid not null,
  service jsonb not null,
  tags jsonb not null,
  state text not null check (state in ('prepared', 'submitted', 'forwarded', 'accepted', 'rejected', 'deleted', 'failed')),
  -- given by the delivery service when it is announced
  submission_id uuid unique,
  fit_case_id uuid,
  problems jsonb not null,
  prepared_at timestamptz not null,
  changed_at timestamptz not null
);
create index fit_connect_open on exchange.fit_connect_sent (changed_at) where state in ('submitted', 'forwarded');

-- What is sent, encrypted for the receiver: we cannot read it ourselves. Gone once it is answered.
create table exchange.fit_connect_part (
  sent_id uuid not null references exchange.fit_connect_sent on delete cascade,
  -- 'metadata', 'data', or the attachment's id
  part text not null,
  jwe text not null,
  uploaded boolean not null default false,
  primary key (sent_id, part)
);

-- Events that counted; a jti stands for one token about one submission for ever.
create table exchange.fit_connect_event (
  jti uuid primary key,
  token_sha256 text not null,
  submission_id uuid not null,
  event text not null,
  issued_at timestamptz not null,
  seen_at timestamptz not null
);
create index fit_connect_event_submission on exchange.fit_connect_event (submission_id);

-- Events that were refused, so that each is journalled once however often the log is read.
create table exchange.fit_connect_refused (
  submission_id uuid not null,
  token_sha256 text not null,
  reason text not null,
  seen_at timestamptz not null,
  primary key (submission_id, token_sha256, reason)
);
