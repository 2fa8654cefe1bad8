create schema if not exists exchange;

-- Letters of ours that go back through FIT-Connect to the online service that submitted; each letter once.
create table exchange.fit_connect_reply (
  id uuid primary key,
  -- ours
  case_id uuid not null,
  letter_key text not null,
  -- the delivery service's
  fit_case_id uuid,
  reply_id uuid unique,
  tags jsonb,
  state text not null check (state in ('prepared', 'submitted', 'failed', 'by-post')),
  -- why it failed, or why it can only go by post: a word, nothing about a person
  reason text,
  prepared_at timestamptz not null,
  changed_at timestamptz not null,
  unique (case_id, letter_key)
);
create index fit_connect_reply_latest on exchange.fit_connect_reply (prepared_at desc);

-- What is sent, encrypted for the online service: we cannot read it ourselves. Gone once it is submitted.
create table exchange.fit_connect_reply_part (
  reply uuid not null references exchange.fit_connect_reply on delete cascade,
  -- 'metadata', 'data', or the attachment's id
  part text not null,
  jwe text not null,
  primary key (reply, part)
);
